import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { RULES } from '@sslmode/core';
import { parsePolicyText, resolvePolicy } from '@sslmode/core/project';
import { parseYaml } from '@sslmode/core/project/yaml';
import { ESLint, type Linter } from 'eslint';
import sslmode from 'eslint-plugin-sslmode';
import { parser } from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../packages/cli/src/commands.ts';
import { COMMON_OPTIONS, parseArguments } from '../packages/cli/src/options.ts';
import { KINDS } from '../packages/core/src/files/kinds.ts';
import { type Sample, anchors, page, pages, prose, root, samples } from './pages.ts';
import { run, tree } from './run.ts';

const CODE: Readonly<Record<string, string>> = { js: 'sample.js', ts: 'sample.ts' };
const TEXT: Readonly<Record<string, string>> = { dotenv: '.env', yaml: 'compose.yaml', conf: 'postgresql.conf', hba: 'pg_hba.conf', ini: 'pgbouncer.ini', hcl: 'main.tf' };

/** Rules that ESLint does not have. */
const OF_THE_CLI: readonly string[] = ['root-certificate', 'server-accepts-plaintext', 'no-useless-ignore'];

/** A finding as far as a page has a say in it. */
interface Found {
  readonly rule: string;
  readonly ignored: boolean;
  readonly suggests?: boolean;
}

async function inEslint({ language, info, text }: Sample): Promise<Found[]> {
  const configs = sslmode.configs[info.includes('policy=strict') ? 'strict' : 'recommended'];
  const cwd = tree();
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [...configs, { files: ['**/*.ts'], languageOptions: { parser } }] });
  const [result] = await eslint.lintText(text, { filePath: join(cwd, CODE[language] ?? TEXT[language] ?? '') });
  const messages = result?.messages ?? [];
  expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
  // Anything without a rule is about the sample itself: it was not linted at all, say.
  expect(messages.filter(({ ruleId }) => ruleId === null)).toEqual([]);
  return messages.map(({ ruleId, suggestions = [] }) => ({ rule: ruleId?.replace('sslmode/', '') ?? '', ignored: false, suggests: suggestions.length > 0 }));
}

async function inCli({ language, info, text }: Sample): Promise<Found[]> {
  const policy = info.includes('policy=strict') ? { 'sslmode.config.yaml': 'extends: sslmode:strict\n' } : undefined;
  const { stdout, stderr } = await run(tree({ [TEXT[language] ?? '']: text, ...policy }), ['scan', '.', '--format', 'json']);
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; ignored: unknown }[] };
  return findings.map(({ rule, ignored }) => ({ rule, ignored: ignored !== null }));
}

describe('pages of rules', () => {
  const ids = RULES.map(({ id }) => id);
  const ofRule = (id: string): string => `docs/rules/${id}.md`;

  it('are there for each rule, and for nothing else', () => {
    const names = readdirSync(join(root, 'docs/rules')).filter((name) => name !== 'README.md');
    expect(names.toSorted()).toEqual(ids.map((id) => `${id}.md`).toSorted());
  });

  it.for(ids)('%s has its header and examples', (id) => {
    const lines = page(ofRule(id)).split('\n');
    expect(lines[1]).toBe(`# sslmode/${id}`);
    expect(lines).toContain(`${RULES.find((rule) => rule.id === id)?.title ?? ''}.`);
    expect(lines).toContain('## Examples');
    const kinds = samples(ofRule(id)).flatMap(({ info }) => info);
    expect(kinds).toContain('bad');
    expect(kinds).toContain('good');
  });

  const all = ids.flatMap((id) => samples(ofRule(id)).map((sample) => ({ id, sample, place: sample.place })));

  it('mark each sample of a language that is read as bad or good', () => {
    const unmarked = all.filter(({ sample }) => sample.language in { ...CODE, ...TEXT } && !sample.info.includes('bad') && !sample.info.includes('good'));
    expect(unmarked.map(({ place }) => place)).toEqual([]);
  });

  const linted = all.filter(({ id, sample }) => sample.language in CODE || (sample.language === 'dotenv' && !OF_THE_CLI.includes(id)));
  it.for(linted)('ESLint: $place', async ({ id, sample }) => {
    const rules = (await inEslint(sample)).map(({ rule }) => rule);
    if (sample.info.includes('bad')) expect(rules).toContain(id);
    else expect(rules).not.toContain(id);
  });

  it.for(ids.filter((id) => !OF_THE_CLI.includes(id)))('%s says whether it suggests a cure', async (id) => {
    const bad = linted.filter((entry) => entry.id === id && entry.sample.info.includes('bad'));
    const found = (await Promise.all(bad.map(({ sample }) => inEslint(sample)))).flat().filter(({ rule }) => rule === id);
    expect(page(ofRule(id)).includes('as a suggestion')).toBe(found.some(({ suggests }) => suggests === true));
  });

  it.for(all.filter(({ sample }) => sample.language in TEXT))('CLI: $place', async ({ id, sample }) => {
    const rules = (await inCli(sample)).filter(({ ignored }) => !ignored).map(({ rule }) => rule);
    if (sample.info.includes('bad')) expect(rules).toContain(id);
    else expect(rules).not.toContain(id);
  });
});

