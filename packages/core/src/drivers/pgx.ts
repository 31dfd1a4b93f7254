import { type Encrypts, type Mode, MODES, type Verifies, isMode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, PackageVersions, Reason, Spelling } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY, allowedMethods, isSocket, spellAsLibpq } from './libpq-modes.ts';
import { type Notes, connects, noteRepeats, notes, optionOf, quoted, refuses, withReason } from './outcome.ts';
import { refusedAtStartup } from './startup-parameters.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * pgx, for Go. Facts: jackc/pgx v5.10.0 pgconn/config.go and pgconn/pgconn.go, the tags v5.0.0 to v5.10.0 for when a branch
 * came, 728cefa for what is announced; jackc/pgconn v1.14.3 config.go for pgx 4.
 */

const CONFIG = 'pgx 5.10.0 pgconn/config.go';
const CONFIG_TLS = `${CONFIG} configTLS()`;
const AUTH = 'pgx 5.10.0 pgconn/pgconn.go connectOne()';

/** Names that pgx keeps for itself, with the version they came with (ParseConfig, notRuntimeParams); all others are start-up parameters. */
const OWN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['host', 'port', 'database', 'dbname', 'user', 'password', 'passfile', 'connect_timeout', 'sslmode', 'sslkey', 'sslcert', 'sslrootcert', 'target_session_attrs', 'service', 'servicefile', 'krbspn', 'krbsrvname'].map((name) => [name, '4']),
  ),
  // pgconn 1.13.0 and 1.14.0, CHANGELOG.md; measured.
  sslpassword: '4.18',
  sslsni: '4.18',
  // pgx's own ParseConfig (conn.go) and pgxpool's (pgxpool/pool.go) take these out again.
  ...Object.fromEntries(
    ['default_query_exec_mode', 'statement_cache_capacity', 'description_cache_capacity', 'statement_cache_mode', 'pool_max_conns', 'pool_min_conns', 'pool_min_idle_conns', 'pool_max_conn_lifetime', 'pool_max_conn_lifetime_jitter', 'pool_max_conn_idle_time', 'pool_health_check_period'].map((name) => [name, '4']),
  ),
  // conn.go and pgxpool/pool.go take these out again.
  ...Object.fromEntries(
    ['statement_cache_capacity', 'pool_max_conns', 'pool_min_conns', 'pool_max_conn_lifetime', 'pool_max_conn_idle_time', 'pool_health_check_period', 'pool_max_conn_lifetime_jitter', 'pool_min_idle_conns'].map((name) => [name, '4']),
  ),
  description_cache_capacity: '5.0', default_query_exec_mode: '5.0',
  sslnegotiation: '5.7.5', channel_binding: '5.9', min_protocol_version: '5.9', max_protocol_version: '5.9', require_auth: '5.10',
  // 728cefa parse_url.go: a URL's `ssl=true` is sslmode=require.
  ssl: '5.11',
};

/** Names that pgx 4 alone took. */
const OWN_OF_4 = ['statement_cache_mode', 'prefer_simple_protocol', 'min_read_buffer_size'];

/** Variables about TLS (parseEnvSettings), with the version they came with. */
const ENVIRONMENT: Readonly<Record<string, readonly [variable: string, since: string]>> = {
  sslmode: ['PGSSLMODE', '4'],
  sslrootcert: ['PGSSLROOTCERT', '4'],
  sslnegotiation: ['PGSSLNEGOTIATION', '5.7.5'],
  channel_binding: ['PGCHANNELBINDING', '5.10'],
  require_auth: ['PGREQUIREAUTH', '5.10'],
};

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `pgx cannot read this string: ${string.problem.message}`, source: `${CONFIG} ParseConfig()` });
  if (string?.form === 'url' && string.scheme !== null && !['postgres', 'postgresql'].includes(string.scheme)) {
    return refuses('other', { text: 'pgx takes a URL for one only where it begins with postgres:// or postgresql://', source: `${CONFIG} ParseConfig()` });
  }
  const own = new Set(Object.keys(OWN).filter((name) => compareVersions(OWN[name] ?? '', version) <= 0).concat(version.startsWith('4.') ? OWN_OF_4 : []));
  const answer = withTlsConfig(refusedAtStartup(string, own, 'pgx', `${CONFIG} ParseConfig(): RuntimeParams`, answerOf(input, version)), input);
  return withReason(answer, answer.kind === 'connects' && answer.verifies !== 'chain-and-name' ? uselessBinding(reader(input, version)('channel_binding'), answer.mitigations) : undefined);
}

