import { kindOfAddress } from '../hosts/address.ts';
import { type Mode, MODES, isMode, isWeaker } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, PackageVersions, Reason } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY, allowedMethods, isSocket, spellAsLibpq } from './libpq-modes.ts';
import { type Notes, connects, noteRepeats, notes, quoted, refuses } from './outcome.ts';
import { refusedAtStartup } from './startup-parameters.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * lib/pq, for Go's database/sql. Facts: lib/pq v1.10.9 ssl.go, conn.go, url.go; v1.11.2 and v1.12.3 ssl.go, connector.go,
 * conn.go; f4654a4 for what is announced ("this release changes the default sslmode from require to prefer", CHANGELOG.md).
 */

const sourceOf = (version: string): string => ({ '1.10': 'lib/pq 1.10.9 ssl.go', '1.11': 'lib/pq 1.11.2 ssl.go', '1.12': 'lib/pq 1.12.3 ssl.go' })[version] ?? 'lib/pq f4654a4 ssl.go';

/** Names that lib/pq keeps for itself (1.10: conn.go, isDriverSetting; later the tags of Config), with the version they came with. */
const OWN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['host', 'port', 'dbname', 'database', 'user', 'password', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslinline', 'sslsni', 'fallback_application_name', 'connect_timeout', 'krbsrvname', 'krbspn', 'disable_prepared_binary_result', 'binary_parameters'].map((name) => [name, '1.10']),
  ),
  hostaddr: '1.11', passfile: '1.11', tz: '1.11', sslnegotiation: '1.11', target_session_attrs: '1.11', load_balance_hosts: '1.11',
  service: '1.12', ssl_min_protocol_version: '1.12', ssl_max_protocol_version: '1.12', min_protocol_version: '1.12', max_protocol_version: '1.12',
  require_auth: '1.13',
};

/** Variables about TLS, with the version they came with. (1.12 reads `SSLPGMINPROTOCOLVERSION`, a slip that 1.13 mends.) */
const ENVIRONMENT: Readonly<Record<string, readonly [variable: string, since: string]>> = {
  sslmode: ['PGSSLMODE', '1.10'],
  sslrootcert: ['PGSSLROOTCERT', '1.10'],
  sslsni: ['PGSSLSNI', '1.10'],
  sslnegotiation: ['PGSSLNEGOTIATION', '1.11'],
  ssl_min_protocol_version: ['PGSSLMINPROTOCOLVERSION', '1.13'],
  ssl_max_protocol_version: ['PGSSLMAXPROTOCOLVERSION', '1.13'],
  require_auth: ['PGREQUIREAUTH', '1.13'],
};

/** Variables of libpq's that lib/pq fails on: since when, and before which version no more (conn.go, parseEnviron; connector.go, fromEnv). */
const UNSUPPORTED: Readonly<Record<string, readonly [since: string, until: string]>> = {
  PGHOSTADDR: ['1.10', '1.11'], PGREQUIRESSL: ['1.10', '9'], PGSSLCRL: ['1.10', '9'], PGREQUIREPEER: ['1.10', '9'],
  PGSERVICE: ['1.10', '1.12'], PGSERVICEFILE: ['1.10', '1.12'], PGREALM: ['1.10', '9'], PGGSSLIB: ['1.10', '9'],
  PGCHANNELBINDING: ['1.11', '9'], PGREQUIREAUTH: ['1.11', '1.13'], PGSSLCERTMODE: ['1.11', '9'], PGSSLCOMPRESSION: ['1.11', '9'], PGSSLCRLDIR: ['1.11', '9'],
  PGGSSENCMODE: ['1.11', '9'], PGSSLMINPROTOCOLVERSION: ['1.11', '1.12'], PGSSLMAXPROTOCOLVERSION: ['1.11', '1.12'],
};

