import { ESLint, type Linter } from 'eslint';
import sslmode from 'eslint-plugin-sslmode';
import { describe, expect, it } from 'vitest';
import { CANARY } from '../../packages/core/test/canary.ts';
import { tree } from '../run.ts';
import { KINDS, files, leaking } from './secrets.ts';

const rules = Object.fromEntries(Object.keys(sslmode.rules ?? {}).map((id) => [`sslmode/${id}`, 'error' as const]));
const STRICT = { sslmode: { extends: 'sslmode:strict', confidence: 'low' } } as const;

/** As `eslint --fix-dry-run` in this folder: code as it is, and every other file as text. */
function eslintIn(cwd: string, settings: Linter.Config['settings'] = STRICT): ESLint {
  const common = { plugins: { sslmode }, rules, settings };
  return new ESLint({
    cwd,
    fix: true,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.ts'], ...common }, { files: ['**/?*'], ignores: ['**/*.ts'], language: 'sslmode/text', ...common }],
  });
}

describe('ESLint shows no secret', { timeout: 300_000 }, () => {
  // The texts are core's, and all tried by the CLI: a part is enough.
  const all = [...files()].filter((_, at) => at % 3 === 0);

  it.for(KINDS)('of those in %s: in a message, in what a suggestion says and writes, in a format', async (kind) => {
    const eslint = eslintIn(tree(Object.fromEntries(all.filter(([path]) => path.startsWith(`${kind}/`)))));
    const results = await eslint.lintFiles(['.']);
    const messages = results.flatMap((result) => result.messages);
    expect(messages.length).toBeGreaterThan(10);
    // `source` is the file itself: ESLint adds it to the results of any rule.
    const shown = results.map((result) => ({ ...result, source: undefined }));
    expect(leaking(JSON.stringify(shown, null, 1))).toEqual([]);
    for (const format of ['stylish', 'html']) expect(leaking(await (await eslint.loadFormatter(format)).format(results)), format).toEqual([]);
    // Nothing is fixed without being asked.
    expect(results.filter(({ output }) => output !== undefined)).toEqual([]);
  });

  it('where the policy is wrong', async () => {
    const folder = tree({ '.env': `DATABASE_URL=postgres://u:${CANARY}@db.example.com/d\n`, 'sslmode.config.yaml': `minimum: "postgres://u:${CANARY}@h/d"\n"password=${CANARY}": 1\n`, '.git/HEAD': '' });
    const error: unknown = await eslintIn(folder, {}).lintFiles(['.env']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(leaking(error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : '')).toEqual([]);
  });
});