/** The program's own `config.TLSConfig`, in the place of what the settings made. ParseConfig(): "If TLSConfig is manually changed it will not affect the fallbacks." */
function withTlsConfig(answer: Outcome, { options }: DriverInput): Outcome {
  const given = optionOf(options, 'TLSConfig');
  if (given === undefined || answer.kind !== 'connects') return answer;
  const { setting, value } = given;
  const isNil = value.kind === 'literal' && value.value === null;
  const accepts = optionOf(value, 'InsecureSkipVerify')?.setting;
  const decidedBy = accepts ?? setting;
  const decided = (encrypts: Encrypts, verifies: Verifies, text: string): Outcome => ({ ...answer, encrypts, verifies, decidedBy, reasons: [{ text, source: `${CONFIG} ParseConfig(); pgconn.go connectOne()`, setting: decidedBy }] });
  if (isNil) return answer.encrypts === 'if-server-insists' ? answer : decided('never', 'nothing', '`TLSConfig` is nil, which turns TLS off whatever sslmode says');
  if (answer.encrypts === 'if-server-offers') return decided('if-server-offers', 'nothing', '`TLSConfig` is not that of the second attempt, which is in plaintext where no sslmode is said');
  const isOpen = accepts?.value === 'true' || answer.encrypts === 'if-server-insists';
  return isOpen ? decided('always', 'nothing', '`InsecureSkipVerify` accepts any certificate') : decided('always', 'chain-and-name', 'the `TLSConfig` of the program checks the certificate and the name, as Go does unless told otherwise');
}

/** What pgx reads of a name: the string before the environment. An empty value counts as none, and hides the variable all the same. */
function reader(input: DriverInput, version: string): (name: string) => Setting | undefined {
  const settings = input.string?.settings ?? [];
  return (name) => {
    const named = settings.filter((setting) => setting.name === name);
    const written = takesFirst(input, version) ? named[0] : named.at(-1);
    const [variable, since] = ENVIRONMENT[name] ?? ['', ''];
    const setting = written ?? (variable !== '' && compareVersions(since, version) <= 0 ? input.environment.get(variable) : undefined);
    // parseEnvSettings() skips empty variables.
    return written === undefined && setting?.value === '' ? undefined : setting;
  };
}

/** parseURLSettings(): `settings[k] = v[0]`; from 728cefa on the last, as always in keyword/value strings. */
function takesFirst(input: DriverInput, version: string): boolean {
  return input.string?.form === 'url' && compareVersions(version, '5.11') < 0;
}

function answerOf(input: DriverInput, version: string): Outcome {
  const noted = notes();
  const read = reader(input, version);
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  noteRepeats(noted, input.string, ['sslmode', 'sslrootcert'], 'pgx', `${CONFIG} parseURLSettings()`, takesFirst(input, version) ? 'first' : 'last');

  const refused = noteLogin(read, at, noted);
  if (refused !== undefined) return refused;
  if (isSocket(input, at('5.0') ? '/@' : '/')) {
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and pgx uses no TLS there', source: `${CONFIG} ParseConfig()` } });
  }
  const alias = at('5.11') && input.string?.form === 'url' ? input.string.settings.findLast(({ name, value }) => name === 'sslmode' || (name === 'ssl' && value === 'true')) : undefined;
  const sslmode = alias ?? read('sslmode');
  const word = alias?.name === 'ssl' ? 'require' : (sslmode?.value ?? '');
  let mode: Mode = 'prefer';
  let decidedBy = word === '' ? null : (sslmode ?? null);
  const root = read('sslrootcert');
  const system = root?.value === 'system';
  if (isMode(word)) mode = word;
  else if (word !== '' && sslmode !== undefined && !(system && at('5.7.0'))) {
    return refuses('tls', { text: `\`${sslmode.key}\` has a value that pgx does not know, it fails before it connects`, source: CONFIG_TLS, setting: sslmode });
  }
  const negotiation = at('5.7.5') ? read('sslnegotiation') : undefined;
  if (negotiation?.value === 'direct' && mode === 'prefer') {
    mode = 'require';
    decidedBy = negotiation;
  } else if (negotiation !== undefined && !['direct', 'postgres', ''].includes(negotiation.value ?? '')) {
    noted.unknownValues.push({ text: `pgx does not know this \`${negotiation.key}\` and takes it for postgres`, source: AUTH, setting: negotiation });
  }
  return verified(input, mode, decidedBy, root, system, at, noted);
}

