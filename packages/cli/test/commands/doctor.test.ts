import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';
import { publicRoot } from '../doctor/machine.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, '../../../../docs/schemas/doctor.schema.json'), 'utf8')) as object);

// Files and permissions as Unix has them; the other systems are in test/doctor.
describe.skipIf(process.platform === 'win32')('doctor', () => {
  /** A home folder with something wrong in every corner. */
  function ailing(): string {
    const home = tree({
      'postgresql/root.crt': publicRoot('ISRG Root X1'),
      '.postgresql/postgresql.crt': 'x',
      '.postgresql/postgresql.key': 'x',
      '.pg_service.conf': `[prod]\nhost=db.example.com\npassword=${CANARY}\nsslmode=prefer\n`,
      '.pgpass': `db.example.com:5432:app:app:${CANARY}\n`,
      'project/sslmode.config.yaml': 'extends: sslmode:query-service\n',
      'project/.git/HEAD': '',
    });
    chmodSync(join(home, '.postgresql/postgresql.key'), 0o644);
    chmodSync(join(home, '.pgpass'), 0o644);
    return home;
  }

  it('says what is wrong with this machine, and is exit code 1', async () => {
    const home = ailing();
    const env = { HOME: home, PGPASSWORD: CANARY, PGSSLMODE: 'prefer' };
    const { code, stdout, stderr } = await run(join(home, 'project'), ['doctor', '--for', `postgres://app:${CANARY}@a.example.net/app?sslmode=verify-full`], { env });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).not.toContain(CANARY);
    for (const part of [/^ {2}root certificates +\S+root\.crt: not there$/m, /^ {2}expected by policy +DigiCert Global Root G2: missing$/m, /^ {2}client key +\S+: there, 0644$/m, /^ {2}PGSSLMODE=prefer$/m, /^ {2}libpq 18 +refuses +fails: .*root\.crt is not there$/m, /^error: libpq does not look at \S+postgresql\/root\.crt/m, /^warning: libpq ignores \S+\.pgpass/m]) {
      expect(stdout).toMatch(part);
    }
  });

  it('is content with a machine on which all is well', async () => {
    const home = tree({ '.postgresql/root.crt': publicRoot('DigiCert Global Root G2'), 'project/sslmode.config.yaml': 'extends: sslmode:query-service\n' });
    const { code, stdout } = await run(join(home, 'project'), ['doctor'], { env: { HOME: home } });
    // That HOME is not this user's own folder is all there is to say.
    expect(stdout.split('\n').filter((line) => line.startsWith('error:'))).toEqual([]);
    expect(code).toBe(0);
  });

  it.for([[[]], [['--for', `postgres://app:${CANARY}@h/d`]], [['--for', '-']]])('fits its schema with %j', async ([argv = []]) => {
    const home = ailing();
    const { stdout } = await run(join(home, 'project'), ['doctor', '--format', 'json', ...argv], { env: { HOME: home, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, stdin: `postgres://app:${CANARY}@h/d\n` });
    const report = JSON.parse(stdout) as { connection: { text: string } | null };
    valid(report);
    expect(valid.errors ?? []).toEqual([]);
    expect(report.connection?.text).toBe(argv.length === 0 ? undefined : 'postgres://app:***@h/d');
    expect(stdout).not.toContain(CANARY);
  });

  it.for<[argv: string[], message: RegExp]>([
    [[`postgres://app:${CANARY}@h/d`], /sslmode doctor --for STRING/],
    [['--for', `${CANARY} is no string`], /^--for takes a connection string/],
  ])('%j is wrong usage', async ([argv, message]) => {
    const { code, stdout, stderr } = await run('/', ['doctor', ...argv]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replace(/^sslmode: /, '')).toMatch(message);
    expect(stderr).not.toContain(CANARY);
  });
});
