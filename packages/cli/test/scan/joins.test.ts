import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

interface Scanned {
  readonly findings: readonly (Place & { readonly rule: string; readonly host: string | null; readonly driver: string | null; readonly related: readonly Place[]; readonly ignored: unknown; readonly fingerprint: string; readonly message: string })[];
  readonly connections: readonly (Place & { readonly effective: string; readonly host: string | null; readonly driver: string | null })[];
}

/** Findings as `file:line rule host`, connections as `file:line effective host`. */
async function scan(files: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<{ findings: string[]; connections: string[]; report: Scanned }> {
  const { stdout, stderr } = await run(tree(files), ['scan', '--format', 'json', ...args]);
  expect(stdout + stderr).not.toContain(CANARY);
  const report = JSON.parse(stdout) as Scanned;
  return {
    findings: report.findings.map(({ file, line, rule, host }) => `${file}:${line} ${rule} ${host ?? '-'}`),
    connections: report.connections.map(({ file, line, effective, host }) => `${file}:${line} ${effective} ${host ?? '-'}`),
    report,
  };
}

const service = (...lines: readonly string[]): string => `services:\n  api:\n    build: .\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe('env_file of Compose', () => {
  it.for([
    ['a string', ['env_file: app.env']],
    ['a list', ['env_file:', '  - ./app.env']],
    ['a list of paths', ['env_file:', '  - path: ./app.env', '    required: true']],
  ] as const)('is one connection with environment: %s', async ([, lines]) => {
    const { findings, connections } = await scan({
      'compose.yaml': service(...lines, 'environment:', '  PGHOST: db.example.com'),
      'app.env': `PGPASSWORD=${CANARY}\nPGSSLMODE=verify-full\nPGSSLROOTCERT=system\n`,
    });
    expect(findings).toEqual([]);
    expect(connections).toEqual(['compose.yaml:5 verify-full db.example.com'].map((line) => line.replace(':5', `:${4 + lines.length + 1}`)));
  });

  it('stands at the weak setting, once, and names the other place', async () => {
    const { findings, report } = await scan({ 'compose.yaml': service('env_file: app.env', 'environment:', '  PGHOST: db.example.com'), 'app.env': 'PGSSLMODE=disable\n' });
    expect(findings).toEqual(['app.env:1 no-plaintext db.example.com']);
    expect(report.findings[0]?.related).toMatchObject([{ file: 'compose.yaml', line: 6 }]);
  });

  it('gives way to environment, and an earlier file to a later one', async () => {
    const { connections } = await scan({
      'compose.yaml': service('env_file: [a.env, b.env]', 'environment:', '  PGHOST: db.example.com', '  PGSSLROOTCERT: system'),
      'a.env': 'PGHOST=a.example.com\nPGSSLMODE=disable\n',
      'b.env': 'PGSSLMODE=verify-full\n',
    });
    expect(connections).toContain('compose.yaml:6 verify-full db.example.com');
  });

  it('says nothing of what a file that cannot be read may say', async () => {
    for (const file of ['missing.env', '../outside.env', '${WHICH}.env', 'sub/secret.env']) {
      const { findings, connections } = await scan({ 'compose.yaml': service(`env_file: ${file}`, 'environment:', '  PGHOST: db.example.com'), 'sub/secret.env': 'PGSSLMODE=disable\n' }, ['--exclude', 'sub/**']);
      expect(findings, file).toEqual([]);
      expect(connections, file).toEqual(['compose.yaml:6 unknown db.example.com']);
    }
  });

  it('leaves to a file what it says alone', async () => {
    const files = { 'compose.yaml': service('env_file: app.env'), 'app.env': 'PGHOST=db.example.com\nPGSSLMODE=disable\n' };
    expect((await scan(files)).findings).toEqual(['app.env:2 no-plaintext db.example.com']);
    // One service adds what is missing, the other does not: there it is still missing.
    const two = { 'compose.yaml': `${service('env_file: app.env', 'environment:', '  PGSSLMODE: verify-full')}  worker:\n    build: .\n    env_file: app.env\n`, 'app.env': 'PGHOST=db.example.com\n' };
    expect((await scan(two)).findings).toContain('app.env:1 require-sslmode db.example.com');
  });

  it('counts an ignore at either place, and calls neither useless', async () => {
    const weak = { 'compose.yaml': service('env_file: app.env', 'environment:', '  PGHOST: db.example.com') };
    const there = await scan({ ...weak, 'app.env': '# sslmode-ignore no-plaintext -- a tunnel\nPGSSLMODE=disable\n' });
    expect(there.report.findings).toMatchObject([{ rule: 'no-plaintext', ignored: { by: 'comment', reason: 'a tunnel' } }]);
    const here = await scan({ 'compose.yaml': service('env_file: app.env', 'environment:', '  # sslmode-ignore no-plaintext -- a tunnel', '  PGHOST: db.example.com'), 'app.env': 'PGSSLMODE=disable\n' });
    expect(here.report.findings).toMatchObject([{ rule: 'no-plaintext', ignored: { by: 'comment' } }]);
  });

  it('gives every finding a fingerprint of its own', async () => {
    const { report } = await scan({
      'compose.yaml': `${service('env_file: app.env', 'environment:', '  PGHOST: db.example.com')}  worker:\n    build: .\n    env_file: app.env\n    environment:\n      PGHOST: other.example.com\n`,
      'app.env': 'PGSSLMODE=disable\nDATABASE_URL=postgres://app@db.example.com/app?sslmode=disable\n',
    });
    const prints = report.findings.map(({ fingerprint }) => fingerprint);
    expect(prints.length).toBeGreaterThan(1);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('extends of Compose', () => {
  const child = (from: string, ...lines: readonly string[]): string => `services:\n  api:\n    ${from}\n    environment:\n${lines.map((line) => `      ${line}\n`).join('')}`;
  const base = 'services:\n  base:\n    image: acme/api\n    env_file: base.env\n    environment:\n      PGSSLMODE: verify-full\n';

  it('takes in what the service of another file is given, its files from its own folder', async () => {
    const { findings, connections } = await scan({ 'compose.yaml': child('extends: { file: shared/common.yaml, service: base }', 'PGHOST: db.example.com'), 'shared/common.yaml': base, 'shared/base.env': 'PGSSLROOTCERT=system\n' });
    expect(findings).toEqual([]);
    expect(connections).toContain('compose.yaml:5 verify-full db.example.com');
  });

  it('stands at the weak setting of the other file', async () => {
    const { report } = await scan({ 'compose.yaml': child('extends: { file: common.yaml, service: base }', 'PGHOST: db.example.com'), 'common.yaml': base.replace('verify-full', 'disable').replace('    env_file: base.env\n', '') });
    expect(report.findings).toMatchObject([{ file: 'common.yaml', line: 5, rule: 'no-plaintext', host: 'db.example.com', related: [{ file: 'compose.yaml', line: 5 }] }]);
  });

  it('gives way to what the service itself is given, and leaves the base as it is', async () => {
    const { connections } = await scan({ 'compose.yaml': `services:\n  base:\n    environment:\n      - PGHOST=db.example.com\n      - PGSSLMODE=disable\n  api:\n    extends: { service: base }\n    environment:\n      PGSSLMODE: verify-full\n      PGSSLROOTCERT: system\n` });
    expect(connections).toEqual(['compose.yaml:4 disable db.example.com', 'compose.yaml:4 verify-full db.example.com']);
  });

  it('says nothing of what a file that is not there may say, and ends where services extend each other', async () => {
    expect((await scan({ 'compose.yaml': child('extends: { file: missing.yaml, service: base }', 'PGHOST: db.example.com') })).findings).toEqual([]);
    const around = `services:\n  a:\n    extends: b\n    environment: { PGHOST: db.example.com, PGSSLMODE: disable }\n  b:\n    extends: a\n`;
    expect((await scan({ 'compose.yaml': around })).findings).toEqual(['compose.yaml:4 no-plaintext db.example.com']);
  });
});

describe('the .env beside a Compose file', () => {
  it('gives values that stand there', async () => {
    const { connections } = await scan({ 'compose.yaml': service('environment:', '  PGHOST: ${HOST}', '  PGSSLMODE: ${MODE:-disable}', '  PGSSLROOTCERT: system'), '.env': `HOST=db.example.com\nMODE=verify-full\nPASSWORD=${CANARY}\n` });
    expect(connections).toEqual(['.env:1 verify-full db.example.com']);
  });

  it('gives parts of a value, which stands where it is put together', async () => {
    const { findings } = await scan({ 'compose.yaml': service('environment:', '  DATABASE_URL: postgres://app:${PASSWORD}@${HOST}/app?sslmode=disable'), '.env': `HOST=db.example.com\nPASSWORD=${CANARY}\n` });
    expect(findings).toEqual(['compose.yaml:5 no-plaintext db.example.com']);
  });
});

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
        - name: api
          envFrom:
            - configMapRef: { name: api-config }
          env:
            - name: PGHOST
              value: db.example.com
`;
const configMap = (...data: readonly string[]): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: api-config }\ndata:\n${data.map((line) => `  ${line}\n`).join('')}`;

describe('envFrom of Kubernetes', () => {
  const map = configMap('PGSSLMODE: verify-full', 'PGSSLROOTCERT: system');

  it.for([
    ['in the same file', { 'api.yaml': `${DEPLOYMENT}---\n${map}` }],
    ['beside it', { 'api.yaml': DEPLOYMENT, 'config.yaml': map }],
    ['in a folder beside its own', { 'deployments/api.yaml': DEPLOYMENT, 'configmaps/api.yaml': map }],
  ] as const)('takes in a ConfigMap %s', async ([, files]) => {
    const { findings, connections } = await scan(files);
    expect(findings).toEqual([]);
    expect(connections).toEqual([expect.stringMatching(/api\.yaml:12 verify-full db\.example\.com$/)]);
  });

  it('reads a Secret in base64, and stands at it', async () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: api-config }\ndata:\n  PGSSLMODE: ${Buffer.from('disable').toString('base64')}\n  PGPASSWORD: ${Buffer.from(CANARY).toString('base64')}\n`;
    const { findings } = await scan({ 'api.yaml': DEPLOYMENT.replace('configMapRef', 'secretRef'), 'secret.yaml': secret });
    expect(findings).toEqual(['secret.yaml:5 no-plaintext db.example.com']);
  });

  it('takes one value by its key', async () => {
    const from = DEPLOYMENT.replace('          envFrom:\n            - configMapRef: { name: api-config }\n', '').concat('            - name: PGSSLMODE\n              valueFrom: { configMapKeyRef: { name: api-config, key: mode } }\n');
    const { findings } = await scan({ 'api.yaml': from, 'config.yaml': configMap('mode: disable') });
    expect(findings).toEqual(['config.yaml:5 no-plaintext db.example.com']);
  });

  it('says nothing of one that is not there', async () => {
    const { findings, connections } = await scan({ 'api.yaml': DEPLOYMENT });
    expect(findings).toEqual([]);
    expect(connections).toEqual(['api.yaml:12 unknown db.example.com']);
  });
});

