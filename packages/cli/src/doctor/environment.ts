import { DRIVERS, DRIVER_IDS, explain, redactString, type Mode } from '@sslmode/core';
import type { Machine } from './machine.ts';
import type { DoctorFinding, VariableReport } from './report.ts';

interface Known {
  /** Where the drivers' models don't say. */
  readonly readBy?: readonly string[];
  readonly effect: string;
  readonly secret?: true;
}

const LIBPQ = ['libpq'];
const NODE = ['node-postgres', 'postgres.js'];

/**
 * Variables that decide about TLS, or about what it is decided for. Sources: libpq-envars.html (PostgreSQL 18); pgx
 * pgconn/config.go parseEnvSettings(); lib/pq conn.go parseEnviron(); asyncpg connect_utils.py; Npgsql
 * PostgresEnvironment.cs; nodejs.org/api/cli.html. Who reads those that the models know is asked of the models.
 */
const VARIABLES: Readonly<Record<string, Known>> = {
  PGSSLMODE: { effect: 'the sslmode of connections that say none' },
  PGREQUIRESSL: { readBy: LIBPQ, effect: 'deprecated: 1 is sslmode=require where nothing else says a mode' },
  PGSSLROOTCERT: { effect: 'the file of root certificates, in the place of the default one' },
  PGSSLNEGOTIATION: { effect: 'how TLS begins: by request (postgres), or at once (direct)' },
  PGSSL: { effect: "the `ssl` option of postgres.js" },
  PGSSLCERT: { readBy: ['libpq', 'npgsql', 'pgx', 'lib-pq', 'asyncpg'], effect: "the client's certificate" },
  PGSSLKEY: { readBy: ['libpq', 'npgsql', 'pgx', 'lib-pq', 'asyncpg'], effect: "the client's key" },
  PGSSLCRL: { readBy: ['libpq', 'asyncpg'], effect: 'a list of revoked certificates' },
  PGSSLCRLDIR: { readBy: LIBPQ, effect: 'a folder of lists of revoked certificates' },
  PGSSLSNI: { readBy: ['libpq', 'pgx', 'lib-pq'], effect: 'whether the host name is sent when TLS begins' },
  PGSSLCERTMODE: { readBy: LIBPQ, effect: "whether the client's certificate is sent" },
  PGSSLMINPROTOCOLVERSION: { readBy: ['libpq', 'asyncpg'], effect: 'the lowest TLS version that is accepted' },
  PGSSLMAXPROTOCOLVERSION: { readBy: ['libpq', 'asyncpg'], effect: 'the highest TLS version that is accepted' },
  PGCHANNELBINDING: { readBy: LIBPQ, effect: 'whether the login is bound to the TLS connection' },
  PGREQUIREAUTH: { readBy: LIBPQ, effect: 'ways to log in that are accepted' },
  PGGSSENCMODE: { readBy: LIBPQ, effect: 'encryption by GSSAPI, which takes the place of TLS' },
  PGHOST: { readBy: ['libpq', 'node-postgres', 'postgres.js', 'npgsql', 'pgx', 'lib-pq', 'asyncpg'], effect: 'the host of connections that name none' },
  PGHOSTADDR: { readBy: LIBPQ, effect: 'the address of connections that name none' },
  PGSERVICE: { readBy: ['libpq', 'pgx', 'asyncpg'], effect: 'a service of pg_service.conf, whose settings count' },
  PGSERVICEFILE: { readBy: ['libpq', 'pgx', 'asyncpg'], effect: 'the file that services are looked for in' },
  PGPASSFILE: { readBy: ['libpq', 'node-postgres', 'npgsql', 'pgx', 'lib-pq', 'asyncpg'], effect: 'the file of passwords' },
  PGPASSWORD: { readBy: ['libpq', 'node-postgres', 'postgres.js', 'npgsql', 'pgx', 'lib-pq', 'asyncpg'], effect: 'the password: whoever may look at this process reads it', secret: true },
  NODE_TLS_REJECT_UNAUTHORIZED: { readBy: NODE, effect: '0 lets every certificate pass that the program does not insist on' },
  NODE_EXTRA_CA_CERTS: { readBy: NODE, effect: 'roots beside those that come with Node.js' },
  NODE_OPTIONS: { readBy: NODE, effect: 'options of Node.js, some of which choose roots and TLS versions' },
  NODE_USE_SYSTEM_CA: { readBy: NODE, effect: "1 adds the system's roots (Node.js 24)" },
  SSL_CERT_FILE: { readBy: ['libpq', 'pgx', 'lib-pq'], effect: "the file that counts as the system's roots (sslrootcert=system)" },
  SSL_CERT_DIR: { readBy: ['libpq', 'pgx', 'lib-pq'], effect: "the folder that counts as the system's roots (sslrootcert=system)" },
};

