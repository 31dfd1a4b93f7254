import { describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/index.ts';
import { CANARY, run, tree } from '../support.ts';
import { commit, git, repository, write } from './support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Findings as `file:line rule`, connections as `file:line effective`. */
async function scan(folder: string, ...argv: string[]): Promise<{ findings: string[]; connections: string[]; report: Report }> {
  const { stdout, stderr } = await run(folder, ['scan', '--format', 'json', ...argv]);
  expect(stdout + stderr).not.toContain(CANARY);
  const report = JSON.parse(stdout) as Report;
  return {
    findings: report.findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`),
    connections: report.connections.map(({ file, line, effective }) => `${file}:${line} ${effective}`),
    report,
  };
}

const PACKAGE = { 'package.json': '{ "dependencies": { "pg": "^8.13.0" } }' };
const url = (query = ''): string => `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app${query}\n`;
const pool = (rest = '', name = 'DATABASE_URL'): string => `import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: process.env.${name}${rest} });\n`;
const SOUND = ', ssl: true';
const compose = (...lines: readonly string[]): string => `services:\n  api:\n    build: .\n    env_file: config/app.env\n    environment:\n${lines.map((line) => `      ${line}\n`).join('')}`;
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n          envFrom:\n            - configMapRef: { name: api-config }\n          env:\n            - name: PGHOST\n              value: db.example.com\n';
const configMap = (mode: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: api-config }\ndata:\n  PGSSLMODE: ${mode}\n`;

/** What is scanned for is in `named`; the rest is there, and committed. */
const CASES: readonly (readonly [what: string, files: Readonly<Record<string, string>>, named: string, findings: readonly string[], connections: readonly string[]])[] = [
  ['a value finds the code that reads it, and what that adds', { ...PACKAGE, '.env': url(), 'src/db.ts': pool(SOUND) }, '.env', [], ['.env:1 verify-full']],
  ['a value finds the code that makes it weaker', { ...PACKAGE, '.env': url('?sslmode=disable'), 'src/db.ts': pool(SOUND) }, '.env', ['.env:1 no-plaintext', 'src/db.ts:2 no-conflicting-settings'], ['.env:1 disable']],
  ['code finds the value that it reads', { ...PACKAGE, '.env': url(), 'src/db.ts': pool() }, 'src/db.ts', ['.env:1 require-sslmode'], ['.env:1 disable']],
  ['a value finds a Python program', { '.env': url('?sslmode=disable'), 'app/db.py': 'import os\nimport psycopg\n\nconn = psycopg.connect(os.environ["DATABASE_URL"])\n' }, '.env', ['.env:1 no-plaintext'], ['.env:1 disable']],
  ['a host finds the options that take it in', { ...PACKAGE, '.env': 'DB_HOST=db.example.com\n', 'src/db.ts': "import { Pool } from 'pg';\nexport const pool = new Pool({ host: process.env.DB_HOST, ssl: { rejectUnauthorized: false } });\n" }, '.env', ['src/db.ts:2 prefer-verified'], ['src/db.ts:2 require']],
  ['an env_file finds the services that it is given to', { 'compose.yaml': compose('PGSSLMODE: verify-full', 'PGSSLROOTCERT: system'), 'config/app.env': 'PGHOST=db.example.com\n' }, 'config/app.env', [], ['config/app.env:1 verify-full']],
  ['a Compose file finds what its services are given', { 'compose.yaml': compose('PGHOST: db.example.com'), 'config/app.env': 'PGSSLMODE=disable\n' }, 'compose.yaml', ['config/app.env:1 no-plaintext'], ['compose.yaml:6 disable']],
  ['a ConfigMap finds the pods that take it in', { 'deployments/api.yaml': DEPLOYMENT, 'configmaps/api.yaml': configMap('disable') }, 'configmaps/api.yaml', ['configmaps/api.yaml:5 no-plaintext'], []],
  ['a pod finds its ConfigMap', { 'deployments/api.yaml': DEPLOYMENT, 'configmaps/api.yaml': configMap('disable') }, 'deployments/api.yaml', ['configmaps/api.yaml:5 no-plaintext'], ['deployments/api.yaml:12 disable']],
  ['what has nothing to do with it is left alone', { ...PACKAGE, '.env': 'OTHER_URL=postgres://app@db.example.com/app?sslmode=verify-full\n', 'weak.env': url(), 'src/db.ts': pool(), 'src/other.ts': pool('', 'OTHER_URL') }, '.env', [], ['.env:1 verify-full']],
];

describe('a named file', () => {
  it.for(CASES)('%s', async ([, files, named, findings, connections]) => {
    const folder = repository(files);
    expect(await scan(folder, named)).toMatchObject({ findings, connections, report: { summary: { files: 1 } } });
  });

  it('is all there is where nothing says how far the project goes', async () => {
    const folder = tree({ ...PACKAGE, '.env': url(), 'src/db.ts': pool(SOUND) });
    expect((await scan(folder, '.env')).findings).toEqual(['.env:1 require-sslmode']);
  });

  it('is not changed by what another repository inside has', async () => {
    const folder = repository({ ...PACKAGE, '.env': url() });
    write(folder, { 'inner/src/db.ts': pool(SOUND) });
    git(`${folder}/inner`, 'init', '--quiet');
    expect((await scan(folder, '.env')).findings).toEqual(['.env:1 require-sslmode']);
  });

  it('alone is written to by --fix', async () => {
    const folder = repository({ ...PACKAGE, '.env': url('?sslmode=disable'), 'src/db.ts': pool(SOUND) });
    await run(folder, ['scan', 'src/db.ts', '--fix', '--unsafe']);
    expect(git(folder, 'status', '--porcelain', '.env')).toBe('');
  });
});

describe('--staged', () => {
  it.for(CASES)('%s', async ([, files, named, findings, connections]) => {
    const folder = repository({ ...files, [named]: '' });
    write(folder, { [named]: files[named] ?? '' });
    git(folder, 'add', '.');
    expect(await scan(folder, '--staged')).toMatchObject({ findings, connections });
  });

  it('takes what is outside of the change from the index as well', async () => {
    const folder = repository({ ...PACKAGE, 'src/db.ts': pool(SOUND) });
    write(folder, { '.env': url() });
    git(folder, 'add', '.');
    write(folder, { 'src/db.ts': pool(), 'src/untracked.ts': pool() });
    expect(await scan(folder, '--staged')).toMatchObject({ findings: [], connections: ['.env:1 verify-full'] });
  });
});

describe('--since', () => {
  /** Findings after a change of some files. */
  async function changed(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>, ...argv: string[]): Promise<string[]> {
    const folder = repository({ ...PACKAGE, ...before });
    write(folder, now);
    return (await scan(folder, '--since', 'HEAD', ...argv)).findings;
  }

  it('reports a value that was changed, as the code that reads it makes of it', async () => {
    expect(await changed({ '.env': url(), 'src/db.ts': pool(SOUND) }, { '.env': url('?sslmode=disable') })).toEqual(['.env:1 no-plaintext', 'src/db.ts:2 no-conflicting-settings']);
    expect(await changed({ '.env': url('?sslmode=disable'), 'src/db.ts': pool(SOUND) }, { '.env': url() })).toEqual([]);
  });

  it('reports nothing of a value beside one that was changed', async () => {
    expect(await changed({ '.env': `${url()}A=1\n`, 'src/db.ts': pool() }, { '.env': `${url()}A=2\n` })).toEqual([]);
  });

  it('reports what a change of the code makes of a value that stands as it stood', async () => {
    expect(await changed({ '.env': url(), 'src/db.ts': pool(SOUND) }, { 'src/db.ts': pool() })).toEqual(['.env:1 require-sslmode']);
    expect(await changed({ '.env': url(), 'src/db.ts': pool() }, { 'src/db.ts': `${pool()}export const x = 1;\n` })).toEqual([]);
  });

  it('reports what new code makes of an old value', async () => {
    expect(await changed({ '.env': url() }, { 'src/db.ts': pool() })).toEqual(['.env:1 require-sslmode']);
  });

  it('reports what both together bring', async () => {
    expect(await changed({ '.env': url(), 'src/db.ts': pool(SOUND) }, { '.env': url('?sslmode=disable'), 'src/db.ts': `// more\n${pool(SOUND)}` })).toEqual(['.env:1 no-plaintext', 'src/db.ts:3 no-conflicting-settings']);
  });

  it('reports what the removal of a line brings elsewhere', async () => {
    const before = { 'compose.yaml': compose('PGHOST: db.example.com'), 'config/app.env': 'A=1\nPGSSLMODE=verify-full\nPGSSLROOTCERT=system\n' };
    expect(await changed(before, { 'config/app.env': 'A=1\n' })).toEqual(['compose.yaml:6 require-sslmode']);
  });

  it('takes what git ignores as it is, before and after', async () => {
    expect(await changed({ '.gitignore': '.env\n', 'src/db.ts': pool() }, { '.env': url(), 'src/db.ts': `${pool()}export const x = 1;\n` })).toEqual([]);
  });

  it('goes with --staged', async () => {
    const folder = repository({ ...PACKAGE, '.env': url(), 'src/db.ts': pool(SOUND) });
    write(folder, { '.env': url('?sslmode=disable') });
    git(folder, 'add', '.');
    write(folder, { '.env': url() });
    expect((await scan(folder, '--since', 'HEAD', '--staged')).findings).toEqual(['.env:1 no-plaintext', 'src/db.ts:2 no-conflicting-settings']);
    commit(folder);
    expect((await scan(folder, '--since', 'HEAD', '--staged')).findings).toEqual([]);
  });
});
