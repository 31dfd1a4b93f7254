import type { Mode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { WHY, isSocket } from './libpq-modes.ts';
import { type Notes, connects, lastOf, noteRepeats, notes, quoted, refuses } from './outcome.ts';
import { isTlsSetting } from './startup-parameters.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * tokio-postgres and postgres, for Rust. Facts: sfackler/rust-postgres tokio-postgres-v0.7.13 tokio-postgres/src/config.rs
 * param(), connect_tls.rs, connect_raw.rs. It reads no environment. What is checked of a certificate is up to the connector
 * that the program hands over: those of postgres-native-tls and postgres-openssl check everything unless told otherwise.
 */

const PARAM = 'tokio-postgres 0.7.13 src/config.rs param()';
const CONNECT = 'tokio-postgres 0.7.13 src/connect_tls.rs';
/** From here on it knows `sslnegotiation` (CHANGELOG.md). */
const DIRECT = '0.7.13';

const KEYS = new Set([
  'user', 'password', 'dbname', 'options', 'application_name', 'sslmode', 'sslnegotiation', 'host', 'hostaddr', 'port', 'connect_timeout', 'tcp_user_timeout',
  'keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_retries', 'target_session_attrs', 'channel_binding', 'load_balance_hosts',
]);
const WORDS: Readonly<Record<string, readonly string[]>> = { sslmode: ['disable', 'prefer', 'require'], sslnegotiation: ['postgres', 'direct'], channel_binding: ['disable', 'prefer', 'require'] };

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `tokio-postgres cannot read this string: ${string.problem.message}`, source: 'tokio-postgres 0.7.13 src/config.rs Parser' });
  if (string?.form === 'url' && !['postgres', 'postgresql'].includes(string.scheme ?? 'postgres')) {
    return refuses('other', { text: 'tokio-postgres takes a URL for one only where it begins with postgres:// or postgresql://', source: 'tokio-postgres 0.7.13 src/config.rs remove_url_prefix()' });
  }
  const settings = string?.settings ?? [];
  const refused = refusal(settings, version);
  if (refused !== undefined) return refuses(isTlsSetting(refused.setting?.name ?? '') ? 'tls' : 'other', refused);
  const noted = notes();
  noteRepeats(noted, string, Object.keys(WORDS), 'tokio-postgres', PARAM);
  noteVariables(input, noted);
  const sslmode = lastOf(settings, 'sslmode');
  const mode = sslmode?.value ?? 'prefer';
  const direct = lastOf(settings, 'sslnegotiation');
  if (direct?.value === 'direct' && mode === 'prefer') {
    return refuses('tls', { text: 'tokio-postgres refuses sslnegotiation=direct with sslmode=prefer, it needs require', source: CONNECT, setting: direct });
  }
  // Every other way to log in is refused (connect_raw.rs, can_skip_channel_binding).
  if (lastOf(settings, 'channel_binding')?.value === 'require') noted.mitigations.push('channel-binding');
  // Host::Unix has no name for a handshake, and PostgreSQL answers N there to whoever asks for TLS (backend_startup.c).
  if (isSocket(input, '/')) {
    if (mode === 'require' && sslmode !== undefined) return refuses('tls', { text: 'the host is a Unix socket, where there is no TLS, and tokio-postgres then fails on sslmode=require', source: `${CONNECT} connect_tls(): has_hostname`, setting: sslmode });
    // It asks all the same.
    return connects(noted, { encrypts: mode === 'disable' ? 'never' : 'if-server-offers', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, where PostgreSQL offers no TLS', source: `${CONNECT} connect_tls(): has_hostname` } });
  }
  const decidedBy = sslmode ?? null;
  const setting = sslmode === undefined ? {} : { setting: sslmode };
  const said = sslmode === undefined ? 'no sslmode is given, and tokio-postgres then' : quoted(sslmode);
  if (mode === 'disable') return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy, reason: { text: `${said} ${WHY.disable}`, source: CONNECT, ...setting } });
  if (mode === 'prefer') return connects(noted, { encrypts: 'if-server-offers', verifies: 'nothing', decidedBy, reason: { text: `${said} ${WHY.prefer}`, source: CONNECT, ...setting } });
  const text = `${said} leaves the certificate to the program's TLS connector, which checks everything unless it was told otherwise`;
  return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', verifiesAtLeast: 'nothing', decidedBy, reason: { text, source: CONNECT, ...setting } });
}

function refusal(settings: readonly Setting[], version: string): Reason | undefined {
  for (const setting of settings) {
    if (!KEYS.has(setting.name) || (setting.name === 'sslnegotiation' && compareVersions(version, DIRECT) < 0)) return { text: 'tokio-postgres knows no parameter of this name, it fails before it connects', source: `${PARAM}: UnknownOption`, setting };
    const words = Object.hasOwn(WORDS, setting.name) ? WORDS[setting.name] : undefined;
    if (words === undefined || setting.value === null || words.includes(setting.value)) continue;
    return { text: `tokio-postgres knows ${words.join(', ')} for \`${setting.key}\`, and fails on any other word`, source: `${PARAM}: InvalidValue`, setting };
  }
  return undefined;
}

function noteVariables(input: DriverInput, noted: Notes): void {
  for (const name of ['PGSSLMODE', 'PGSSLROOTCERT', 'PGCHANNELBINDING']) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `tokio-postgres never reads ${name}`, source: PARAM });
  }
}

function spell(mode: Mode, root: string | null): Spelling {
  const word = ['disable', 'prefer', 'require'].includes(mode) ? mode : mode === 'allow' ? 'prefer' : 'require';
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  return { string: [['sslmode', word]], options: null, environment: null, condition: !verifies ? null : root === null ? 'with a TLS connector that checks the certificate' : `with a TLS connector that trusts ${root}` };
}

const VERSIONS = [
  { label: '0.7.0', released: true },
  { label: DIRECT, released: true },
];

/** tokio-postgres 0.7, and what is built on it: postgres, deadpool, bb8, r2d2. */
export const tokioPostgres: Driver = {
  id: 'tokio-postgres',
  title: 'tokio-postgres',
  versions: VERSIONS,
  forms: ['url', 'keyword-value'],
  commonFor: [],
  schemes: [],
  packages: { cargo: ['tokio-postgres', 'postgres', 'deadpool-postgres', 'bb8-postgres', 'r2d2_postgres'] },
  samples: { string: { sslmode: ['disable', 'prefer', 'require', 'typo'], sslnegotiation: ['postgres', 'direct'], channel_binding: ['prefer', 'require'] }, environment: {}, options: {} },
  versionOf: (packages) => (packages['tokio-postgres'] === undefined ? undefined : labelOf(VERSIONS, packages['tokio-postgres'])),
  outcome,
  spell,
};
