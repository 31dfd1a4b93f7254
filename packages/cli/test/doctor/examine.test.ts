import { describe, expect, it } from 'vitest';
import { placesOf, wrongFolders } from '../../src/doctor/places.ts';
import { pretty } from '../../src/doctor/pretty.ts';
import { PLAIN } from '../../src/terminal.ts';
import { examined, machine, publicRoot, said, type Entry } from './machine.ts';

const G2 = 'DigiCert Global Root G2';
const X1 = 'ISRG Root X1';
const G2_SHA256 = 'CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F';
const QUERY_SERVICE = { hosts: { '*.query.example.net': { preset: 'sslmode:query-service' } } } as const;

describe('places', () => {
  it.for<[platform: 'linux' | 'darwin' | 'win32', root: string, key: string, services: string, passwords: string]>([
    ['linux', '/home/ada/.postgresql/root.crt', '/home/ada/.postgresql/postgresql.key', '/home/ada/.pg_service.conf', '/home/ada/.pgpass'],
    ['darwin', '/Users/ada/.postgresql/root.crt', '/Users/ada/.postgresql/postgresql.key', '/Users/ada/.pg_service.conf', '/Users/ada/.pgpass'],
    ['win32', String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt`, String.raw`C:\Users\ada\AppData\Roaming\postgresql\postgresql.key`, String.raw`C:\Users\ada\AppData\Roaming\postgresql\.pg_service.conf`, String.raw`C:\Users\ada\AppData\Roaming\postgresql\pgpass.conf`],
  ])('on %s', ([platform, root, key, services, passwords]) => {
    expect(placesOf(machine(platform, {}))).toMatchObject({ root, key, services, passwords });
  });

  it('follow HOME, and APPDATA where the profile roams', () => {
    expect(placesOf(machine('linux', {}, { HOME: '/srv/app' })).root).toBe('/srv/app/.postgresql/root.crt');
    expect(placesOf(machine('linux', {}, { HOME: '' })).root).toBe('/home/ada/.postgresql/root.crt');
    expect(placesOf(machine('win32', {}, { APPDATA: String.raw`\\server\profiles\ada` })).root).toBe(String.raw`\\server\profiles\ada\postgresql\root.crt`);
    expect(placesOf(machine('win32', {}, { APPDATA: '' })).root).toBe(String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt`);
  });

  it.for(['linux', 'darwin', 'win32'] as const)('on %s: none of the wrong ones is the right one', (platform) => {
    const of = machine(platform, {});
    expect(wrongFolders(of).length).toBeGreaterThan(1);
    expect(wrongFolders(of)).not.toContain(placesOf(of).folder);
  });
});

