import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, USER, startServer } from '../lab/server.ts';
import { type Libpq, loadLibpq } from '../libpq.ts';
import { issue } from './pki.ts';
import { probeJson } from './run.ts';

/*
 * PostgreSQL itself, with TLS, without, and insisting on it, and PgBouncer in front. What the probe says of each mode is
 * held against libpq, which logs in.
 */

const NOBODY = 65_534;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-probe-')));
chmodSync(folder, 0o755);
const rootFile = join(folder, 'root.pem');
const closing: (() => unknown)[] = [];
const libpq = await loadLibpq();

interface Server {
  readonly port: number;
}

afterAll(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const root = await issue('CN=Probe Root', null, { ca: true });
const good = await issue('CN=localhost', root, { names: ['localhost'] });
writeFileSync(rootFile, root.cert);

/** `hba` in the place of the access rules by which everybody who knows the password gets in, with TLS and without. */
async function postgres(settings: Readonly<Record<string, string>>, hba: string | null): Promise<Server | string> {
  const own = mkdtempSync(join(folder, 'server-'));
  chmodSync(own, 0o755);
  const rules = join(own, 'rules.conf');
  if (hba !== null) writeFileSync(rules, hba);
  const server = await startServer({ good }, own, hba === null ? settings : { ...settings, hba_file: rules });
  if (!('port' in server)) return server.unavailable;
  closing.push(() => server.close());
  return server;
}

type Row = readonly [what: string, settings: Readonly<Record<string, string>>, hba: string | null, expected: { readonly works: readonly string[]; readonly plaintext: string; readonly code: number }];

const ROWS: readonly Row[] = [
  ['TLS on', {}, null, { works: ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'], plaintext: 'password-asked', code: 1 }],
  ['TLS insisted on', {}, 'hostssl all all all scram-sha-256\n', { works: ['require', 'verify-ca', 'verify-full'], plaintext: 'refused', code: 0 }],
  ['TLS off', { ssl: 'off' }, null, { works: ['disable', 'allow', 'prefer'], plaintext: 'password-asked', code: 1 }],
  ['TLS off, and everybody let in', { ssl: 'off' }, 'host all all all trust\n', { works: ['disable', 'allow', 'prefer'], plaintext: 'accepted', code: 1 }],
];

describe.for(ROWS)('PostgreSQL with %s', ([name, settings, hba, expected]) => {
  let server: Server | string;
  beforeAll(async () => {
    server = await postgres(settings, hba);
  }, 120_000);

  it('is seen as it is', { timeout: 60_000 }, async ({ skip }) => {
    if (typeof server === 'string') return skip(server);
    const { code, host } = await probeJson([`localhost:${server.port}`, '--root', rootFile, '--timeout', '30']);
    expect(host).toMatchObject({ postgres: true, offersTls: settings.ssl !== 'off', directTls: settings.ssl !== 'off', plaintext: expected.plaintext, works: expected.works });
    if (settings.ssl !== 'off') expect(host).toMatchObject({ protocol: 'TLSv1.3', nameMatches: true, trusted: true, use: 'verify-full', certificate: { root: { name: 'Probe Root', known: true } } });
    expect(code).toBe(expected.code);
  });

  it('works with libpq as the probe says', { timeout: 120_000 }, ({ skip }) => {
    if (typeof server === 'string') return skip(server);
    if (!('connect' in libpq)) return skip(libpq.unavailable);
    for (const mode of ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']) {
      const { ok } = logIn(libpq, server.port, mode);
      // Where TLS is insisted on, these two come down to require.
      const raised = name === 'TLS insisted on' && (mode === 'allow' || mode === 'prefer');
      expect({ mode, ok }).toEqual({ mode, ok: raised || expected.works.includes(mode) });
    }
  });
});

function logIn(library: Libpq, port: number, mode: string): { readonly ok: boolean } {
  return library.connect(`host=localhost port=${port} user=${USER} password=${PASSWORD} dbname=postgres sslmode=${mode} sslrootcert=${rootFile} gssencmode=disable connect_timeout=30`);
}

describe('PgBouncer', () => {
  let bouncer: { readonly port: number } | string;
  beforeAll(async () => {
    const behind = await postgres({ ssl: 'off' }, null);
    bouncer = typeof behind === 'string' ? behind : await startBouncer(behind);
  }, 120_000);

  it('is looked at in the place of what is behind it', { timeout: 60_000 }, async ({ skip }) => {
    if (typeof bouncer === 'string') return skip(bouncer);
    const { code, host } = await probeJson([`localhost:${bouncer.port}`, '--root', rootFile, '--timeout', '30']);
    expect(host).toMatchObject({ postgres: true, offersTls: true, plaintext: 'refused', nameMatches: true, trusted: true, works: ['require', 'verify-ca', 'verify-full'], use: 'verify-full' });
    expect(code).toBe(0);
  });
});

async function startBouncer(behind: Server): Promise<{ readonly port: number } | string> {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' });
  } catch {
    return 'pgbouncer is not installed';
  }
  const own = join(folder, 'bouncer');
  mkdirSync(own);
  const port = behind.port + 1;
  const files = {
    'server.crt': good.cert,
    'server.key': good.key,
    'users.txt': `"${USER}" "${PASSWORD}"\n`,
    'pgbouncer.ini': [
      '[databases]',
      `* = host=127.0.0.1 port=${behind.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${join(own, 'users.txt')}`,
      'client_tls_sslmode = require',
      `client_tls_cert_file = ${join(own, 'server.crt')}`,
      `client_tls_key_file = ${join(own, 'server.key')}`,
      '',
    ].join('\n'),
  };
  const asRoot = process.getuid?.() === 0;
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(own, name), text, { mode: 0o600 });
    if (asRoot) chownSync(join(own, name), NOBODY, NOBODY);
  }
  const child = spawn('pgbouncer', [join(own, 'pgbouncer.ini')], { stdio: ['ignore', 'ignore', 'pipe'], ...(asRoot ? { uid: NOBODY, gid: NOBODY } : {}) });
  closing.push(() => child.kill('SIGINT'));
  return (await listens(child, port)) ? { port } : 'pgbouncer does not start';
}

async function listens(child: ChildProcess, port: number): Promise<boolean> {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => {
        resolve(false);
      });
    });
    if (open) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