/** Options in NODE_OPTIONS that are about TLS. */
const TLS_OPTION = /--(?:use-openssl-ca|use-system-ca|use-bundled-ca|tls-min-v1\.[0-3]|tls-max-v1\.[23]|tls-cipher-list|openssl-legacy-provider)/;

/** What is built on libpq is meant with it, and wrappers with what they wrap: in the order of ids they come last. */
const DERIVED: ReadonlySet<string> = new Set([...DRIVER_IDS.slice(DRIVER_IDS.indexOf('libpq') + 1, DRIVER_IDS.indexOf('node-postgres')), ...DRIVER_IDS.slice(DRIVER_IDS.indexOf('sequelize'))]);

/** Ids of drivers whose models name a variable. */
function readersOf(name: string): readonly string[] {
  return DRIVERS.filter(({ id, samples }) => !DERIVED.has(id) && Object.hasOwn(samples.environment, name)).map(({ id }) => id);
}

/** Variables in force, with who reads them. */
export function environmentOf({ env }: Machine): VariableReport[] {
  return Object.entries(VARIABLES).flatMap(([name, { readBy, effect, secret }]) => {
    const value = env[name];
    if (value === undefined || (name === 'NODE_OPTIONS' && !TLS_OPTION.test(value))) return [];
    return [{ name, value: secret === true ? '***' : redactString(value), readBy: readBy ?? readersOf(name), effect }];
  });
}

/** What is wrong with them, whatever connects. */
export function environmentFindings(machine: Machine, rootPresent: boolean): DoctorFinding[] {
  const { env } = machine;
  const findings: DoctorFinding[] = [];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    findings.push({ severity: 'error', message: 'NODE_TLS_REJECT_UNAUTHORIZED=0 is in force: programs on Node.js accept every certificate, so any impostor gets the passwords. Unset it, and give them the root with NODE_EXTRA_CA_CERTS.' });
  }
  const extra = env.NODE_EXTRA_CA_CERTS;
  if (extra !== undefined && extra !== '' && !('bytes' in machine.read(machine.path.resolve(machine.cwd, extra)))) {
    findings.push({ severity: 'warning', message: `NODE_EXTRA_CA_CERTS names ${extra}, which cannot be read: Node.js warns and goes on without it, so what needs those roots fails. Put the file there.` });
  }
  if (/--tls-min-v1\.[01]\b/.test(env.NODE_OPTIONS ?? '')) findings.push({ severity: 'warning', message: 'NODE_OPTIONS lets programs on Node.js use TLS below 1.2, which RFC 8996 forbids: take --tls-min-v1.0 or 1.1 away.' });
  const mode = env.PGSSLMODE;
  if (mode !== undefined && mode !== '') findings.push(...modeFindings(env, rootPresent));
  return findings;
}

const OPEN: Readonly<Partial<Record<Mode, string>>> = {
  disable: 'go out in plaintext',
  allow: 'go out in plaintext unless the server refuses that',
  prefer: 'go out in plaintext as soon as somebody on the way interferes',
};

/** By libpq's own model, for a server elsewhere. */
function modeFindings(env: Machine['env'], rootPresent: boolean): DoctorFinding[] {
  const [verdict] = explain({ string: 'host=db.example.net', env: connectionVariables(env), driver: 'libpq', rootCertificate: rootPresent ? 'present' : 'absent' });
  if (verdict === undefined) return [];
  if (verdict.effective === 'error') return [{ severity: 'error', message: `PGSSLMODE makes libpq fail: ${verdict.reasons[0] ?? ''}.` }];
  const open = verdict.effective === 'unknown' ? undefined : OPEN[verdict.effective];
  return open === undefined ? [] : [{ severity: 'warning', message: `PGSSLMODE makes connections that say no sslmode of their own ${open}. Set it to verify-full.` }];
}

/** What of the environment drivers read for a connection: no password among it. */
export function connectionVariables(env: Machine['env']): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => (value !== undefined && name !== 'PGPASSWORD' && /^(?:PG[A-Z_]+|NODE_TLS_REJECT_UNAUTHORIZED)$/.test(name) ? [[name, value] as const] : []));
  return Object.fromEntries(entries);
}
