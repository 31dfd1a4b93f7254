import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/index.ts';
import { run, tree } from '../support.ts';
import { commit, git, repository, write } from './support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const at = (mode: string, name = 'DATABASE_URL', password = 'x'): string => `${name}=postgres://app:${password}@db.example.com/app?sslmode=${mode}\n`;

async function since(folder: string, ref: string, ...argv: string[]): Promise<{ code: number; stderr: string; found: string[]; report: Report }> {
  const { code, stdout, stderr } = await run(folder, ['scan', '--since', ref, '--format', 'json', ...argv]);
  const report = (stdout === '' ? { findings: [] } : JSON.parse(stdout)) as Report;
  return { code, stderr, found: report.findings.map(({ file, line, key }) => `${file}:${line} ${key ?? ''}`), report };
}

describe('--since REF reports', () => {
  it.for<[what: string, before: string, now: string, found: string[]]>([
    ['an added line, not the one before it', at('disable', 'A_URL'), at('disable', 'A_URL') + at('disable', 'B_URL'), ['.env:2 B_URL']],
    ['nothing of what only moved down', at('disable', 'A_URL'), `X=1\n# more\n${at('disable', 'A_URL')}`, []],
    ['nothing of what changed places', at('disable', 'A_URL') + at('allow', 'B_URL'), at('allow', 'B_URL') + at('disable', 'A_URL'), []],
    ['nothing of other white space or line ends', at('disable', 'A_URL'), at('disable', 'A_URL').replace('\n', '  \r\n'), []],
    ['nothing of what got better', at('disable', 'A_URL'), at('verify-full', 'A_URL'), []],
    ['what got worse', at('verify-full', 'A_URL'), at('require', 'A_URL'), ['.env:1 A_URL']],
    ['a line that was touched and is as weak as before', at('disable', 'A_URL', 'old'), at('disable', 'A_URL', 'new'), ['.env:1 A_URL']],
    ['what the removal of a line brought', 'PGHOST=db.example.com\nX=1\nPGUSER=a\nPGSSLMODE=verify-full\n', 'PGHOST=db.example.com\nX=1\nPGUSER=a\n', ['.env:1 PGHOST']],
    ['an ignore that was taken away', `# sslmode-ignore no-plaintext -- a tunnel\n${at('disable', 'A_URL')}`, at('disable', 'A_URL'), ['.env:1 A_URL']],
  ])('%s', async ([, before, now, found]) => {
    const folder = repository({ '.env': before, 'same.env': at('disable') });
    write(folder, { '.env': now });
    expect((await since(folder, 'HEAD')).found).toEqual(found);
    commit(folder);
    expect((await since(folder, 'HEAD~1')).found).toEqual(found);
    expect(await since(folder, 'HEAD')).toMatchObject({ code: 0, found: [], report: { summary: { files: 0, connections: 0 } } });
  });

  it('the same line under another key', async () => {
    const service = (name: string): string => `  ${name}:\n    environment:\n      DATABASE_URL: postgres://app@db.example.com/app?sslmode=disable\n`;
    const folder = repository({ 'compose.yaml': `services:\n${service('a')}${service('b')}` });
    write(folder, { 'compose.yaml': `services:\n${service('a')}${service('new')}${service('b')}` });
    expect((await since(folder, 'HEAD')).found).toEqual(['compose.yaml:7 services.new.environment.DATABASE_URL']);
  });

  it('the same lines once more, but not those before', async () => {
    const document = 'kind: ConfigMap\ndata:\n  DATABASE_URL: postgres://app@db.example.com/app?sslmode=disable\n';
    const folder = repository({ 'k8s.yaml': document });
    write(folder, { 'k8s.yaml': `${document}---\n${document}` });
    expect((await since(folder, 'HEAD')).found).toEqual(['k8s.yaml:7 data.DATABASE_URL']);
  });

  it('new files, but none that git ignores', async () => {
    const folder = repository({ '.gitignore': '.env\n' });
    write(folder, { 'new/app.env': at('disable'), '.env': at('disable'), 'added/.env': at('disable') });
    git(folder, 'add', '--force', 'added/.env');
    expect((await since(folder, 'HEAD')).found).toEqual(['added/.env:1 DATABASE_URL', 'new/app.env:1 DATABASE_URL']);
  });

  it('only what the branch brought, not what REF got meanwhile', async () => {
    const folder = repository({ 'a.env': at('verify-full') });
    git(folder, 'checkout', '--quiet', '-b', 'work');
    write(folder, { 'b.env': at('disable') });
    commit(folder);
    git(folder, 'checkout', '--quiet', 'main');
    write(folder, { 'old.env': 'A=1\n', 'a.env': at('verify-full', 'OTHER_URL') });
    commit(folder);
    git(folder, 'checkout', '--quiet', 'work');
    write(folder, { 'a.env': `\n${at('verify-full')}` });
    const done = await since(folder, 'main');
    expect(done).toMatchObject({ code: 1, found: ['b.env:1 DATABASE_URL'], report: { summary: { files: 2 } } });
    expect((await run(folder, ['scan', '--since', 'main'])).stdout).toContain('Checked 2 files changed since main, found 1 PostgreSQL connection ');
  });

  it('from the index with --staged', async () => {
    const folder = repository({ '.env': at('disable', 'A_URL') });
    write(folder, { '.env': at('disable', 'A_URL') + at('disable', 'B_URL') });
    git(folder, 'add', '.');
    write(folder, { '.env': at('disable', 'C_URL') });
    expect((await since(folder, 'HEAD', '--staged')).found).toEqual(['.env:2 B_URL']);
  });

  it('nothing of another repository inside this one', async () => {
    const folder = repository({ '.env': at('verify-full') });
    write(folder, { 'inner/.env': at('disable') });
    git(join(folder, 'inner'), 'init', '--quiet');
    expect((await since(folder, 'HEAD')).found).toEqual([]);
  });

  it('unchanged files that cannot be read as they should be: no; changed ones: yes', async () => {
    const folder = repository({ 'a.env': '\0', 'b.env': 'A=1\n' });
    writeFileSync(join(folder, 'b.env'), '\0');
    expect((await since(folder, 'HEAD')).report.problems).toEqual([{ file: 'b.env', line: null, message: 'not read: it is binary' }]);
  });

  it('is content with a folder of nothing that we know', async () => {
    const folder = repository({ 'docs/readme.md': 'x' });
    expect(await since(folder, 'HEAD', 'docs')).toMatchObject({ code: 0, stderr: '', found: [] });
  });
});

describe('--since is exit code 2', () => {
  it.for<[what: string, ref: string, message: RegExp]>([
    ['for a REF that is none', 'nowhere', /^sslmode: There is no commit "nowhere" in this repository\./],
    ['for an option in its place', '--output=x', /^sslmode: (?:--since needs a value|There is no option)/],
  ])('%s', async ([, ref, message]) => {
    const { code, stderr } = await since(repository({ '.env': '' }), ref);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('outside a repository', async () => {
    expect((await since(tree({ '.env': 'A=1\n' }), 'HEAD')).code).toBe(2);
  });

  it('for a PATH in another repository', async () => {
    const other = repository({ '.env': at('disable') });
    const { code, stderr } = await since(repository({ '.env': 'A=1\n' }), 'HEAD', '.', other);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('lies outside the git repository that --since reads') as string });
  });
});
