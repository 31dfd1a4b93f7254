import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/index.ts';
import { run, tree } from '../support.ts';
import { commit, git, repository, write } from './support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const at = (mode: string, name = 'DATABASE_URL'): string => `${name}=postgres://app@db.example.com/app?sslmode=${mode}\n`;

async function staged(folder: string, argv: readonly string[] = [], env = {}): Promise<{ code: number; stderr: string; found: string[]; report: Report }> {
  const { code, stdout, stderr } = await run(folder, ['scan', '--staged', '--format', 'json', ...argv], { env });
  const report = (stdout === '' ? { findings: [] } : JSON.parse(stdout)) as Report;
  return { code, stderr, found: report.findings.map(({ file, rule }) => `${file} ${rule}`), report };
}

describe('--staged', () => {
  it('reads the index, whatever lies in the working tree', async () => {
    const folder = repository({ 'old.env': at('disable'), 'weak.env': at('verify-full'), 'strong.env': at('disable'), 'gone.env': at('verify-full') });
    write(folder, { 'weak.env': at('disable'), 'strong.env': at('verify-full'), 'gone.env': at('disable'), 'new/.env': at('disable') });
    git(folder, 'add', '--all');
    write(folder, { 'weak.env': at('verify-full'), 'strong.env': at('disable'), 'untracked.env': at('disable') });
    rmSync(join(folder, 'gone.env'));
    expect(await staged(folder)).toMatchObject({ code: 1, stderr: '', found: ['gone.env no-plaintext', 'new/.env no-plaintext', 'weak.env no-plaintext'] });
    expect((await staged(folder, ['gone.env', 'new'])).found).toEqual(['gone.env no-plaintext', 'new/.env no-plaintext']);
    expect((await staged(join(folder, 'new'))).found).toEqual(['.env no-plaintext']);
    const { stdout } = await run(folder, ['scan', '--staged']);
    expect(stdout).toContain('Checked 4 staged files, found 4 PostgreSQL connections');
    expect((await run(folder, ['scan', '--staged', '--list-files'])).stdout).toBe('gone.env\nnew/.env\nstrong.env\nweak.env\n');
  });

  it.for<[what: string, prepare: (folder: string) => void]>([
    ['nothing is staged', (folder) => { write(folder, { '.env': at('disable') }); }],
    ['only a deletion is', (folder) => { git(folder, 'rm', '--quiet', 'readme.md'); }],
    ['only another kind is', (folder) => { write(folder, { 'readme.md': at('disable') }); git(folder, 'add', 'readme.md'); }],
  ])('is content where %s', async ([, prepare]) => {
    const folder = repository({ 'readme.md': 'x', 'b.env': at('disable') });
    prepare(folder);
    expect(await staged(folder)).toMatchObject({ code: 0, stderr: '', found: [] });
  });

  it('counts what is of another kind', async () => {
    const folder = repository({});
    write(folder, { 'readme.md': 'x' });
    git(folder, 'add', '.');
    expect((await staged(folder)).report.summary).toMatchObject({ files: 0, skipped: { otherKind: 1 } });
  });

  it('works before the first commit', async () => {
    const folder = repository();
    write(folder, { '.env': at('disable') });
    git(folder, 'add', '.');
    expect(await staged(folder)).toMatchObject({ code: 1, found: ['.env no-plaintext'] });
  });

  it('takes policy and manifests from the index, too', async () => {
    const folder = repository({ 'package.json': '{}', 'sslmode.config.yaml': 'minimum: require\n' });
    write(folder, { '.env': at('require'), 'package.json': '{ "dependencies": { "pg": "^8.11.0" } }', 'sslmode.config.yaml': 'minimum: verify-full\n' });
    git(folder, 'add', '.');
    write(folder, { 'package.json': '{ "dependencies": { "postgres": "^3.4.0" } }', 'sslmode.config.yaml': 'minimum: require\n' });
    const { report } = await staged(folder);
    expect(report.connections).toMatchObject([{ driver: 'node-postgres@8', evidence: { kind: 'manifest', file: 'package.json' } }]);
    git(folder, 'rm', '--quiet', '--force', '--cached', 'package.json');
    expect(await staged(folder)).toMatchObject({ code: 1, found: ['.env no-unverified-certificate'], report: { connections: [{ driver: 'libpq@18' }] } });
    git(folder, 'rm', '--quiet', '--force', '--cached', 'sslmode.config.yaml');
    expect((await staged(folder)).code).toBe(0);
    // One that is named need not be staged.
    write(folder, { 'mine.yaml': 'minimum: verify-full\n' });
    expect((await staged(folder, ['--config', 'mine.yaml'])).code).toBe(1);
  });

  it('knows the services of a compose file in the index', async () => {
    const folder = repository({ 'app/compose.yaml': 'services:\n  db:\n    image: postgres:18\n' });
    write(folder, { 'app/.env': 'DATABASE_URL=postgres://app@db/app\n' });
    git(folder, 'add', '.');
    rmSync(join(folder, 'app/compose.yaml'));
    expect((await staged(folder)).report.connections).toMatchObject([{ hostClass: 'local' }]);
  });

  it('reads the index that `git commit -a` makes for its hooks, and no index of another repository', async () => {
    const folder = repository({ '.env': at('verify-full') });
    write(folder, { '.env': at('disable') });
    git(folder, 'read-tree', '--index-output=.git/next-index-1.lock', 'HEAD');
    const { execFileSync } = await import('node:child_process');
    execFileSync('git', ['add', '.env'], { cwd: folder, env: { ...process.env, GIT_INDEX_FILE: join(folder, '.git/next-index-1.lock') } });
    expect((await staged(folder)).found).toEqual([]);
    expect((await staged(folder, [], { GIT_INDEX_FILE: '.git/next-index-1.lock' })).found).toEqual(['.env no-plaintext']);
    const other = repository({});
    write(other, { '.env': at('disable') });
    git(other, 'add', '.');
    expect((await staged(folder, [], { GIT_INDEX_FILE: join(other, '.git/index'), GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other })).found).toEqual([]);
  });

  it('runs nothing that the repository configures', async () => {
    const folder = repository({ '.env': at('verify-full'), '.gitattributes': '* filter=evil diff=evil\n' });
    const script = join(folder, '.git/evil.sh');
    writeFileSync(script, `#!/bin/sh\necho x > '${join(folder, 'ran')}'\ncat\n`, { mode: 0o755 });
    write(folder, { '.env': at('disable') });
    git(folder, 'add', '.');
    for (const name of ['core.fsmonitor', 'diff.external', 'diff.evil.textconv', 'diff.evil.command', 'filter.evil.clean', 'filter.evil.smudge', 'core.pager', 'core.sshCommand']) {
      git(folder, 'config', name, script);
    }
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'reference-transaction']) writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    rmSync(join(folder, 'ran'), { force: true });
    expect((await staged(folder)).code).toBe(1);
    expect((await staged(folder, ['--since', 'HEAD'])).code).toBe(1);
    expect((await run(folder, ['scan', '--since', 'HEAD'])).code).toBe(1);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('reads names of every kind', async () => {
    const names = ['with space/.env', 'line\nfeed.env', '"quoted".env', 'ü.env', '-x.env', ':(top)/a.env'];
    const folder = repository({});
    write(folder, Object.fromEntries(names.map((name) => [name, at('disable')])));
    git(folder, 'add', '--all');
    expect((await staged(folder)).report.findings.map(({ file }) => file).sort()).toEqual([...names].sort());
  });

  it('leaves out what a scan leaves out', async () => {
    const folder = repository({});
    write(folder, { 'node_modules/x/.env': at('disable'), 'vendor/.env': at('disable'), 'sslmode.config.yaml': 'exclude: ["vendor/**"]\n' });
    git(folder, 'add', '--all');
    expect(await staged(folder)).toMatchObject({ code: 0, found: [], report: { summary: { files: 1, skipped: { excluded: 1 } } } });
    expect((await staged(folder, ['node_modules'])).found).toEqual(['node_modules/x/.env no-plaintext']);
  });
});

