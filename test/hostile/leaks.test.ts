import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANARY, FORMS, leaks } from '../../packages/core/test/canary.ts';
import { SAMPLES } from '../../packages/core/test/files/samples.ts';
import { run, tree } from '../run.ts';

const FORMATS = ['pretty', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'csv', 'html'];

/** What the samples of core leave to tests of their own, and code: how they write a value under a name. */
const MORE: Readonly<Record<string, { readonly path: string; readonly write: (name: string, value: string) => readonly string[] }>> = {
  dotenv: {
    path: '.env',
    write: (name, value) => [`${name}=${value}`, `export ${name}="${value.replaceAll('"', String.raw`\"`)}"`, ...(value.includes("'") ? [] : [`${name}='${value}'`]), `# ${name}=${JSON.stringify(value)}\nPGHOST=db.example.com`],
  },
  yaml: {
    path: 'docker-compose.yml',
    write: (name, value) => [
      `${name}: ${JSON.stringify(value)}`,
      `services:\n  web:\n    environment:\n      ${name}: '${value.replaceAll("'", "''")}'`,
      `services:\n  web:\n    environment: [${JSON.stringify(`${name}=${value}`)}]`,
      // In the middle of the password.
      `${name}: "${JSON.stringify(value).slice(1, -1).replace(CANARY, `${CANARY.slice(0, 4)}\\\n  ${CANARY.slice(4)}`)}"`,
      `${name}: >-\n  ${value.replace(CANARY, `${CANARY.slice(0, 4)}\n  ${CANARY.slice(4)}`)}`,
      `${name}: |\n  ${value.replaceAll('\n', '\n  ')}\n`,
      `kind: Secret\ndata:\n  ${name}: ${Buffer.from(value).toString('base64')}`,
      `kind: Secret\ndata:\n  ${name}: |\n    ${Buffer.from(value).toString('base64').replace(/.{20}/g, '$&\n    ')}`,
      `spec:\n  containers:\n    - command: [psql, ${JSON.stringify(value)}]\n      env: [{ name: ${name}, value: ${JSON.stringify(value)} }]`,
    ],
  },
  javascript: {
    path: 'db.ts',
    write: (name, value) => [
      `import { Client } from 'pg';\nnew Client(${JSON.stringify(value)});`,
      `import { Pool } from 'pg';\nconst ${name} = ${JSON.stringify(value.slice(0, 16))}\n  + ${JSON.stringify(value.slice(16))};\nnew Pool({ connectionString: ${name} });`,
      `import postgres from 'postgres';\nconst sql = postgres(\`${value.replaceAll(/[`\\]|\$\{/g, String.raw`\$&`)}\`);`,
      `import { Pool } from 'pg';\nnew Pool({ host: 'db.example.com', password: process.env.PW ?? ${JSON.stringify(value)}, ssl: { rejectUnauthorized: false, key: ${JSON.stringify(value)} } });`,
      `const ${name} = process.env.${name} || ${JSON.stringify(value)};`,
    ],
  },
};

/** What a secret does in a file: as it should be, and cut off, so that the file does not parse and is read as text. */
function* files(): Generator<readonly [path: string, text: string]> {
  for (const [kind, { path, write }] of Object.entries({ ...SAMPLES, ...MORE })) {
    const ways = write('DATABASE_URL', CANARY).length;
    for (const [form, [, passwords, text]] of FORMS.entries()) {
      for (const [sample, password] of [CANARY, ...fc.sample(passwords, { numRuns: 1, seed: form })].entries()) {
        // Where it is not escaped, and the file does not parse, a line of a password is a line like any other.
        if (password.includes('\n') && !['json', 'javascript'].includes(kind)) continue;
        for (const [way, content] of write('DATABASE_URL', text(password)).entries()) {
          // All ways with the plain password; with the others, and in broken files, one each: they take turns.
          const isTurn = way === (form + sample) % ways;
          if (sample > 0 && !isTurn) continue;
          const folder = `${kind}/${form}-${sample}-${way}`;
          yield [`${folder}/${path}`, content];
          // Cut off at another place it may be sound, and mean something else.
          if (sample > 0 || !isTurn) continue;
          yield [`${folder}/cut/${path}`, `{{ if }}\n"'${content.slice(0, content.lastIndexOf(CANARY) + CANARY.length)}`];
          yield [`${folder}/beside/${path}`, `${content}\n${content}\nsslmode: bogus # ${content}`];
        }
      }
    }
  }
}

/** The first lines that hold the canary. */
function leaking(text: string): string[] {
  if (!leaks(text)) return [];
  const lines = text.split('\n').filter(leaks);
  return lines.length === 0 ? ['parted over lines'] : lines.slice(0, 3).map((line) => line.slice(Math.max(0, line.search(/Qx7|x7Z|7Zq/) - 150)).slice(0, 300));
}