const PROTOCOLS = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function outcome(input: DriverInput, version: string, packages: PackageVersions): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `lib/pq cannot read this string: ${string.problem.message}`, source: 'lib/pq 1.12.3 connector.go convertURL()' });
  if (string?.form === 'url' && string.scheme !== null && !['postgres', 'postgresql'].includes(string.scheme)) {
    return refuses('other', { text: 'lib/pq takes a URL for one only where it begins with postgres:// or postgresql://', source: 'lib/pq 1.12.3 connector.go fromDSN()' });
  }
  const own = new Set(Object.keys(OWN).filter((name) => compareVersions(OWN[name] ?? '', version) <= 0));
  const hosts = string?.settings.filter(({ name }) => name === 'host') ?? [];
  if (hosts.length > 1 && compareVersions(version, '1.11') < 0) {
    return refuses('other', { text: 'lib/pq takes several hosts from 1.11 on, before that it looks for one of that name', source: 'lib/pq 1.10.7 conn.go network(), measured' });
  }
  // convertURL() passes over empty parameters: measured.
  const sent = string?.form === 'url' ? { ...string, settings: string.settings.filter(({ value }) => value !== '') } : string;
  return refusedAtStartup(sent, own, 'lib/pq', 'lib/pq 1.12.3 conn.go startup(): Runtime', answerOf(input, version, packages));
}

/** The string before the environment. Of a URL the first counts and empty values not at all (convertURL: `accrue(k, q.Get(k))`). */
function reader(input: DriverInput, version: string): (name: string) => Setting | undefined {
  const isUrl = input.string?.form === 'url';
  return (name) => {
    const named = (input.string?.settings ?? []).filter((setting) => setting.name === name);
    const written = isUrl ? named[0] : named.at(-1);
    if (written !== undefined && !(isUrl && written.value === '')) return written;
    const [variable, since] = ENVIRONMENT[name] ?? ['', ''];
    return variable !== '' && compareVersions(since, version) <= 0 ? input.environment.get(variable) : undefined;
  };
}

function answerOf(input: DriverInput, version: string, packages: PackageVersions): Outcome {
  const noted = notes();
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  const read = reader(input, version);
  for (const [name, setting] of input.environment) {
    const [since, until] = UNSUPPORTED[name] ?? ['9', '0'];
    if (at(since) && !at(until)) return refuses(/SSL|CHANNEL/.test(name) ? 'tls' : 'other', { text: `lib/pq fails on the variable ${name}, which it does not support`, source: 'lib/pq 1.12.3 connector.go fromEnv()', setting });
  }
  noteRepeats(noted, input.string, ['sslmode', 'sslrootcert'], 'lib/pq', 'lib/pq 1.12.3 connector.go convertURL()', input.string?.form === 'url' ? 'first' : 'last');
  noteUnread(input, version, noted);

  const sslmode = read('sslmode');
  const word = sslmode?.value ?? '';
  const known: readonly string[] = at('1.12') ? MODES : ['disable', 'require', 'verify-ca', 'verify-full'];
  const custom = at('1.11') && word.startsWith('pqgo-');
  // 1.10 takes an empty value for none, later ones refuse it.
  if (sslmode !== undefined && !custom && !known.includes(word) && !(word === '' && !at('1.11'))) {
    const text = isMode(word) ? `lib/pq knows \`${word}\` from 1.12 on, before that it fails` : `\`${sslmode.key}\` has a value that lib/pq does not know, it fails before it connects`;
    return refuses('tls', { text, source: at('1.11') ? 'lib/pq 1.12.3 connector.go setFromTag()' : sourceOf(version), setting: sslmode });
  }
  const refused = checkWords(read, at, noted);
  if (refused !== undefined) return refuses('tls', refused);
  // "SSL is not necessary or supported over UNIX domain sockets" (newConfig).
  if (isSocket(input, '/@')) {
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and lib/pq uses no TLS there', source: 'lib/pq 1.12.3 connector.go newConfig()' } });
  }
  if (custom && sslmode !== undefined) {
    return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: sslmode, reason: { text: 'a tls.Config that the program registered decides what is checked, and Go checks everything unless told otherwise', source: `${sourceOf(version)} RegisterTLSConfig()`, setting: sslmode } });
  }
  const root = read('sslrootcert');
  const isSystem = at('1.12') && root?.value === 'system';
  const mode: Mode = isMode(word) ? word : isSystem ? 'verify-full' : at('1.13') ? 'prefer' : 'require';
  const decidedBy = isMode(word) ? (sslmode ?? null) : isSystem ? root : null;
  if (isSystem && mode !== 'verify-full') {
    return refuses('tls', { text: `lib/pq refuses sslmode=${mode} together with sslrootcert=system, only verify-full goes with it`, source: 'lib/pq 1.12.3 connector.go newConfig()', ...(sslmode ? { setting: sslmode } : {}) });
  }
  const negotiation = at('1.11') ? read('sslnegotiation') : undefined;
  if (at('1.12') && negotiation?.value === 'direct' && isWeaker(mode, 'require')) {
    return refuses('tls', { text: `lib/pq refuses sslnegotiation=direct with sslmode=${mode}, it needs require or stronger`, source: 'lib/pq 1.12.3 connector.go newConfig()', setting: negotiation });
  }
  return verified(input, mode, decidedBy ?? null, root, read, version, packages, noted);
}