describe('--staged never passes silently over', () => {
  it('a merge conflict', async () => {
    const folder = repository({ '.env': at('verify-full') });
    git(folder, 'checkout', '--quiet', '-b', 'other');
    write(folder, { '.env': at('require') });
    commit(folder);
    git(folder, 'checkout', '--quiet', 'main');
    write(folder, { '.env': at('prefer') });
    commit(folder);
    expect(() => git(folder, 'merge', 'other')).toThrow();
    expect(await staged(folder)).toMatchObject({ code: 2, stderr: 'sslmode: .env: not read: a merge conflict in it is not resolved\n' });
  });

  it('a content that git lost', async () => {
    const folder = repository({});
    write(folder, { '.env': at('disable'), 'b.env': at('verify-full') });
    git(folder, 'add', '.');
    const oid = git(folder, 'rev-parse', ':.env').trim();
    rmSync(join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    // As long as the file has it, nothing is lost.
    expect(await staged(folder)).toMatchObject({ code: 1, found: ['.env no-plaintext'] });
    write(folder, { '.env': at('verify-full') });
    expect(await staged(folder)).toMatchObject({ code: 2, stderr: 'sslmode: .env: cannot be read: git does not have its content\n', report: { summary: { files: 1, skipped: { unreadable: 1 } } } });
  });

  it('a link that leads out, and a file that is too large or binary', async () => {
    const folder = repository({});
    write(folder, { 'b.env': '\0', 'large.env': 'A=1\n'.repeat(500), 'real.env': at('verify-full') });
    symlinkSync('../elsewhere', join(folder, '.env'));
    symlinkSync('real.env', join(folder, 'c.env'));
    git(folder, 'add', '.');
    const { code, report } = await staged(folder, ['--max-file-size', '0.001']);
    expect(code).toBe(0);
    expect(report.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      '.env: not followed: a link to something that is not in the index',
      'b.env: not read: it is binary',
      'large.env: not read: 0 MB, more than the 0 MB of --max-file-size',
    ]);
  });

  it.for<[what: string, argv: string[], message: RegExp]>([
    ['no repository', [], /^sslmode: --staged needs a git repository: git says "not a git repository/],
    ['standard input', ['--stdin-filename', '.env'], /^sslmode: --stdin-filename and --staged exclude each other\.\n$/],
  ])('%s', async ([, argv, message]) => {
    const { code, stderr } = await staged(tree({ '.env': at('disable') }), argv);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('a PATH that is nowhere, or in another repository', async () => {
    const folder = repository({ '.env': at('disable') });
    expect(await staged(folder, ['nowhere'])).toMatchObject({ code: 2, stderr: 'sslmode: There is no file or folder "nowhere".\n' });
    expect((await staged(folder, ['.', tree()])).code).toBe(2);
    // The repository is that of the PATH.
    write(folder, { '.env': at('allow') });
    git(folder, 'add', '.');
    expect((await staged(tree(), [folder])).found).toEqual(['.env no-plaintext-fallback']);
  });
});
