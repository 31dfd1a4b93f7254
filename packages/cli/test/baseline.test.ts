import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../src/index.ts';
import { scan } from '../src/index.ts';
import { git, repository, write } from './git/support.ts';
import { CANARY, run, tree } from './support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const at = (mode: string, name = 'DATABASE_URL'): string => `${name}=postgres://app:${CANARY}@db.example.com/app?sslmode=${mode}\n`;

interface Done {
  readonly code: number;
  readonly stderr: string;
  /** `file rule`, with a `-` before what is ignored. */
  readonly found: string[];
  readonly problems: string[];
}

async function check(folder: string, ...argv: string[]): Promise<Done> {
  const { code, stdout, stderr } = await run(folder, ['scan', '--format', 'json', ...argv]);
  const { findings, problems } = (stdout === '' ? { findings: [], problems: [] } : JSON.parse(stdout)) as Report;
  return {
    code,
    stderr,
    found: findings.map(({ file, rule, ignored }) => `${ignored === null ? '' : `-${ignored.by} `}${file} ${rule}`),
    problems: problems.map(({ file, line, message }) => `${file}:${line ?? ''}: ${message}`),
  };
}

const read = (folder: string, name = 'sslmode-baseline.json'): string => readFileSync(join(folder, name), 'utf8');

describe('--update-baseline', () => {
  it('writes what is there now, and the scan passes from then on, but not for what is new', async () => {
    const folder = repository({ 'a/.env': at('disable'), 'b.env': at('require') });
    expect(await check(join(folder, 'a'), '--update-baseline', '..')).toMatchObject({
      code: 0,
      stderr: 'sslmode: Wrote sslmode-baseline.json, which accepts 2 findings. From now on --update-baseline only removes.\n',
      found: ['-baseline a/.env no-plaintext', '-baseline b.env prefer-verified'],
    });
    const text = read(folder);
    expect(text).not.toContain(CANARY);
    expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1 });
    expect(text.split('\n').filter((line) => line.includes('"fingerprint"'))).toHaveLength(2);
    expect(await check(folder)).toMatchObject({ code: 0, stderr: '', problems: [] });
    // Other lines, another password, another order: it is the same finding.
    writeFileSync(join(folder, 'a/.env'), `# more\nX=1\n${at('disable').replace(CANARY, 'other')}`);
    expect((await check(folder)).code).toBe(0);
    writeFileSync(join(folder, 'a/.env'), at('disable') + at('disable', 'NEW_URL'));
    expect(await check(folder)).toMatchObject({ code: 1, found: ['-baseline a/.env no-plaintext', 'a/.env no-plaintext', '-baseline b.env prefer-verified'] });
    expect((await check(folder, '--no-baseline')).found).toEqual(['a/.env no-plaintext', 'a/.env no-plaintext', 'b.env prefer-verified']);
  });

  it('only removes afterwards', async () => {
    const folder = repository({ '.env': at('disable'), 'b.env': at('require') });
    await check(folder, '--update-baseline');
    write(folder, { 'b.env': at('verify-full'), 'c.env': at('disable') });
    const { code, stderr } = await check(folder, '--update-baseline');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'sslmode: Removed 1 stale entry from sslmode-baseline.json. 1 finding is new and not added, since a baseline only shrinks: to begin anew, delete it first.\n',
    });
    expect(read(folder)).toContain('".env"');
    expect(read(folder)).not.toMatch(/[bc]\.env/);
    const before = read(folder);
    expect((await check(folder, '--update-baseline')).stderr).toContain('Nothing to remove from sslmode-baseline.json.');
    expect(read(folder)).toBe(before);
  });

  it('writes nothing where there is nothing to accept', async () => {
    const folder = repository({ '.env': at('verify-full') });
    expect(await check(folder, '--update-baseline')).toMatchObject({ code: 0, stderr: 'sslmode: No findings: no baseline is needed.\n' });
    expect(existsSync(join(folder, 'sslmode-baseline.json'))).toBe(false);
  });

  it('takes nothing in that is ignored with a reason', async () => {
    const folder = repository({ '.env': `# sslmode-ignore no-plaintext -- a tunnel\n${at('disable')}${at('allow', 'B_URL')}` });
    expect((await check(folder, '--update-baseline')).found).toEqual(['-comment .env no-plaintext', '-baseline .env no-plaintext-fallback']);
    expect(read(folder)).not.toContain('no-plaintext"');
  });

  it('writes one in each project', async () => {
    const folder = tree({ 'one/.git/HEAD': '', 'one/.env': at('disable'), 'two/.git/HEAD': '', 'two/app/.env': at('allow') });
    expect((await check(folder, '--update-baseline', 'one', 'two/app')).code).toBe(0);
    expect(read(join(folder, 'one'))).toContain('"file":".env"');
    expect(read(join(folder, 'two'))).toContain('"file":"app/.env"');
    expect((await check(folder)).code).toBe(0);
  });

  it('changes nothing where not everything could be judged', async () => {
    const folder = repository({ '.env': at('disable'), 'bad/.env': at('disable') });
    await check(folder, '--update-baseline');
    const before = read(folder);
    write(folder, { 'bad/sslmode.config.yaml': 'minimun: require\n', '.env': at('verify-full') });
    const { code, stderr } = await check(folder, '--update-baseline');
    expect(code).toBe(2);
    expect(stderr).toContain('The baseline is left as it is');
    expect(read(folder)).toBe(before);
  });

  it('does not write through a link', async () => {
    const folder = repository({ '.env': at('disable') });
    const elsewhere = tree({ 'precious.json': '' });
    symlinkSync(join(elsewhere, 'precious.json'), join(folder, 'sslmode-baseline.json'));
    expect((await check(folder, '--update-baseline')).code).toBe(2);
    rmSync(join(folder, 'sslmode-baseline.json'));
    symlinkSync(join(elsewhere, 'nothing.json'), join(folder, 'sslmode-baseline.json'));
    expect(await check(folder, '--update-baseline')).toMatchObject({ code: 2, stderr: expect.stringContaining('sslmode-baseline.json: not written: it is a link') as string });
    expect(existsSync(join(elsewhere, 'nothing.json'))).toBe(false);
  });
});