function verified(input: DriverInput, mode: Mode, decidedBy: Setting | null, root: Setting | undefined, read: (name: string) => Setting | undefined, version: string, packages: PackageVersions, noted: Notes): Outcome {
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  const source = sourceOf(version);
  const setting = decidedBy === null ? {} : { setting: decidedBy };
  const said = decidedBy === null ? 'no sslmode is given, and lib/pq then' : quoted(decidedBy);
  const inline = ['true', ...(at('1.11') ? ['1', 't', 'T', 'TRUE', 'True'] : [])].includes(read('sslinline')?.value ?? '');
  const inlined = read('sslinline');
  if (inline && inlined !== undefined && !['disable', 'allow', 'prefer'].includes(mode) && !read('sslcert')?.value) {
    return refuses('tls', { text: 'lib/pq wants PEM text in sslcert and sslkey too where sslinline=true', source: 'lib/pq 004e5e8 ssl.go sslClientCertificates(): tls.X509KeyPair, measured with 1.10.7', setting: inlined });
  }
  const isFile = root !== undefined && root.value !== '' && root.value !== 'system';
  if (root?.value === 'system' && !at('1.12') && ['verify-ca', 'verify-full'].includes(mode)) {
    return refuses('tls', { text: 'before lib/pq 1.12 `system` is the name of a file, and that is not there', source, setting: root });
  }
  if (mode === 'require' && !at('1.12') && root !== undefined && (root.value === 'system' || (inline && isFile))) {
    // os.Stat() of a name that is none fails, and the root certificate is dropped.
    noted.ignored.push({ setting: root, harmless: true, text: 'before lib/pq 1.12 sslmode=require drops a root certificate that is no file', source });
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy, reason: { text: `${said} ${WHY.require}`, source, ...setting } });
  }
  // ~/.postgresql/root.crt from 1.12 on.
  const hasRoot = isFile || (at('1.12') && !inline && (root === undefined || root.value === '') && input.rootCertificate === 'present');
  const chainOnly = mode === 'verify-ca' || (mode === 'require' && hasRoot);
  if (chainOnly && checksName(input, read, version, packages)) {
    const text = `${said} checks the host name as well in lib/pq 1.10, from 1.11 on the certificate chain alone`;
    return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy, reason: { text, source: `${source} sslVerifyCertificateAuthority(): DNSName`, ...setting } });
  }
  if (mode === 'require' && hasRoot) {
    const text = `${said} checks the certificate chain because a root certificate is there, not the host name`;
    return connects(noted, { encrypts: 'always', verifies: 'chain', decidedBy, reason: { text, source, ...setting } });
  }
  const text = mode === 'prefer' ? `${said} goes on in plaintext after any failure of TLS` : mode === 'verify-ca' && !hasRoot ? `${said} accepts any certificate of a public CA, for whatever host` : `${said} ${WHY[mode]}`;
  return connects(noted, { encrypts: ENCRYPTS[mode], verifies: VERIFIES[mode], decidedBy, reason: { text, source: mode === 'prefer' ? 'lib/pq 1.12.3 conn.go open()' : source, ...setting } });
}

/** In 1.10.7 to 1.10.9 the name for SNI is what the chain is verified for (ssl.go: `DNSName: client.ConnectionState().ServerName`). */
function checksName(input: DriverInput, read: (name: string) => Setting | undefined, version: string, packages: PackageVersions): boolean {
  const exact = packages['github.com/lib/pq']?.replace(/^v/, '');
  if (version !== '1.10' || (exact !== undefined && compareVersions(exact, '1.10.7') < 0)) return false;
  const sni = read('sslsni')?.value ?? '';
  const hosts = input.string?.settings.filter(({ name }) => name === 'host') ?? [];
  return (sni === '' || sni.startsWith('1')) && !hosts.some(({ value }) => value !== null && kindOfAddress(value) !== undefined);
}