describe('samples elsewhere', () => {
  it.for([...samples('docs/policy.md'), ...samples('docs/root-certificates.md')].filter(({ language }) => language === 'yaml'))('$place is a policy', ({ text }) => {
    const result = parsePolicyText(text, 'sslmode.config.yaml', parseYaml);
    expect(result).toMatchObject({ ok: true });
    if (!result.ok) return;
    const other = { ok: true, config: {} } as const;
    expect(resolvePolicy(result.config, { file: 'sslmode.config.yaml', load: () => other })).toMatchObject({ ok: true });
  });

  it.for(samples('docs/ignoring.md').filter(({ language }) => language in TEXT))('$place ignores what it finds', async (sample) => {
    const findings = await inCli(sample);
    expect(findings).not.toEqual([]);
    expect(findings.filter(({ ignored }) => !ignored)).toEqual([]);
  });

  it.for(samples('docs/ignoring.md').filter(({ language }) => language in CODE))('$place is ignored by ESLint', async (sample) => {
    const directive = /^\/\/ eslint-disable-next-line.*$/m;
    expect(sample.text).toMatch(directive);
    expect(await inEslint(sample)).toEqual([]);
    expect(await inEslint({ ...sample, text: sample.text.replace(directive, '') })).not.toEqual([]);
  });

  const commands = pages().flatMap((path) =>
    samples(path)
      .filter(({ language }) => language === 'sh' || language === 'yaml')
      .flatMap(({ place, text }) => text.split('\n').flatMap((line) => /(?:npx(?: --yes)?|npm run -s|entry:|-r npx) sslmode (?:-- )?(.*)$/.exec(line)?.[1] ?? []).map((line) => ({ place, line }))),
  );
  it('show commands', () => {
    expect(commands.length).toBeGreaterThan(5);
  });
  it.for(commands)('$place: sslmode $line', ({ line }) => {
    const [name, ...args] = (line.replace(/ #.*$/, '').match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
    const command = COMMANDS.find((candidate) => candidate.name === name);
    expect(command?.name).toBe(name);
    expect(() => parseArguments(args, [...(command?.options ?? []), ...COMMON_OPTIONS])).not.toThrow();
  });
});

describe('configurations of ESLint', () => {
  /** What `export default` of a configuration gives, with our sources in place of what npm would bring. */
  async function configOf(text: string): Promise<Linter.Config[]> {
    const modules: Readonly<Record<string, unknown>> = {
      'eslint/config': await import('eslint/config'),
      'eslint-plugin-sslmode': { default: sslmode },
      'eslint-plugin-yml': (await import(createRequire(join(root, 'packages/eslint-plugin/package.json')).resolve('eslint-plugin-yml'))) as unknown,
      'typescript-eslint': await import('typescript-eslint'),
    };
    const body = text
      .replace(/^import (\w+) from '(.*)';$/gm, "const { default: $1 } = modules['$2'];")
      .replace(/^import (\{.*\}) from '(.*)';$/gm, "const $1 = modules['$2'];")
      .replace('export default', 'return');
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is our own
    return (new Function('modules', body) as (given: typeof modules) => Linter.Config[])(modules);
  }

  const configs = ['README.md', 'docs/eslint.md', 'packages/eslint-plugin/README.md']
    .flatMap(samples)
    .filter(({ language, text }) => language === 'js' && text.includes('export default'));

  // Typed rules load TypeScript and make a program.
  it.for(configs)('$place', { timeout: 60_000 }, async ({ text }) => {
    const besideYml = text.includes('eslint-plugin-yml');
    const hasYaml = besideYml || text.includes('recommendedFiles');
    const files = {
      '.env': 'DATABASE_URL=postgres://app:secret@db.example.com/app?sslmode=disable\n',
      'src/db.ts': "import { Pool } from 'pg';\nexport const pool: unknown = new Pool({ host: 'db.example.com', ssl: false });\n",
      'tsconfig.json': '{ "compilerOptions": { "strict": true }, "include": ["src"] }',
      ...(hasYaml ? { 'compose.yaml': 'services:\n  api:\n    image:\n    environment:\n      DATABASE_URL: postgres://app:secret@db.example.com/app?sslmode=disable\n' } : {}),
    };
    const cwd = tree(files);
    const config = await configOf(text);
    const typescript: Linter.Config[] = text.includes('typescript-eslint') ? [] : [{ files: ['**/*.ts'], languageOptions: { parser } }];
    const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [...config, ...typescript] });
    const results = await eslint.lintFiles(['.']);
    const found = results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, fatal }) => `${relative(cwd, filePath)} ${fatal === true ? 'fatal' : (ruleId ?? 'none')}`));
    const expected = Object.keys(files).filter((name) => name !== 'tsconfig.json').map((name) => `${name} sslmode/no-plaintext`);
    // Their rules still run beside ours.
    if (besideYml) expected.push('compose.yaml yml/no-empty-mapping-value');
    // pg is not installed there, of which the typed rules complain.
    const ours = found.filter((line) => !line.includes('@typescript-eslint/')).map((line) => line.replaceAll('\\', '/'));
    expect(ours.toSorted()).toEqual(expected.toSorted());
  });
});

it('lists every kind of file that is read', () => {
  const list = /^\| kind \|[^]*?\n\n/m.exec(page('docs/cli.md'))?.[0] ?? '';
  const listed = [...list.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  // The parser of the last one is the CLI's own.
  expect(listed).toEqual([...KINDS.map(({ id }) => id), 'javascript']);
});

describe('links', () => {
  it.for(pages().map((path) => ({ path })))('$path', ({ path }) => {
    const broken = [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^(?:https?:|mailto:)/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const found = file === '' ? path : join(dirname(path), file).replaceAll('\\', '/');
        if (!existsSync(join(root, found))) return true;
        return anchor !== undefined && !anchors(found).has(anchor);
      });
    expect(broken).toEqual([]);
  });
});