describe('root certificates', () => {
  it('that are in place: named, and nothing to put right', () => {
    const report = examined(machine('linux', { '/home/ada/.postgresql/root.crt': `${publicRoot(G2)}${publicRoot(X1)}` }));
    expect(report.findings).toEqual([]);
    expect(report.rootCertificate).toMatchObject({ path: '/home/ada/.postgresql/root.crt', present: true });
    expect(report.rootCertificate.certificates.map(({ name, ca, public: isPublic }) => [name, ca, isPublic])).toEqual([[G2, true, true], [X1, true, true]]);
    expect(report.rootCertificate.certificates[0]?.sha256).toBe(G2_SHA256);
  });

  it('that are not there are no finding where nothing needs them', () => {
    expect(examined(machine('linux', {})).findings).toEqual([]);
  });

  it.for<[what: string, content: Entry, message: RegExp]>([
    ['empty', '', /root\.crt, is empty\. libpq then fails even with sslmode=require/],
    ['a web page', '<!DOCTYPE html><html></html>', /is a web page instead of a certificate/],
    ['nothing of the kind', 'hello', /holds no certificate in PEM/],
    ['broken', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', /holds a certificate that cannot be read/],
    ['a key beside it', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', /holds a private key/],
    ['a folder', { unreadable: 'it is a folder', kind: 'folder' }, /cannot be read \(it is a folder\)/],
    ['not to be read', { unreadable: 'permission denied' }, /cannot be read \(permission denied\)/],
  ])('in a file that is %s', ([, content, message]) => {
    const lines = said(examined(machine('linux', { '/home/ada/.postgresql/root.crt': content })));
    expect(lines.join('\n')).toMatch(message);
    expect(lines[0]).toMatch(/^error: /);
  });

  it('that expire soon, or have', () => {
    const files = { '/home/ada/.postgresql/root.crt': `${publicRoot(G2)}${publicRoot(X1)}` };
    // X1 ends on 2035-06-04, G2 on 2038-01-15.
    expect(said(examined(machine('linux', files), { now: new Date('2035-05-20T00:00:00Z') })).join('\n')).toMatch(/^warning: "ISRG Root X1" in \S+ expires on 2035-06-04, in 15 days/);
    expect(said(examined(machine('linux', files), { now: new Date('2036-01-01T00:00:00Z') })).join('\n')).toMatch(/^warning: "ISRG Root X1" in \S+ expired on 2035-06-04/);
    expect(said(examined(machine('linux', { '/home/ada/.postgresql/root.crt': publicRoot(X1) }), { now: new Date('2036-01-01T00:00:00Z') })).join('\n')).toMatch(/^error: "ISRG Root X1"/);
  });

  it.for<[platform: 'linux' | 'darwin' | 'win32', wrong: string, right: string]>([
    ['linux', '/home/ada/postgresql/root.crt', '/home/ada/.postgresql/root.crt'],
    ['darwin', '/Users/ada/postgresql/root.crt', '/Users/ada/.postgresql/root.crt'],
    ['win32', String.raw`C:\Users\ada\AppData\Roaming\.postgresql\root.crt`, String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt`],
    ['win32', String.raw`C:\Users\ada\.postgresql\root.crt`, String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt`],
    ['linux', '/home/ada/.postgresql/root.pem', '/home/ada/.postgresql/root.crt'],
    ['win32', String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt.txt`, String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt`],
    ['linux', '/home/ada/.postgresql/DigiCertGlobalRootG2.crt.pem', '/home/ada/.postgresql/root.crt'],
  ])('in a wrong place of %s: %s', ([platform, wrong, right]) => {
    const alone = examined(machine(platform, { [wrong]: publicRoot(G2) }));
    expect(alone.misplaced).toEqual([wrong]);
    expect(said(alone)).toEqual([`error: libpq does not look at ${wrong}: verify-ca and verify-full fail with "root certificate file … does not exist". Move it to ${right}.`]);
    const both = examined(machine(platform, { [wrong]: publicRoot(G2), [right]: publicRoot(G2) }));
    expect(said(both).every((line) => line.startsWith('warning: libpq does not look at'))).toBe(true);
  });

  it('that the policy expects: for the query service DigiCert Global Root G2', () => {
    const right = '/home/ada/.postgresql/root.crt';
    expect(examined(machine('linux', { [right]: publicRoot(G2) }), { policy: QUERY_SERVICE })).toMatchObject({ expectedRoots: [{ name: G2, sha256: G2_SHA256, present: true, inNode: true }], findings: [] });
    expect(said(examined(machine('linux', { [right]: publicRoot(X1) }), { policy: QUERY_SERVICE })).join('\n')).toMatch(/^error: The root "DigiCert Global Root G2" is missing: \S+ lacks it, so verify-ca and verify-full fail with "certificate verify failed".*Append its PEM.*CB3CCBB7.*sslrootcert=system/);
    expect(said(examined(machine('linux', {}), { policy: QUERY_SERVICE })).join('\n')).toMatch(/root\.crt is not there.*does not exist.*Make the folder/);
    expect(said(examined(machine('linux', {}), { policy: { extends: 'sslmode:query-service' } })).join('\n')).toMatch(/"DigiCert Global Root G2" is missing/);
  });

  it('in the file that PGSSLROOTCERT names take the place of the others', () => {
    const files = { '/home/ada/ca.pem': publicRoot(G2), '/home/ada/.postgresql/root.crt': publicRoot(X1) };
    expect(examined(machine('linux', files, { PGSSLROOTCERT: 'ca.pem' }), { policy: QUERY_SERVICE })).toMatchObject({ expectedRoots: [{ present: true }], findings: [] });
    expect(said(examined(machine('linux', {}, { PGSSLROOTCERT: '/nowhere.pem' })))).toEqual([expect.stringMatching(/^error: PGSSLROOTCERT names \/nowhere\.pem, which is not there/)]);
    expect(examined(machine('linux', {}, { PGSSLROOTCERT: 'system' })).findings).toEqual([]);
  });
});

describe('permissions', () => {
  const certificate = '/home/ada/.postgresql/postgresql.crt';
  const key = '/home/ada/.postgresql/postgresql.key';

  it.for<[mode: number, owner: number, refused: boolean]>([
    [0o600, 1000, false],
    [0o400, 1000, false],
    [0o640, 1000, true],
    [0o644, 1000, true],
    [0o604, 1000, true],
    [0o640, 0, false],
    [0o660, 0, true],
    [0o644, 0, true],
  ])('%o of user %i', ([mode, owner, refused]) => {
    const report = examined(machine('linux', { [certificate]: 'x', [key]: { text: 'x', mode, owner } }));
    expect(report.findings.some(({ message }) => message.includes('others may read the key'))).toBe(refused);
    expect(report.clientCertificate.key.mode).toBe(`0${mode.toString(8)}`);
  });

  it('mean nothing on Windows', () => {
    const folder = String.raw`C:\Users\ada\AppData\Roaming\postgresql`;
    const report = examined(machine('win32', { [`${folder}\\postgresql.crt`]: 'x', [`${folder}\\postgresql.key`]: { text: 'x', mode: 0o666 }, [`${folder}\\pgpass.conf`]: { text: '', mode: 0o666 } }));
    expect(report).toMatchObject({ findings: [], clientCertificate: { key: { present: true, mode: null } }, passwords: { present: true, mode: null } });
  });

  it('of a key without a certificate do not matter, a certificate without a key does', () => {
    expect(examined(machine('linux', { [key]: { text: 'x', mode: 0o644 } })).findings).toEqual([]);
    expect(said(examined(machine('linux', { [certificate]: 'x' })))).toEqual([expect.stringMatching(/^error: libpq fails on every TLS connection.*postgresql\.key is not there/)]);
    expect(examined(machine('linux', { [certificate]: 'x' }, { PGSSLKEY: 'pkcs11:token=x' })).findings).toEqual([]);
  });

  it('of the file of passwords', () => {
    expect(said(examined(machine('linux', { '/home/ada/.pgpass': { text: 'h:1:d:u:hunter2', mode: 0o644 } })))).toEqual(['warning: libpq ignores /home/ada/.pgpass, for others may read it (0644), and asks for the password instead: chmod 600 /home/ada/.pgpass']);
    expect(examined(machine('linux', { '/home/ada/.pgpass': 'h:1:d:u:hunter2' })).findings).toEqual([]);
  });
});

describe('the environment', () => {
  it('is shown with who reads it, secrets masked', () => {
    const { environment } = examined(machine('linux', {}, { PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'system', PGSSL: 'require', PGPASSWORD: 'hunter2', HOME: '/home/ada', PATH: '/bin', NODE_OPTIONS: '--max-old-space-size=4096' }));
    expect(environment.map(({ name, value }) => [name, value])).toEqual([['PGSSLMODE', 'verify-full'], ['PGSSLROOTCERT', 'system'], ['PGSSL', 'require'], ['PGPASSWORD', '***']]);
    const readers = new Map(environment.map(({ name, readBy }) => [name, readBy]));
    expect(readers.get('PGSSLMODE')).toEqual(expect.arrayContaining(['libpq', 'node-postgres', 'pgx']));
    expect(readers.get('PGSSLMODE')).not.toContain('postgres.js');
    expect(readers.get('PGSSL')).toEqual(['postgres.js']);
  });

  it.for<[env: Record<string, string>, message: RegExp | null]>([
    [{ PGSSLMODE: 'disable' }, /^warning: PGSSLMODE makes connections that say no sslmode of their own go out in plaintext\./],
    [{ PGSSLMODE: 'prefer' }, /^warning: .*as soon as somebody on the way interferes/],
    [{ PGSSLMODE: 'require' }, null],
    [{ PGSSLMODE: 'verify-full' }, /^error: PGSSLMODE makes libpq fail: .*root certificate/],
    [{ PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'system' }, null],
    [{ PGSSLMODE: 'no-verify' }, /^error: PGSSLMODE makes libpq fail/],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, /^error: NODE_TLS_REJECT_UNAUTHORIZED=0 is in force/],
    [{ NODE_TLS_REJECT_UNAUTHORIZED: '1' }, null],
    [{ NODE_EXTRA_CA_CERTS: '/nowhere.pem' }, /^warning: NODE_EXTRA_CA_CERTS names \/nowhere\.pem/],
    [{ NODE_OPTIONS: '--tls-min-v1.0' }, /^warning: NODE_OPTIONS lets programs .* below 1\.2/],
    [{ HOME: '/root' }, /^warning: HOME is \/root, and the home folder of this user is \/home\/ada/],
  ])('%j', ([env, message]) => {
    const lines = said(examined(machine('linux', {}, env)));
    if (message === null) expect(lines).toEqual([]);
    else expect(lines.join('\n')).toMatch(message);
  });
});

describe('services', () => {
  const file = '/home/ada/.pg_service.conf';
  const text = '# mine\n\n[good]\nhost=db.example.com\nsslmode=verify-full\nsslrootcert=system\n\n  [weak]  \nhost=db.example.com\npassword=hunter2\nsslmode=prefer\n[bad]\nsslmode=verify\n[quoted]\nhost=db.example.com\npassword=it\'s \\ hunter2\nsslmode=require\n[local]\nhost=localhost\nsslmode=disable\n';

  it('are judged by what libpq makes of them', () => {
    const report = examined(machine('linux', { [file]: text }));
    expect(report.services.services.map(({ name, host, effective }) => [name, host, effective])).toEqual([
      ['good', 'db.example.com', 'verify-full'],
      ['weak', 'db.example.com', 'prefer'],
      ['bad', null, 'error'],
      ['quoted', 'db.example.com', 'require'],
      ['local', 'localhost', 'disable'],
    ]);
    expect(said(report)).toEqual([expect.stringMatching(/^warning: Connections by service "weak" .* come down to prefer, less than the require/), expect.stringMatching(/^error: Connections by service "bad" .* fail/)]);
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  it('are looked for where the environment says', () => {
    expect(examined(machine('linux', { '/etc/pg/pg_service.conf': '[a]\nhost=h\n', '/s.conf': '[b]\nhost=localhost\n' }, { PGSYSCONFDIR: '/etc/pg', PGSERVICEFILE: '/s.conf' })).services.services.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(said(examined(machine('linux', {}, { PGSERVICEFILE: '/s.conf' })))).toEqual([expect.stringMatching(/^error: PGSERVICEFILE names \/s\.conf, which is not there/)]);
    expect(said(examined(machine('linux', { [file]: '[a]\nhost=localhost\n' }, { PGSERVICE: 'b' })))).toEqual([expect.stringMatching(/^error: PGSERVICE names a service "b" that is in none/)]);
  });
});

describe('--for', () => {
  const full = 'postgres://app:hunter2@db.example.com/app?sslmode=verify-full';
  const failing = (of: ReturnType<typeof machine>, string: string, policy?: Parameters<typeof examined>[1]): Record<string, string> => {
    const { connection } = examined(of, { ...policy, string });
    return Object.fromEntries((connection?.drivers ?? []).flatMap(({ driver, fails }) => (fails.length === 0 ? [] : [[driver, fails.join('; ')]])));
  };

  it('says what each driver does, secrets masked', () => {
    const report = examined(machine('linux', {}, { PGPASSWORD: 'hunter3' }), { string: full });
    expect(report.connection?.text).toBe('postgres://app:***@db.example.com/app?sslmode=verify-full');
    expect(report.connection?.drivers.find(({ driver }) => driver === 'node-postgres')).toMatchObject({ effective: 'verify-full', fails: [] });
    expect(JSON.stringify(report)).not.toMatch(/hunter/);
  });

  it('says who fails without the default file, by its place on that system', () => {
    const fails = failing(machine('win32', {}), full);
    expect(fails.libpq).toMatch(/needs a root certificate, and the file C:\\Users\\ada\\AppData\\Roaming\\postgresql\\root\.crt is not there/);
    expect(fails['node-postgres']).toBeUndefined();
    expect(failing(machine('win32', { [String.raw`C:\Users\ada\AppData\Roaming\postgresql\root.crt`]: publicRoot(G2) }), full).libpq).toBeUndefined();
  });

  it('does not call all well where drivers fail with it', () => {
    const shown = (string: string): string => pretty(examined(machine('linux', {}), { string }), new Date('2026-11-24'), PLAIN);
    expect(shown(full)).toMatch(/^Nothing to put right in these files, but libpq, .* fail with this string: see WHY\./m);
    expect(shown('postgres://app@localhost/app')).toMatch(/^Nothing to put right\./m);
  });

  it('says which root is missing', () => {
    const fails = failing(machine('linux', { '/home/ada/.postgresql/root.crt': publicRoot(X1) }), full.replace('db.example.com', 'a.query.example.net'), { policy: QUERY_SERVICE });
    expect(fails.libpq).toBe(`/home/ada/.postgresql/root.crt lacks the root "${G2}", which the policy expects for this host`);
    expect(fails['node-postgres']).toBeUndefined();
  });

  it.for<[what: string, content: Entry | null, message: RegExp]>([
    ['not there', null, /its file of root certificates, ca\.pem, is not there/],
    ['empty', '', /ca\.pem, is empty/],
    ['a web page', '<html>', /ca\.pem, is a web page/],
  ])('says who fails when the file of sslrootcert is %s', ([, content, message]) => {
    const fails = failing(machine('linux', content === null ? {} : { '/home/ada/ca.pem': content }), `${full}&sslrootcert=ca.pem`);
    expect(fails.libpq).toMatch(message);
    expect(fails['node-postgres']).toMatch(message);
  });

  it('knows that libpq checks nothing with require where the named file is not there', () => {
    const { connection } = examined(machine('linux', {}), { string: 'postgres://db.example.com/app?sslmode=require&sslrootcert=ca.pem' });
    expect(connection?.drivers.find(({ driver }) => driver === 'libpq')).toMatchObject({ effective: 'require', reasons: [expect.stringContaining('ca.pem, is not there')], fails: [] });
  });

  it('counts the environment', () => {
    const effective = (env: Record<string, string>): unknown => examined(machine('linux', {}, env), { string: 'postgres://db.example.com/app' }).connection?.drivers.find(({ driver }) => driver === 'libpq')?.effective;
    expect(effective({})).toBe('prefer');
    expect(effective({ PGSSLMODE: 'require' })).toBe('require');
  });

  it('counts a key that libpq refuses', () => {
    const files = { '/home/ada/.postgresql/postgresql.crt': 'x', '/home/ada/.postgresql/postgresql.key': { text: 'x', mode: 0o644 } };
    const fails = failing(machine('linux', files), 'postgres://db.example.com/app?sslmode=require');
    expect(fails.libpq).toMatch(/others may read the key/);
    expect(fails['node-postgres']).toBeUndefined();
    expect(failing(machine('linux', files), 'postgres://db.example.com/app?sslmode=disable').libpq).toBeUndefined();
  });

  it('says who fails with a provider\'s own CA, for trusting only public roots', () => {
    const fails = (files: Parameters<typeof machine>[1], env: Record<string, string> = {}, more = ''): (string | undefined)[] => {
      const { connection } = examined(machine('linux', files, env), { string: `postgres://db.abc.eu-west-1.rds.amazonaws.com/app?sslmode=verify-full${more}` });
      return ['node-postgres', 'pgx', 'libpq'].map((id) => connection?.drivers.find(({ driver }) => driver === id)?.fails.join());
    };
    const owed = "Amazon RDS's certificates come from a CA of its own, and nothing names global-bundle.pem, which holds its root";
    expect(fails({})).toEqual([owed, owed, expect.stringMatching(/needs a root certificate/)]);
    expect(fails({}, { NODE_EXTRA_CA_CERTS: '/ca.pem' })[0]).toBe('');
    expect(fails({ '/ca.pem': publicRoot(G2) }, {}, '&sslrootcert=/ca.pem')[0]).toBe('');
    // What is in the default file is looked at where it counts.
    expect(fails({ '/home/ada/.postgresql/root.crt': publicRoot(G2) })[2]).toBe('');
  });

  it('names the file that a provider\'s certificates need', () => {
    const lines = said(examined(machine('linux', {}), { string: 'postgres://db.abc.eu-west-1.rds.amazonaws.com/app?sslmode=verify-full' }));
    expect(lines.join('\n')).toMatch(/global-bundle\.pem/);
  });

  it('is an error where no driver connects', () => {
    expect(said(examined(machine('linux', {}), { string: 'host=db.example.com sslmode=verify' })).join('\n')).toMatch(/^error: No driver connects/m);
  });
});