describe('no secret is shown', { timeout: 300_000 }, () => {
  const all = Object.fromEntries(files());

  it.for([...Object.keys(SAMPLES), ...Object.keys(MORE)])('of those in %s, in any format', async (kind) => {
    const folder = tree(Object.fromEntries(Object.entries(all).filter(([path]) => path.startsWith(`${kind}/`))));
    const formats = FORMATS.map((format) => `--format=${format}=out-${format}`);
    const done = await run(folder, ['scan', '.', '--show-ignored', '--confidence', 'low', '--minimum', 'verify-full', '--stats', ...formats]);
    expect(done.code).toBe(1);
    const outputs = readdirSync(folder).filter((name) => name.startsWith('out-'));
    expect(outputs).toHaveLength(FORMATS.length);
    for (const name of outputs) {
      const text = readFileSync(join(folder, name), 'utf8');
      expect(leaking(text), name).toEqual([]);
    }
    for (const output of [done.stdout, done.stderr]) expect(leaking(output)).toEqual([]);
  });

  /** The `.env` files, and no others. */
  const few = Object.fromEntries(Object.entries(all).filter(([path]) => path.startsWith('dotenv/') && !path.includes('cut')));

  it.for([
    ['inventory', '.', '--format', 'json'],
    ['inventory', '.', '--format', 'pretty'],
    ['inventory', '.', '--format', 'csv'],
    ['inventory', '.', '--format', 'markdown'],
    ['scan', '.', '--confidence', 'low', '--diff', '--fix', '--unsafe'],
    ['scan', '.', '--confidence', 'low', '--minimum', 'verify-full', '--update-baseline'],
    ['scan', '.', '--list-files'],
  ])('by %j', async (argv) => {
    const folder = tree(few);
    const { code, stdout, stderr } = await run(folder, argv);
    expect(code).not.toBe(2);
    const baseline = argv.includes('--update-baseline') ? readFileSync(join(folder, 'sslmode-baseline.json'), 'utf8') : '';
    for (const output of [stdout, stderr, baseline]) expect(leaking(output)).toEqual([]);
  });

  it('where a string is typed: right, or in the wrong place', async () => {
    for (const [, , text] of FORMS) {
      const string = text(CANARY);
      for (const argv of [['explain', string], ['explain', string, '--format', 'json'], ['explain', '--options', string], ['doctor', '--for', string], ['probe', string, '--timeout', '1'], ['probe', '--from', string, '--root', string], ['rules', string], [string], ['scan', string], ['scan', '--config', string], ['scan', '--since', string], ['merge', string], ['scan', '--exclude', string, 'none'], [`--${string}`], ['scan', '--shard', string]]) {
        const { stdout, stderr } = await run('/', argv);
        for (const output of [stdout, stderr]) expect(leaking(output), argv.join(' ')).toEqual([]);
      }
    }
  });

  it.for([
    ['sslmode.config.yaml', `ignore: [{ rule: no-plaintext, key: "postgres://u:${CANARY}@h/d", reason: "password=${CANARY}", until: "postgres://u:${CANARY}@h" }]\n`],
    ['sslmode.config.yaml', `postgres://u:${CANARY}@h/d: 1\n`],
    ['sslmode.config.yaml', `extends: postgres://u:${CANARY}@h/d\n`],
    ['sslmode.config.yaml', `minimum: postgres://u:${CANARY}@h/d\n`],
    ['sslmode.config.yaml', `hosts: { "postgres://u:${CANARY}@h/d": { minimum: x } }\n`],
    ['sslmode.config.yaml', `"a: [password=${CANARY}`],
    ['package.json', `{ "sslmode": { "postgres://u:${CANARY}@h/d": 1 }, "dependencies": { "pg": "postgres://u:${CANARY}@h/d" } }`],
    ['package.json', `{ "dependencies": password=${CANARY}`],
    ['package-lock.json', `{ "packages": { "node_modules/pg": { "version": "postgres://u:${CANARY}@h/d" } } }`],
    ['sslmode-baseline.json', `{ "version": 1, "findings": [{ "fingerprint": "postgres://u:${CANARY}@h/d", "rule": "password=${CANARY}" }], "password": "${CANARY}"`],
  ])('of those in %s: %s', async ([name = '', text = '']) => {
    const folder = tree({ '.env': 'DATABASE_URL=postgres://u@h.example.com/d?sslmode=disable\n', 'package.json': '{ "dependencies": { "pg": "8" } }', [name]: text });
    for (const argv of [['scan', '.'], ['scan', '.', '--format', 'json'], ['scan', '.', '--print-config', '.env'], ['scan', '.', '--config', name]]) {
      const { stdout, stderr } = await run(folder, argv);
      for (const output of [stdout, stderr]) expect(leaking(output), argv.join(' ')).toEqual([]);
    }
  });
});