function verified(input: DriverInput, mode: Mode, decidedBy: Setting | null, root: Setting | undefined, system: boolean, at: (version: string) => boolean, noted: Notes): Outcome {
  if (system && at('5.7.0')) {
    if (decidedBy !== null && mode !== 'verify-full') {
      noted.conflicts.push({ setting: decidedBy, winner: root ?? decidedBy, text: 'pgx makes verify-full of any sslmode where sslrootcert is system', source: CONFIG_TLS });
    }
    return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: root ?? null, reason: { text: `\`${root?.key ?? 'sslrootcert'}=system\` ${WHY['verify-full']}`, source: CONFIG_TLS, ...(root ? { setting: root } : {}) } });
  }
  if (system && mode !== 'disable') {
    return refuses('tls', { text: 'before pgx 5.7 `system` is the name of a file, and that is not there', source: 'pgx 5.6.0 pgconn/config.go configTLS()', ...(root ? { setting: root } : {}) });
  }
  const said = decidedBy === null ? 'no sslmode is given, and pgx then' : quoted(decidedBy);
  const setting = decidedBy === null ? {} : { setting: decidedBy };
  // defaults.go: ~/.postgresql/root.crt is sslrootcert where it exists and nothing else is said.
  const hasRoot = root === undefined ? input.rootCertificate === 'present' : root.value !== '';
  if (mode === 'require' && hasRoot) {
    const text = `${said} checks the certificate chain because a root certificate is there, not the host name`;
    return connects(noted, { encrypts: 'always', verifies: 'chain', decidedBy, reason: { text, source: CONFIG_TLS, ...setting } });
  }
  if (mode === 'allow' && !at('4.18')) {
    const reason = { text: `${said} never tries TLS before pgconn 1.14.1: a server that insists on it ends the attempt`, source: 'pgconn 1.11.0 pgconn.go ConnectConfig(), CHANGELOG.md 1.14.1; measured', ...setting };
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy, reason });
  }
  const text = mode === 'prefer' ? `${said} goes on in plaintext after any failure of TLS` : mode === 'verify-ca' && !hasRoot ? `${said} accepts any certificate of a public CA, for whatever host` : `${said} ${WHY[mode]}`;
  return connects(noted, { encrypts: ENCRYPTS[mode], verifies: VERIFIES[mode], decidedBy, reason: { text, source: mode === 'prefer' ? 'pgx 5.10.0 pgconn/pgconn.go connectPreferred()' : CONFIG_TLS, ...setting } });
}

/** channel_binding and require_auth: words that are refused, and what they are good for. */
function noteLogin(read: (name: string) => Setting | undefined, at: (version: string) => boolean, noted: Notes): Outcome | undefined {
  const binding = at('5.9') ? read('channel_binding') : undefined;
  if (binding !== undefined && !['', 'disable', 'prefer', 'require'].includes(binding.value ?? '')) {
    return refuses('tls', { text: `\`${binding.key}\` has a value that pgx does not know, it fails before it connects`, source: `${CONFIG} ParseConfig()`, setting: binding });
  }
  const auth = at('5.10') ? read('require_auth') : undefined;
  const allowed = allowedMethods(auth?.value ?? '');
  if (auth !== undefined && allowed === null) {
    return refuses('tls', { text: `\`${auth.key}\` has a value that pgx does not know, it fails before it connects`, source: 'pgx 5.10.0 pgconn/require_auth.go', setting: auth });
  }
  if (auth === undefined || allowed === null) return undefined;
  if (!allowed.includes('password')) noted.mitigations.push('no-cleartext-password');
  // channel_binding alone protects nothing: only a server that asks for SCRAM is held to it, one that asks for a plain password gets that (connectOne).
  if (binding?.value === 'require' && allowed.every((method) => method === 'scram-sha-256')) noted.mitigations.push('channel-binding');
  return undefined;
}

/** channel_binding alone protects nothing. */
function uselessBinding(binding: Setting | undefined, mitigations: readonly string[]): Reason | undefined {
  if (binding?.value !== 'require' || mitigations.includes('channel-binding')) return undefined;
  return { text: `${quoted(binding)} binds only a server that asks for SCRAM: one that asks for a plain password gets it`, source: AUTH, setting: binding };
}

function spell(mode: Mode, root: string | null): Spelling {
  return { ...spellAsLibpq(mode, root), ...(mode === 'verify-full' && { options: `TLSConfig: &tls.Config{ServerName: host${root === null ? '' : ', RootCAs: roots'}}` }) };
}

const VERSIONS = [{ label: '4.15', since: '4.0', released: true }, { label: '4.18', since: '4.18.2', released: true }, ...['5.0', '5.7.0', '5.7.5', '5.9', '5.10'].map((label) => ({ label, released: true })), { label: '5.11', released: false }];

function versionOf(packages: PackageVersions): string | undefined {
  const five = packages['github.com/jackc/pgx/v5'];
  if (five !== undefined) return labelOf(VERSIONS, five);
  const four = packages['github.com/jackc/pgx/v4'];
  if (four !== undefined) return labelOf(VERSIONS, four);
  return packages['github.com/jackc/pgconn'] === undefined ? undefined : '4.18';
}

/** pgx 4 and 5, pgxpool and their database/sql adapters; 5.11 as announced. */
export const pgx: Driver = {
  id: 'pgx',
  title: 'pgx',
  versions: VERSIONS,
  forms: ['url', 'keyword-value', 'group'],
  commonFor: ['url', 'keyword-value', 'group'],
  schemes: [],
  packages: { go: ['github.com/jackc/pgx/v5', 'github.com/jackc/pgx/v4', 'github.com/jackc/pgconn'] },
  samples: {
    string: { sslmode: [...MODES, 'typo'], sslrootcert: ['', 'system', 'root.crt'], sslnegotiation: ['postgres', 'direct'], channel_binding: ['prefer', 'require'], require_auth: ['', 'scram-sha-256'] },
    environment: { PGSSLMODE: [...MODES, 'typo'], PGSSLROOTCERT: ['system', 'root.crt'], PGSSLNEGOTIATION: ['postgres', 'direct'] },
    options: { TLSConfig: [undefined, null], 'TLSConfig.InsecureSkipVerify': [undefined, true] },
  },
  versionOf,
  outcome,
  spell,
};
