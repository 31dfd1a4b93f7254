import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, FORMS } from '../../packages/core/test/canary.ts';
import { run, tree } from '../run.ts';
import { KINDS, files, leaking } from './secrets.ts';

const FORMATS = ['pretty', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown', 'csv', 'html'];

describe('no secret is shown', { timeout: 300_000 }, () => {
  const all = Object.fromEntries(files());

  it.for(KINDS)('of those in %s, in any format', async (kind) => {
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
