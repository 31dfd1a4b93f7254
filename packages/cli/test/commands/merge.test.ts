import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { run, tree } from '../support.ts';

vi.setConfig({ testTimeout: 120_000 });

const at = (mode: string): string => `DATABASE_URL=postgres://app@db.example.com/app?sslmode=${mode}\n`;

/** Two projects with findings of both kinds, ignored ones, what is skipped, unreadable or broken, a baseline with stale entries. */
async function sample(): Promise<string> {
  const files: Record<string, string> = { 'one/.git/HEAD': '', 'two/.git/HEAD': '', 'two/only.env': at('disable') };
  for (let index = 0; index < 24; index++) files[`one/s${index}/.env`] = at(['disable', 'prefer', 'require', 'verify-full'][index % 4] ?? '');
  const folder = tree({
    ...files,
    'one/ü 1/%.env': at('allow'),
    'one/ignored.env': `# sslmode-ignore no-plaintext -- a tunnel\n${at('disable')}`,
    'one/broken.yaml': 'a: [\n  url: postgres://app@db.example.com/app\n',
    'one/binary.env': '\0',
    'one/empty.env': '',
    'one/package.json': '{ "dependencies": ',
    'one/sslmode.config.yaml': 'exclude: ["s5/**"]\n',
    'one/old.env': at('prefer'),
  });
  await run(folder, ['scan', '--update-baseline', 'one/old.env', 'one/s0/.env']);
  writeFileSync(join(folder, 'one/old.env'), at('verify-full'));
  return folder;
}

async function shards(folder: string, format: string, count: number, ...argv: string[]): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `shard-${format}-${index + 1}-of-${count}.out`);
  for (const [index, name] of names.entries()) {
    const { code } = await run(folder, ['scan', '--shard', `${index + 1}/${count}`, '--format', `${format}=${name}`, '--exclude', '*.out', '--exclude', 's7', ...argv]);
    expect(code).toBeLessThan(2);
  }
  return names;
}

describe('--shard and merge', () => {
  it.for(['json', 'sarif'].flatMap((format) => [1, 2, 3, 7].map((count) => ({ format, count }))))('$format: $count shards put together are one scan, byte for byte', async ({ format, count }) => {
    const folder = await sample();
    const argv = ['one', 'two', 'one/s1/.env', '--confidence', 'low', '--max-file-size', '1'];
    const whole = await run(folder, ['scan', '--format', format, '--exclude', '*.out', '--exclude', 's7', ...argv]);
    expect(whole.stdout.length).toBeGreaterThan(5000);
    const names = await shards(folder, format, count, ...argv);
    // Whatever order the files are given in.
    const merged = await run(folder, ['merge', ...names.toReversed()]);
    expect(merged.stdout).toBe(whole.stdout);
    expect(merged).toMatchObject({ code: 1, stderr: '' });
  });

  it('gives each file to one shard', async () => {
    const folder = await sample();
    const list = async (...argv: string[]): Promise<string[]> => (await run(folder, ['scan', '--list-files', ...argv])).stdout.split('\n').filter(Boolean);
    const parts = await Promise.all([1, 2, 3].map((index) => list('--shard', `${index}/3`)));
    expect(parts.flat().toSorted()).toEqual((await list()).toSorted());
    for (const part of parts) expect(part.length).toBeGreaterThan(3);
  });

  it('reads what a shard needs of what is not its own', async () => {
    const folder = tree({ 'package.json': '{ "dependencies": { "pg": "^8.11.0" } }', '.env': at('require'), 'compose.yaml': 'services:\n  db: { image: postgres }\n', 'db.env': 'DATABASE_URL=postgres://app@db/app\n' });
    const found: unknown[] = [];
    for (const index of [1, 2, 3, 4]) {
      const { stdout } = await run(folder, ['scan', '--shard', `${index}/4`, '--format', 'json']);
      const { connections } = JSON.parse(stdout) as { connections: { file: string; driver: string; hostClass: string }[] };
      found.push(...connections.map(({ file, driver, hostClass }) => `${file} ${driver} ${hostClass}`));
    }
    expect(found.toSorted()).toEqual(['.env node-postgres@8 public', 'db.env node-postgres@8 local']);
  });

  it('is content with a shard of nothing, and fails by what is merged', async () => {
    const folder = tree({ '.env': at('require') });
    const names = await shards(folder, 'json', 9);
    expect((await run(folder, ['merge', ...names])).code).toBe(0);
    expect((await run(folder, ['merge', '--fail-on', 'warning', ...names])).code).toBe(1);
  });

  it.for<[what: string, argv: string[], message: string]>([
    ['no file', [], 'merge takes the reports of all shards: sslmode merge FILE...'],
    ['a file that is not there', ['nowhere'], '"nowhere" cannot be read: it does not exist.'],
    ['a file that is no JSON', ['text'], '"text" is not valid JSON.'],
    ['a file that is no report', ['object'], '"object" is neither a report of scan --format json nor of --format sarif.'],
    ['a broken report', ['broken'], '"broken" is neither a report of scan --format json nor of --format sarif.'],
    ['two formats', ['json', 'sarif'], '"sarif" is no report of the same format and version of sslmode as the first.'],
    ['two versions', ['json', 'json', 'old'], '"old" is no report of the same format and version of sslmode as the first.'],
    ["another tool's SARIF", ['other'], '"other" is neither a report of scan --format json nor of --format sarif.'],
  ])('merge refuses %s', async ([, argv, message]) => {
    const folder = tree({ text: '{', object: '{}', broken: '{"schemaVersion":1,"summary":{},"findings":[1],"connections":[],"problems":[]}', '.env': at('disable') });
    await run(folder, ['scan', '--format', 'json=json', '--format', 'sarif=sarif']);
    const { readFileSync } = await import('node:fs');
    writeFileSync(join(folder, 'old'), readFileSync(join(folder, 'json'), 'utf8').replace(/"version": ".*"/, '"version": "9.9.9"'));
    writeFileSync(join(folder, 'other'), readFileSync(join(folder, 'sarif'), 'utf8').replace('"name": "sslmode"', '"name": "other"'));
    expect(await run(folder, ['merge', ...argv])).toEqual({ code: 2, stdout: '', stderr: `sslmode: ${message}\n` });
  });

  it.for(['0/2', '3/2', '1', '1/0', 'x/y', '1/99999'])('--shard %s is no shard', async (shard) => {
    const { code, stderr } = await run(tree({ '.env': 'A=1\n' }), ['scan', '--shard', shard]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sslmode: --shard takes a part and how many there are/);
  });
});
