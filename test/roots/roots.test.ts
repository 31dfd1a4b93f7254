import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_ROOTS, PUBLIC_ROOTS_FROM } from '../../packages/core/src/roots/public-roots.ts';
import { issue, type Issued } from '../probe/pki.ts';
import { run, tree } from '../run.ts';

interface Found {
  readonly findings: readonly { readonly rule: string; readonly message: string; readonly line: number; readonly key: string | null; readonly severity: string }[];
  readonly text: string;
}

/** What a scan of these files finds; `today` as the certificates are made today. */
async function scan(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Found> {
  const { stdout, stderr } = await run(tree({ '.git/HEAD': '', ...files }), ['scan', '.', '--format', 'json', ...args]);
  expect(stderr).toBe('');
  return { ...(JSON.parse(stdout) as Found), text: stdout };
}

const url = (parameters: string, host = 'db.acme.com'): string => `A=postgres://app:s3cret@${host}/app?${parameters}\n`;
const FULL = 'sslmode=verify-full&sslrootcert=certs/root.crt';

let root: Issued;
let pems: Readonly<Record<'root' | 'expired' | 'expiring' | 'server' | 'selfSigned' | 'key', string>>;
/** DigiCert Global Root G2. */
const PUBLIC = rootCertificates.find((pem) => new X509Certificate(pem).fingerprint256.startsWith('CB:3C:CB:B7')) ?? '';

beforeAll(async () => {
  root = await issue('CN=Acme Root', null, { ca: true, to: 3650 });
  const expired = await issue('CN=Acme Root', null, { ca: true, from: -20, to: -2 });
  const expiring = await issue('CN=Acme Root', null, { ca: true, to: 10 });
  const server = await issue('CN=db.acme.com', root, { names: ['db.acme.com'] });
  const selfSigned = await issue('CN=db.acme.com', null, { names: ['db.acme.com'] });
  pems = { root: root.cert, expired: expired.cert, expiring: expiring.cert, server: server.cert, selfSigned: selfSigned.cert, key: root.key };
});

describe('a root certificate that a connection names', () => {
  it.for<[string, () => Readonly<Record<string, string>>, RegExp | null]>([
    ['is good', () => ({ 'certs/root.crt': pems.root }), null],
    ['is missing', () => ({}), /cannot be verified: `certs\/root\.crt` is not in the repository\. Add the file/],
    ['is empty of certificates', () => ({ 'certs/root.crt': 'hello\n' }), /`certs\/root\.crt` holds no certificate in PEM/],
    ['cannot be read', () => ({ 'certs/root.crt': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }), /`certs\/root\.crt` holds a certificate that cannot be read/],
    ['is a web page', () => ({ 'certs/root.crt': '<!doctype html><title>404</title>' }), /is a web page/],
    ['has expired', () => ({ 'certs/root.crt': pems.expired }), /can no longer be verified: Acme Root, in `certs\/root\.crt`, expired on \d{4}-\d\d-\d\d/],
    ['expires soon', () => ({ 'certs/root.crt': pems.expiring }), /^From \d{4}-\d\d-\d\d on the server cannot be verified: Acme Root/],
    ['is old beside a good one', () => ({ 'certs/root.crt': pems.expired + pems.root }), null],
    ['is a server\'s own', () => ({ 'certs/root.crt': pems.server }), /db\.acme\.com, in `certs\/root\.crt`, is no CA/],
    ['is a server\'s own, issued by itself', () => ({ 'certs/root.crt': pems.selfSigned }), /is no CA/],
    ['comes with its private key', () => ({ 'certs/root.crt': pems.root + pems.key }), /can pass for the server: `certs\/root\.crt` holds a private key/],
    ['comes with its private key, which git ignores', () => ({ 'certs/root.crt': pems.root + pems.key, '.gitignore': 'certs/\n' }), null],
    ['is a public one', () => ({ 'certs/root.crt': PUBLIC }), null],
  ])('%s', async ([, files, expected]) => {
    const { findings, text } = await scan({ '.env': url(FULL), ...files() });
    expect(findings.map(({ rule }) => rule)).toEqual(expected === null ? [] : ['root-certificate']);
    if (expected !== null) expect(findings[0]?.message).toMatch(expected);
    expect(text).not.toContain('PRIVATE KEY');
  });

  it.for<[string, string, Readonly<Record<string, string>>, boolean]>([
    ['beside the file', 'sslrootcert=root.crt', { 'app/root.crt': 'root' }, true],
    ['in the root of the project', 'sslrootcert=certs/root.crt', { 'certs/root.crt': 'root' }, true],
    ['upward', 'sslrootcert=../root.crt', { 'root.crt': 'root' }, true],
    ['nowhere', 'sslrootcert=../root.crt', {}, false],
    // Places that are not in the repository, or that nobody knows.
    ['absolute', 'sslrootcert=/etc/ssl/root.crt', {}, true],
    ['at home', 'sslrootcert=~/.postgresql/root.crt', {}, true],
    ['outside', 'sslrootcert=../../../../root.crt', {}, true],
    ['in a variable', 'sslrootcert=${ROOT}', {}, true],
    ['of the system', 'sslrootcert=system', {}, true],
    ['where git leaves it out', 'sslrootcert=secrets/root.crt', { '.gitignore': 'secrets/' }, true],
  ])('is looked for %s', async ([, parameters, files, isFine]) => {
    const { findings } = await scan({ 'app/.env': url(`sslmode=verify-full&${parameters}`), ...Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content === 'root' ? pems.root : content])) });
    expect(findings.map(({ rule }) => rule)).toEqual(isFine ? [] : ['root-certificate']);
  });

  it('is looked for where Compose puts it', async () => {
    const compose = (path: string, more = ''): string => `services:\n  api:\n    image: acme/api\n    environment:\n      DATABASE_URL: postgres://app:s3cret@db.acme.com/app?sslmode=verify-full&sslrootcert=${path}\n${more}`;
    const volumes = '    volumes: ["./certs:/run/certs:ro"]\n';
    const rules = async (text: string): Promise<string[]> => (await scan({ 'compose.yaml': text, 'certs/root.crt': pems.expired })).findings.map(({ message }) => message.replace(/:.*/, ''));
    expect(await rules(compose('/run/certs/root.crt', volumes))).toEqual(['The server can no longer be verified']);
    expect(await rules(compose('/run/certs/other.crt', volumes))).toEqual(['The server cannot be verified']);
    expect(await rules(compose('/run/secrets/db_ca', 'secrets:\n  db_ca:\n    file: ./certs/root.crt\n'))).toEqual(['The server can no longer be verified']);
    expect(await rules(compose('/run/certs/root.crt'))).toEqual([]);
  });

  it.for<[what: string, dockerfile: string, path: string, expected: string]>([
    ['a folder', 'FROM node\nCOPY certs /certs\n', '/certs/root.crt', 'expired'],
    ['a folder, below WORKDIR', 'FROM node\nWORKDIR /srv\nWORKDIR app\nCOPY ./certs/ ./certs/\n', '/srv/app/certs/root.crt', 'expired'],
    ['a file by another name', 'FROM node\nCOPY certs/root.crt /etc/db-ca.pem\n', '/etc/db-ca.pem', 'expired'],
    ['a file in a folder', 'FROM node\nCOPY package.json certs/root.crt /etc/ssl\n', '/etc/ssl/root.crt', 'expired'],
    ['a list', 'FROM node\nCOPY ["certs/root.crt", "/etc/ssl/"]\n', '/etc/ssl/root.crt', 'expired'],
    ['everything', 'FROM node\nWORKDIR /app\nCOPY --chown=node . .\n', '/app/certs/root.crt', 'expired'],
    ['a folder that lacks it', 'FROM node\nCOPY certs /certs\n', '/certs/other.crt', 'missing'],
    // Something else may bring it.
    ['everything, and it is not there', 'FROM node\nCOPY . /app\n', '/app/certs/other.crt', ''],
    ['a folder, and a download', 'FROM node\nCOPY certs /certs\nRUN curl -o /certs/other.crt https://ca.acme.com/\n', '/certs/other.crt', ''],
    ['a folder, and another image', 'FROM node\nCOPY certs /certs\nCOPY --from=build /certs /certs\n', '/certs/other.crt', ''],
    ['elsewhere', 'FROM node\nCOPY certs /certs\n', '/etc/ssl/root.crt', ''],
    ['below a folder that is not known', 'FROM node\nCOPY certs certs\n', '/certs/root.crt', ''],
  ])('is looked for where a Dockerfile puts it: %s', async ([, dockerfile, path, expected]) => {
    for (const name of ['Dockerfile', 'docker/api.Dockerfile']) {
      const { findings } = await scan({ [name]: dockerfile, 'docker/.env': url(`sslmode=verify-full&sslrootcert=${path}`), 'certs/root.crt': pems.expired });
      const words = findings.map(({ message }) => (message.includes('is not in the repository') ? 'missing' : message.includes('expired on') ? 'expired' : message));
      expect(words).toEqual(expected === '' ? [] : [expected]);
    }
  });

  it('is looked for where the Compose file above puts it', async () => {
    const files = { 'compose.yaml': 'services:\n  api:\n    build: api\n    volumes: ["./certs:/run/certs:ro"]\n', 'certs/root.crt': pems.expired };
    const { findings } = await scan({ ...files, 'api/.env': url('sslmode=verify-full&sslrootcert=/run/certs/root.crt') });
    expect(findings.map(({ rule, line }) => `${rule} ${line}`)).toEqual(['root-certificate 1']);
  });

  it('matters in a group of variables, in JDBC and ADO strings too', async () => {
    const { findings } = await scan({
      '.env': 'PGHOST=db.acme.com\nPGSSLMODE=verify-full\nPGSSLROOTCERT=certs/root.crt\n',
      'application.properties': 'spring.datasource.url=jdbc:postgresql://db.acme.com/app?sslmode=verify-full&sslrootcert=certs/root.crt\n',
      'appsettings.json': '{ "ConnectionStrings": { "Default": "Host=db.acme.com;SSL Mode=VerifyFull;Root Certificate=certs/root.crt" } }\n',
    });
    expect(findings.map(({ rule, line }) => `${rule} ${line}`)).toEqual(['root-certificate 3', 'root-certificate 1', 'root-certificate 1']);
  });

  it.for<[what: string, ssl: string, expected: string]>([
    ['by its path', "{ ca: readFileSync('certs/root.crt') }", 'expired'],
    ['as text', "{ ca: readFileSync('./certs/root.crt', 'utf8').toString() }", 'expired'],
    ['in a list', "{ ca: [readFileSync('certs/root.crt')] }", 'expired'],
    ['beside the program', "{ ca: fs.readFileSync(path.join(__dirname, '..', 'certs', 'root.crt')) }", 'expired'],
    ['by a URL', "{ ca: readFileSync(new URL('../certs/root.crt', import.meta.url)) }", 'expired'],
    ['in a template', '{ ca: readFileSync(`${__dirname}/../certs/root.crt`) }', 'expired'],
    ['in a constant', '{ ca: readFileSync(ROOT) }', 'expired'],
    ['that is not there', "{ ca: readFileSync('certs/other.crt') }", 'missing'],
    ['elsewhere', "{ ca: readFileSync('/etc/ssl/root.crt') }", ''],
    ['in a variable', '{ ca: readFileSync(process.env.ROOT) }', ''],
    ['that nothing is held against', "{ ca: readFileSync('certs/root.crt'), rejectUnauthorized: false }", ''],
  ])('is read by a program: %s', async ([, ssl, expected]) => {
    const program = `import { readFileSync } from 'node:fs';\nimport { Pool } from 'pg';\nconst ROOT = 'certs/root.crt';\nexport const pool = new Pool({ host: 'db.acme.com', ssl: ${ssl} });\n`;
    const { findings } = await scan({ 'src/db.ts': program, 'certs/root.crt': pems.expired });
    const words = findings.filter(({ rule }) => rule === 'root-certificate').map(({ message, line }) => `${message.includes('is not in the repository') ? 'missing' : message.includes('expired on') ? 'expired' : message} ${line}`);
    expect(words).toEqual(expected === '' ? [] : [`${expected} 4`]);
  });

  it('does not matter beside a string that makes the object void', async () => {
    const program = `import { readFileSync } from 'node:fs';\nimport { Pool } from 'pg';\nnew Pool({ connectionString: 'postgres://db.acme.com/app?sslmode=verify-full', ssl: { ca: readFileSync('certs/root.crt') } });\n`;
    const { findings } = await scan({ 'package.json': '{ "dependencies": { "pg": "8.16.0" } }', 'src/db.js': program, 'certs/root.crt': pems.expired });
    expect(findings.map(({ rule }) => rule)).toEqual(['no-conflicting-settings']);
  });

  it('does not matter to a driver that never reads it, nor without TLS', async () => {
    const { findings } = await scan({ '.env': url('sslmode=disable&sslrootcert=certs/root.crt') });
    expect(findings.map(({ rule }) => rule)).toEqual(['no-plaintext']);
    const drizzle = await scan({ 'package.json': '{ "dependencies": { "postgres": "3.4.7" } }', '.env': url('sslmode=verify-full&sslrootcert=certs/root.crt') });
    expect(drizzle.findings.map(({ rule }) => rule)).not.toContain('root-certificate');
  });

  it('is held against the policy: days, expected roots', async () => {
    const files = { '.env': url(FULL), 'certs/root.crt': pems.expiring };
    expect((await scan({ ...files, 'sslmode.config.yaml': 'roots: { expiresWithinDays: 5 }\n' })).findings).toEqual([]);
    const service = { '.env': url(FULL), 'sslmode.config.yaml': 'extends: sslmode:query-service\n' };
    const lacking = await scan({ ...service, 'certs/root.crt': pems.root });
    expect(lacking.findings.map(({ message }) => message)).toEqual(['The server cannot be verified where its certificate comes from DigiCert Global Root G2, a root that the policy expects: `certs/root.crt` lacks it. Add it to the file, beside those that are there.']);
    expect((await scan({ ...service, 'certs/root.crt': pems.root + PUBLIC })).findings).toEqual([]);
  });

  it('is of no use where the provider has retired it', async () => {
    const old = await issue('CN=Amazon RDS Root 2019 CA', null, { ca: true });
    const present = await issue('CN=Amazon RDS eu-west-1 Root CA RSA2048 G1', null, { ca: true });
    const at = (cert: string): Promise<Found> => scan({ '.env': url(FULL, 'x.eu-west-1.rds.amazonaws.com'), 'certs/root.crt': cert });
    expect((await at(old.cert)).findings[0]?.message).toContain('Amazon RDS Root 2019 CA, in `certs/root.crt`, is retired: Amazon RDS retired rds-ca-2019');
    expect((await at(old.cert + present.cert)).findings).toEqual([]);
  });

  it('takes ignores', async () => {
    const { findings } = await scan({ '.env': `# sslmode-ignore root-certificate -- the build brings it\n${url(FULL)}` });
    expect(findings).toMatchObject([{ rule: 'root-certificate', ignored: { by: 'comment' } }]);
  });
});