/** Words of the other TLS settings: the first that is refused, and what they are good for. */
function checkWords(read: (name: string) => Setting | undefined, at: (version: string) => boolean, noted: Notes): Reason | undefined {
  const known: Readonly<Record<string, readonly string[]>> = {
    ...(at('1.11') ? { sslnegotiation: ['postgres', 'direct'] } : {}),
    ...(at('1.12') ? { ssl_min_protocol_version: PROTOCOLS, ssl_max_protocol_version: PROTOCOLS } : {}),
  };
  for (const [name, words] of Object.entries(known)) {
    const setting = read(name);
    if (setting === undefined || setting.value === null) continue;
    if (!words.includes(setting.value)) return { text: `\`${setting.key}\` has a value that lib/pq does not know, it fails before it connects`, source: 'lib/pq 1.12.3 connector.go setFromTag()', setting };
    if (!['TLSv1.0', 'TLSv1.1'].includes(setting.value)) continue;
    const text = name.includes('min') ? `\`${setting.key}\` lets the server choose a TLS version below 1.2` : `\`${setting.key}\` forbids TLS 1.2 and above`;
    noted.weakTls.push({ text, source: 'lib/pq 1.12.3 connector.go tlsconf()', setting });
  }
  const auth = at('1.13') ? read('require_auth') : undefined;
  const allowed = allowedMethods(auth?.value ?? '', ['password', 'md5', 'gss', 'scram-sha-256', 'none']);
  if (auth !== undefined && allowed === null) return { text: `\`${auth.key}\` has a value that lib/pq does not know, it fails before it connects`, source: 'lib/pq f4654a4 connector.go setFromTag()', setting: auth };
  if (auth !== undefined && allowed?.includes('password') === false) noted.mitigations.push('no-cleartext-password');
  return undefined;
}

/** Variables of libpq's that this version passes over without a word. */
function noteUnread(input: DriverInput, version: string, noted: Notes): void {
  for (const name of version === '1.10' ? ['PGCHANNELBINDING', 'PGREQUIREAUTH', 'PGSSLNEGOTIATION', 'PGSSLMINPROTOCOLVERSION'] : version === '1.12' ? ['PGSSLMINPROTOCOLVERSION', 'PGSSLMAXPROTOCOLVERSION'] : []) {
    const setting = input.environment.get(name);
    if (setting !== undefined) noted.ignored.push({ setting, harmless: false, text: `lib/pq ${version} never reads ${name}`, source: `lib/pq ${version === '1.10' ? '1.10.9 conn.go parseEnviron()' : '1.12.3 connector.go Config'}` });
  }
}

/** 1.13 stands for what comes after 1.12; its number is not announced, only what it does. */
const VERSIONS = [...['1.10', '1.11', '1.12'].map((label) => ({ label, released: true })), { label: '1.13', released: false }];

/** lib/pq 1.10 to 1.12, and what is announced for after. */
export const libPq: Driver = {
  id: 'lib-pq',
  title: 'lib/pq',
  versions: VERSIONS,
  forms: ['url', 'keyword-value', 'group'],
  commonFor: ['url', 'keyword-value', 'group'],
  schemes: [],
  packages: { go: ['github.com/lib/pq'] },
  samples: {
    string: { sslmode: [...MODES, 'typo'], sslrootcert: ['', 'system', 'root.crt'], sslnegotiation: ['postgres', 'direct'], sslsni: ['0', '1'], sslinline: ['true', 'false'] },
    environment: { PGSSLMODE: [...MODES, 'typo'], PGSSLROOTCERT: ['system', 'root.crt'], PGSSLNEGOTIATION: ['postgres', 'direct'] },
    options: {},
  },
  versionOf: (packages) => (packages['github.com/lib/pq'] === undefined ? undefined : labelOf(VERSIONS, packages['github.com/lib/pq'])),
  outcome,
  spell: spellAsLibpq,
};