describe('stale entries', () => {
  it('are reported where their file was read or is gone, and nowhere else', async () => {
    const files = { 'a.yaml': `url: ${at('disable').slice(13)}`, 'b.yaml': `url: ${at('disable').slice(13)}`, 'gone.yaml': `url: ${at('allow').slice(13)}`, '.env': at('disable') };
    const folder = repository(files);
    await check(folder, '--update-baseline');
    for (const name of ['gone.yaml', '.env']) rmSync(join(folder, name));
    write(folder, { 'a.yaml': 'A: 1\n' });
    const line = (name: string): number => read(folder).split('\n').findIndex((text) => text.includes(name)) + 1;
    const stale = (name: string): string => `sslmode-baseline.json:${line(name)}: a stale entry: what it accepted is gone; --update-baseline removes it`;
    const { code, problems } = await check(folder);
    expect(code).toBe(0);
    expect(problems.toSorted()).toEqual([stale('"a.yaml'), stale('gone.yaml')].sort());
    expect((await check(folder, 'b.yaml')).problems).toEqual([stale('gone.yaml')]);
    expect((await check(folder, '--strict-collection')).code).toBe(2);
    // Who asks, gets rid of the .env, too.
    expect((await check(folder, '--update-baseline')).stderr).toBe('sslmode: Removed 3 stale entries from sslmode-baseline.json.\n');
    expect((await check(folder)).problems).toEqual([]);
  });

  it('are not looked for where only changes are reported', async () => {
    const folder = repository({ '.env': at('disable') });
    await check(folder, '--update-baseline');
    write(folder, { '.env': at('disable') + at('verify-full', 'B_URL') });
    expect(await check(folder, '--since', 'HEAD')).toMatchObject({ code: 0, problems: [] });
  });
});