describe('a private key that a connection names', () => {
  const parameters = 'sslmode=verify-full&sslrootcert=system&sslcert=client.crt&sslkey=client.key';

  it.for<[string, () => Readonly<Record<string, string>>, boolean]>([
    ['in the repository', () => ({ 'client.key': pems.key }), true],
    ['that git ignores', () => ({ 'client.key': pems.key, '.gitignore': '*.key\n' }), false],
    ['that git takes in again', () => ({ 'client.key': pems.key, '.gitignore': '*.key\n!client.key\n' }), true],
    ['that is not there', () => ({}), false],
  ])('%s', async ([, files, isFound]) => {
    const { findings } = await scan({ '.env': url(parameters), ...files() });
    expect(findings.map(({ message }) => message)).toEqual(isFound ? ['Whoever can read the repository can pass for this client: `client.key` holds its private key. Take it out, have a new one issued, and bring it in by a secret.'] : []);
  });
});

describe('verify-ca', () => {
  const parameters = 'sslmode=verify-ca&sslrootcert=certs/root.crt';
  const rules = async (files: Readonly<Record<string, string>>, host?: string): Promise<string[]> => (await scan({ '.env': url(parameters, host), ...files })).findings.map(({ rule }) => rule);

  it('is enough with a root of one\'s own in the repository', async () => {
    expect(await rules({ 'certs/root.crt': pems.root })).toEqual([]);
    expect((await scan({ '.env': url(parameters), 'certs/root.crt': pems.root }, '--minimum', 'verify-full')).findings).toEqual([]);
  });

  it('is not with a public root, with a provider\'s, or where the policy says so', async () => {
    expect(await rules({ 'certs/root.crt': PUBLIC })).toEqual(['prefer-verified']);
    expect(await rules({ 'certs/root.crt': pems.root + PUBLIC })).toEqual(['prefer-verified']);
    const amazon = await issue('CN=Amazon RDS eu-west-1 Root CA RSA2048 G1', null, { ca: true });
    expect(await rules({ 'certs/root.crt': amazon.cert })).toEqual(['prefer-verified']);
    expect(await rules({ 'certs/root.crt': pems.root }, 'x.rds.amazonaws.com')).toEqual(['prefer-verified']);
    expect(await rules({ 'certs/root.crt': pems.root, 'sslmode.config.yaml': 'ca: public\n' })).toEqual(['prefer-verified']);
  });
});