describe('a value that code reads', () => {
  const PG = '{ "dependencies": { "pg": "^8.13.0" } }';
  const pool = (rest = '', name = 'DATABASE_URL'): string => `import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: process.env.${name}${rest} });\n`;
  const url = (query = ''): string => `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app${query}\n`;

  it('is one connection: the value from there, driver and options from here', async () => {
    const { findings, connections } = await scan({ 'package.json': PG, '.env': url(), 'src/db.ts': pool(', ssl: true') });
    expect(findings).toEqual([]);
    expect(connections).toEqual(['.env:1 verify-full db.example.com']);
  });

  it('is reported where it stands, with the place that reads it', async () => {
    const { findings, report } = await scan({ 'package.json': PG, '.env': url(), 'src/db.ts': pool() });
    expect(findings).toEqual(['.env:1 require-sslmode db.example.com']);
    expect(report.findings[0]).toMatchObject({ driver: 'node-postgres@8', related: [{ file: 'src/db.ts', line: 2 }] });
  });

  it('comes from ENV of the stage that runs', async () => {
    const dockerfile = (mode: string): string => `FROM node:22 AS base\nARG OTHER_URL=postgres://db.example.com/app?sslmode=disable\nENV DATABASE_URL=postgres://app@db.example.com/app${mode}\nFROM base\n`;
    const { findings, connections } = await scan({ 'package.json': PG, Dockerfile: dockerfile(''), 'src/db.ts': pool(', ssl: true'), 'src/other.ts': pool('', 'OTHER_URL') });
    // What is given to the build alone stands for itself.
    expect(findings).toEqual(['Dockerfile:2 no-plaintext db.example.com']);
    expect(connections).toContain('src/other.ts:2 unknown -');
    expect(connections).toContain('Dockerfile:3 verify-full db.example.com');
    expect((await scan({ 'package.json': PG, Dockerfile: dockerfile('?sslmode=disable'), 'src/db.ts': pool(', ssl: true') })).findings).toEqual(['Dockerfile:2 no-plaintext db.example.com', 'Dockerfile:3 no-plaintext db.example.com', 'src/db.ts:2 no-conflicting-settings db.example.com']);
  });

  it('shows that the string makes the options void', async () => {
    const { findings } = await scan({ 'package.json': PG, '.env': url('?sslmode=disable'), 'src/db.ts': pool(', ssl: { rejectUnauthorized: true }') });
    expect(findings).toEqual(['.env:1 no-plaintext db.example.com', 'src/db.ts:2 no-conflicting-settings db.example.com']);
  });

  it('is one finding for several readers of one driver, and one a driver that is as weak', async () => {
    const { report } = await scan({ 'package.json': PG, '.env': url(), 'src/a.ts': pool(), 'src/b.ts': pool() });
    expect(report.findings).toMatchObject([{ file: '.env', rule: 'require-sslmode', related: [{ file: 'src/a.ts' }, { file: 'src/b.ts' }] }]);
    expect(report.connections).toHaveLength(2);
  });

  it('may be weak for one reader alone', async () => {
    const { findings } = await scan({ 'package.json': PG, '.env': url('?sslmode=require'), 'src/a.ts': pool(), 'src/b.ts': `import postgres from 'postgres';\nexport const sql = postgres(process.env.DATABASE_URL);\n` });
    expect(findings).toEqual(['.env:1 no-version-dependent-sslmode db.example.com', '.env:1 prefer-verified db.example.com']);
  });

  it('counts an ignore at either place', async () => {
    const there = await scan({ 'package.json': PG, '.env': `# sslmode-ignore require-sslmode -- a tunnel\n${url()}`, 'src/db.ts': pool() });
    const here = await scan({ 'package.json': PG, '.env': url(), 'src/db.ts': pool().replace('export', '// sslmode-ignore require-sslmode -- a tunnel\nexport') });
    const directive = await scan({ 'package.json': PG, '.env': url(), 'src/db.ts': pool().replace('export', '// eslint-disable-next-line sslmode/require-sslmode -- a tunnel\nexport') });
    for (const { report } of [there, here, directive]) expect(report.findings).toMatchObject([{ rule: 'require-sslmode', ignored: { by: 'comment', reason: 'a tunnel' } }]);
  });

  it('comes from the nearest folder upward, never from beside', async () => {
    const { findings, connections } = await scan({
      'package.json': PG,
      '.env': url('?sslmode=disable'),
      'apps/web/.env': url('?sslmode=verify-full'),
      'apps/web/src/db.ts': pool(),
      'apps/api/.env': 'OTHER=1\n',
    });
    expect(connections).toEqual(['.env:1 disable db.example.com', 'apps/web/.env:1 verify-full db.example.com']);
    expect(findings).toEqual(['.env:1 no-plaintext db.example.com']);
  });

  it('says where a host leads that is given by itself', async () => {
    const { findings, connections } = await scan({
      'package.json': PG,
      '.env': `DB_HOST=db.example.com\nDB_USER=app\nDB_PASSWORD=${CANARY}\nDB_NAME=app\n`,
      'src/db.ts': `import { Pool } from 'pg';\nexport const pool = new Pool({ host: process.env.DB_HOST, user: process.env.DB_USER, password: process.env.DB_PASSWORD, database: process.env.DB_NAME, ssl: true });\n`,
    });
    expect(findings).toEqual([]);
    expect(connections).toEqual(['src/db.ts:2 verify-full db.example.com']);
  });

  it('is read by a Prisma schema as well, and by objects that are made of the environment', async () => {
    const { report } = await scan({
      '.env': url('?sslmode=verify-full'),
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
      'src/db.ts': `import { Pool } from 'pg';\nimport { env } from './env';\nexport const pool = new Pool({ connectionString: env.DATABASE_URL });\n`,
    });
    expect(report.connections.map(({ driver }) => driver?.split('@')[0]).toSorted()).toEqual(['node-postgres', 'prisma']);
  });

  it('does not depend on the shard that the files are in', async () => {
    const files = tree({
      'package.json': PG,
      '.env': url(),
      'src/a.ts': pool(),
      'src/b.ts': pool(', ssl: { rejectUnauthorized: false }'),
      'compose.yaml': service('env_file: app.env', 'environment:', '  PGHOST: db.example.com'),
      'app.env': 'PGSSLMODE=disable\n',
    });
    const scanned = async (args: readonly string[]): Promise<string[]> => {
      const { findings, connections } = JSON.parse((await run(files, ['scan', '--format', 'json', ...args])).stdout) as Scanned;
      return [...findings, ...connections].map((entry) => JSON.stringify(entry));
    };
    const whole = await scanned([]);
    expect(whole.length).toBeGreaterThan(4);
    for (const count of [2, 5]) {
      const parts = await Promise.all(Array.from({ length: count }, (_, at) => scanned(['--shard', `${at + 1}/${count}`])));
      expect(parts.flat().toSorted()).toEqual(whole.toSorted());
    }
  });

  it('is left alone in a file that the policy excludes', async () => {
    const { connections } = await scan({ 'package.json': PG, 'sslmode.config.json': '{ "exclude": [".env"] }', '.env': url(), 'src/db.ts': pool() });
    expect(connections).toEqual(['src/db.ts:2 unknown -']);
  });

  it('is still judged alone for a program in another language', async () => {
    const { report } = await scan({ 'requirements.txt': 'psycopg2==2.9.9\n', '.env': url('?sslmode=prefer'), 'src/db.ts': pool() });
    expect(report.connections.map(({ driver }) => driver?.split('@')[0]).toSorted()).toEqual(['node-postgres', 'psycopg2']);
  });
});

describe('fixing', () => {
  it('changes the file that the value stands in, whoever reads it', async () => {
    const folder = tree({
      'package.json': '{ "dependencies": { "pg": "^8.13.0" } }',
      '.env': 'DATABASE_URL=postgres://app@db.example.com/app?sslmode=verify-full&sslmode=verify-full\n',
      'src/db.ts': `import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL });\n`,
    });
    await run(folder, ['scan', '--fix']);
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('DATABASE_URL=postgres://app@db.example.com/app?sslmode=verify-full\n');
  });
});