describe('a baseline', () => {
  it('can be named', async () => {
    const folder = repository({ '.env': at('disable') });
    expect(await check(folder, '--baseline', 'mine.json')).toMatchObject({ code: 2, stderr: 'sslmode: There is no baseline mine.json. --update-baseline writes it.\n' });
    expect((await check(folder, '--baseline', 'mine.json', '--update-baseline')).code).toBe(0);
    expect(existsSync(join(folder, 'sslmode-baseline.json'))).toBe(false);
    expect((await check(folder)).code).toBe(1);
    expect((await check(folder, '--baseline', 'mine.json')).code).toBe(0);
  });

  it('of two branches can be merged by git', async () => {
    const many = (from: number): Record<string, string> => Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`s${from + index}.env`, at('disable')]));
    const folder = repository(many(0));
    await check(folder, '--update-baseline');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'x');
    const branch = (name: string, fixed: string): void => {
      git(folder, 'checkout', '--quiet', '-b', name, 'main');
      write(folder, { [fixed]: at('verify-full') });
    };
    const [low = '', high = ''] = [/"file":"(s\d+\.env)"/g].flatMap((pattern) => {
      const names = [...read(folder).matchAll(pattern)].map(([, name = '']) => name);
      return [names[1] ?? '', names[9] ?? ''];
    });
    for (const [name, fixed] of [['one', low], ['two', high]] as const) {
      branch(name, fixed);
      await check(folder, '--update-baseline');
      git(folder, 'commit', '--quiet', '--all', '-m', name);
    }
    git(folder, 'merge', '--quiet', '-m', 'merged', 'one');
    expect(await check(folder)).toMatchObject({ code: 0, stderr: '', problems: [] });
  });

  it.for<[what: string, change: (text: string) => string, line: number, message: string]>([
    ['broken', (text) => text.slice(0, 40), 1, 'not valid JSON'],
    ['in conflict', (text) => text.replace('\n', '\n<<<<<<< ours\n'), 2, 'a merge conflict is not resolved'],
    ['something else', () => '[]', 1, 'not a baseline'],
    ['from the future', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'), 1, 'a baseline of a version'],
    ['with a broken entry', (text) => text.replace('"rule"', '"rul"'), 1, 'an entry lacks its'],
  ])('that is %s is exit code 2, and accepts nothing', async ([, change, line, message]) => {
    const folder = repository({ '.env': at('disable') });
    await check(folder, '--update-baseline');
    const broken = change(read(folder));
    writeFileSync(join(folder, 'sslmode-baseline.json'), broken);
    for (const argv of [[], ['--update-baseline']]) {
      const { code, stderr, found } = await check(folder, ...argv);
      expect({ code, found }).toEqual({ code: 2, found: ['.env no-plaintext'] });
      expect(stderr).toContain(`sslmode-baseline.json:${line}: ${message}`);
    }
    expect(read(folder)).toBe(broken);
  });

  it('may repeat entries and end in a comma, as merges leave it', async () => {
    const folder = repository({ '.env': at('disable') });
    await check(folder, '--update-baseline');
    writeFileSync(join(folder, 'sslmode-baseline.json'), read(folder).replace(/( {4}\{.*\})\n/, '$1,\n$1,\n'));
    expect(await check(folder)).toMatchObject({ code: 0, problems: [] });
  });

  it('is read from the index where the files are', async () => {
    const folder = repository({ 'a.env': at('verify-full') });
    write(folder, { 'a.env': at('disable') });
    await check(folder, '--update-baseline');
    git(folder, 'add', 'a.env');
    expect((await check(folder, '--staged')).code).toBe(1);
    git(folder, 'add', '.');
    expect((await check(folder, '--staged')).code).toBe(0);
  });

  it('counts in the library as well', async () => {
    const folder = repository({ '.env': at('disable') });
    await check(folder, '--update-baseline');
    expect((await scan({ cwd: folder })).summary).toMatchObject({ errors: 0, ignored: 1 });
    expect((await scan({ cwd: folder, baseline: false })).summary).toMatchObject({ errors: 1, ignored: 0 });
  });

  it('is shown with what it accepts, and stays out of SARIF', async () => {
    const folder = repository({ '.env': at('disable') });
    await check(folder, '--update-baseline');
    const pretty = await run(folder, ['scan', '--show-ignored']);
    expect(pretty.stdout).toMatch(/\nNo findings; 1 in the baseline\.\n$/);
    expect(pretty.stdout).toContain('ignored: by the baseline: accepted in sslmode-baseline.json');
    expect((await run(folder, ['scan', '--format', 'sarif'])).stdout).not.toContain('"ruleId"');
  });

  it('named pipes and folders in its place are exit code 2', async () => {
    const folder = repository({ '.env': at('disable') });
    mkdirSync(join(folder, 'sslmode-baseline.json'));
    expect((await check(folder)).code).toBe(2);
    rmSync(join(folder, 'sslmode-baseline.json'), { recursive: true });
    execFileSync('mkfifo', [join(folder, 'sslmode-baseline.json')]);
    expect((await check(folder, '--update-baseline')).code).toBe(2);
  });
});

describe('options that exclude each other', () => {
  it.for([
    [['--baseline', 'b.json', '--no-baseline']],
    [['--update-baseline', '--no-baseline']],
    [['--update-baseline', '--staged']],
    [['--update-baseline', '--since', 'HEAD']],
    [['--update-baseline', '--stdin-filename', '.env']],
  ])('%j', async ([argv]) => {
    const { code, stderr } = await check(repository({ '.env': at('disable') }), ...(argv ?? []));
    expect(code).toBe(2);
    expect(stderr).toMatch(/exclude each other\.\n$/);
  });
});