describe('certificates that stand in a configuration', () => {
  const indented = (pem: string, by: string): string => pem.trim().split('\n').map((line) => `${by}${line.trim()}`).join('\n');

  it('in .env, YAML and Secrets', async () => {
    const { findings, text } = await scan({
      '.env': `DB_CA_CERT="${pems.expired.trim().replace(/\r?\n/g, '\\n')}"\nOTHER="${pems.expired.trim()}"\n`,
      'values.yaml': `postgres:\n  tls:\n    ca: |\n${indented(pems.expired, '      ')}\n`,
      'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: postgres-tls\ndata:\n  ca.crt: ${Buffer.from(pems.expired).toString('base64')}\n`,
      'good.yaml': `postgres:\n  ca: |\n${indented(pems.root, '    ')}\n`,
    });
    expect(findings.map(({ rule, key, line }) => `${rule} ${String(key)} ${line}`)).toEqual(['root-certificate DB_CA_CERT 1', 'root-certificate data.ca.crt 6', 'root-certificate postgres.tls.ca 4']);
    expect(findings[0]?.message).toMatch(/^The server can no longer be verified: Acme Root, in this certificate, expired on/);
    expect(text).not.toContain('MII');
  });
});

describe('the list of public roots', () => {
  it('holds what this Node.js trusts', () => {
    const own = rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256.replaceAll(':', ''));
    const unknown = own.filter((sha256) => !PUBLIC_ROOTS.has(sha256));
    // A newer Node.js has a few more, until the list is made again.
    expect(unknown.length).toBeLessThan(own.length / 10);
    expect([...PUBLIC_ROOTS].every((sha256) => /^[0-9A-F]{64}$/.test(sha256))).toBe(true);
    expect(PUBLIC_ROOTS.size).toBeGreaterThan(100);
    expect(PUBLIC_ROOTS_FROM.date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });
});

describe('the certificate of a server', () => {
  const CONF = "ssl = on\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'\nssl_ca_file = 'clients.crt'\n";

  it.for<[string, () => Readonly<Record<string, string>>, RegExp[]]>([
    ['is good', () => ({ 'pg/server.crt': pems.server }), []],
    // A relative path begins at the folder of the data.
    ['is elsewhere', () => ({}), []],
    ['has expired', () => ({ 'pg/server.crt': pems.expired }), [/^Clients that verify no longer take this server: Acme Root, in `server\.crt`, expired on \d{4}-\d\d-\d\d\. Have it renewed\.$/]],
    ['expires soon, and its chain does not', () => ({ 'pg/server.crt': pems.expiring + pems.root }), [/^From \d{4}-\d\d-\d\d on clients that verify no longer take this server/]],
    ['is none', () => ({ 'pg/server.crt': 'hello\n' }), [/^PostgreSQL does not start: `server\.crt` holds no certificate in PEM/]],
    ['has its key beside it', () => ({ 'pg/server.crt': pems.server, 'pg/server.key': pems.key }), [/^Whoever can read the repository can pass for this server: `server\.key` holds its private key\. Take it out/]],
    ['has its key beside it, which git ignores', () => ({ 'pg/server.crt': pems.server, 'pg/server.key': pems.key, '.gitignore': '*.key\n' }), []],
    ['is held against clients\' roots that have expired', () => ({ 'pg/clients.crt': pems.expired }), [/^Clients can no longer be verified: Acme Root, in `clients\.crt`, expired on/]],
  ])('%s', async ([, files, expected]) => {
    const { findings, text } = await scan({ 'pg/postgresql.conf': CONF, ...files() });
    expect(findings.map(({ message }) => message)).toEqual(expected.map((message) => expect.stringMatching(message) as string));
    expect(text).not.toContain('PRIVATE KEY');
  });

  it('of a later line, of an included file, and of what ALTER SYSTEM wrote', async () => {
    const conf = (...more: readonly string[]): string => ["ssl = on", "ssl_cert_file = 'old.crt'", ...more, ''].join('\n');
    const old = { 'pg/old.crt': pems.expired, 'pg/new.crt': pems.server };
    expect((await scan({ ...old, 'pg/postgresql.conf': conf() })).findings).toHaveLength(1);
    expect((await scan({ ...old, 'pg/postgresql.conf': conf("ssl_cert_file = 'new.crt'") })).findings).toEqual([]);
    expect((await scan({ ...old, 'pg/postgresql.conf': conf("include 'tls.conf'"), 'pg/tls.conf': "ssl = on\nssl_cert_file = 'new.crt'\n" })).findings).toEqual([]);
    expect((await scan({ ...old, 'pg/postgresql.conf': conf(), 'pg/postgresql.auto.conf': "ssl_cert_file = 'new.crt'\n" })).findings).toEqual([]);
  });

  it('in a container', async () => {
    const compose = 'services:\n  db:\n    image: postgres:17\n    command: -c ssl=on -c ssl_cert_file=/certs/server.crt -c ssl_key_file=/certs/server.key\n    volumes: ["./certs:/certs"]\n';
    expect((await scan({ 'compose.yaml': compose, 'certs/server.crt': pems.server })).findings.map(({ message }) => message)).toEqual(['PostgreSQL does not start: `/certs/server.key` is not in the repository. Add the file, or mount it there.']);
    expect((await scan({ 'compose.yaml': compose, 'certs/server.crt': pems.server, '.gitignore': '*.key\n' })).findings).toEqual([]);
  });

  it('of PgBouncer', async () => {
    const ini = '[pgbouncer]\nclient_tls_sslmode = require\nclient_tls_cert_file = old.crt\nclient_tls_key_file = ./server.key\n';
    const { findings } = await scan({ 'pgbouncer.ini': ini, 'old.crt': pems.expired, 'server.key': pems.key });
    expect(findings.map(({ line, message }) => `${line} ${message}`)).toEqual([expect.stringMatching(/^3 Clients that verify no longer take this server/), expect.stringMatching(/^4 Whoever can read the repository can pass for this server/)]);
  });
});
