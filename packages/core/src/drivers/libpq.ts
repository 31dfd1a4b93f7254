import { MODES, type Mode, isMode, isWeaker } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, Reason, Spelling } from './driver.ts';
import { AUTH_METHODS, ENCRYPTS, WHY, allowedMethods, isSocket, spelled } from './libpq-modes.ts';
import { refusedServers } from './libpq-servers.ts';
import { type Notes, connects, lastOf, noteRepeats, notes, quoted, refuses } from './outcome.ts';

/*
 * libpq, PostgreSQL's own client library. Facts: PostgreSQL 18 src/interfaces/libpq/fe-connect.c and
 * fe-secure-openssl.c, REL_18_STABLE; earlier versions from the release notes named at each branch.
 */

const FE_CONNECT = 'PostgreSQL 18 fe-connect.c';

/** Every keyword that libpq takes, with the release it came with where that is later than 13 (fe-connect.c, PQconninfoOptions). */
const KEYWORDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'service', 'user', 'password', 'passfile', 'channel_binding', 'connect_timeout', 'dbname', 'host', 'hostaddr', 'port',
      'client_encoding', 'options', 'application_name', 'fallback_application_name', 'keepalives', 'keepalives_idle',
      'keepalives_interval', 'keepalives_count', 'tcp_user_timeout', 'sslmode', 'sslcompression', 'sslcert', 'sslkey',
      'sslpassword', 'sslrootcert', 'sslcrl', 'requirepeer', 'ssl_min_protocol_version', 'ssl_max_protocol_version',
      'gssencmode', 'krbsrvname', 'gsslib', 'replication', 'target_session_attrs', 'requiressl', 'authtype', 'tty',
    ].map((name) => [name, 13]),
  ),
  sslcrldir: 14, sslsni: 14, require_auth: 16, sslcertmode: 16, load_balance_hosts: 16, gssdelegation: 16, sslnegotiation: 17,
  min_protocol_version: 18, max_protocol_version: 18, sslkeylogfile: 18,
  servicefile: 19,
  scram_client_key: 18, scram_server_key: 18, oauth_issuer: 18, oauth_client_id: 18, oauth_client_secret: 18, oauth_scope: 18,
};
/** Gone again: `tty` with 14, `authtype` with 14. */
const REMOVED: Readonly<Record<string, number>> = { tty: 14, authtype: 14 };

/** Environment variables about TLS that stand for a parameter (fe-connect.c, PQconninfoOptions). */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslnegotiation: 'PGSSLNEGOTIATION',
  channel_binding: 'PGCHANNELBINDING',
  require_auth: 'PGREQUIREAUTH',
  gssencmode: 'PGGSSENCMODE',
  sslcertmode: 'PGSSLCERTMODE',
  ssl_min_protocol_version: 'PGSSLMINPROTOCOLVERSION',
  ssl_max_protocol_version: 'PGSSLMAXPROTOCOLVERSION',
};

const PROTOCOLS = ['tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3'];

interface Read {
  readonly setting: Setting | undefined;
  readonly value: string | undefined;
}

function reader(input: DriverInput, version: number): (name: string) => Read {
  return (name) => {
    // String beats environment: fe-connect.c, conninfo_add_defaults only fills what is not set. A variable is as old as its keyword.
    const known = (KEYWORDS[name] ?? 0) <= version;
    const setting = lastOf(input.string?.settings ?? [], name) ?? (known ? input.environment.get(ENVIRONMENT[name] ?? '') : undefined);
    return { setting, value: setting?.value ?? undefined };
  };
}

/** The parameters that this version's grammar of names refuses. */
function unknownKeyword(input: DriverInput, version: number): Reason | undefined {
  for (const setting of input.string?.settings ?? []) {
    // A URI's `ssl=true`, and nothing else, is translated: fe-connect.c, conninfo_uri_parse_params.
    if (setting.name === 'ssl' && setting.value === 'true' && input.string?.form === 'url') continue;
    const since = Object.hasOwn(KEYWORDS, setting.name) ? KEYWORDS[setting.name] : undefined;
    const gone = REMOVED[setting.name];
    if (since === undefined) {
      const tls = isTlsName(setting.name);
      return { text: `libpq knows no parameter of this name${tls ? ', it fails before it connects' : ''}`, source: `${FE_CONNECT} conninfo_storeval()`, setting };
    }
    if (since > version || (gone !== undefined && gone <= version)) {
      return { text: `libpq ${String(version)} knows no such parameter (${since > version ? `libpq ${String(since)} brought it` : `libpq ${String(gone)} dropped it`})`, source: `${FE_CONNECT} PQconninfoOptions`, setting };
    }
  }
  return undefined;
}

function isTlsName(name: string): boolean {
  return /ssl|tls/i.test(name);
}

function outcome(input: DriverInput, label: string): Outcome {
  const version = Number(label);
  const noted = notes();
  if (input.string?.problem) {
    return refuses('syntax', { text: `libpq cannot read this string: ${input.string.problem.message}`, source: `${FE_CONNECT} PQconninfoParse()` });
  }
  if (!['postgres', 'postgresql'].includes(input.string?.scheme ?? 'postgres')) {
    return refuses('other', { text: 'libpq takes only URLs that begin with postgres:// or postgresql://', source: `${FE_CONNECT} uri_prefix_length()` });
  }
  // fe-connect.c, uri_prefix_length(): these two, in lower case; anything else is read as keyword/value, and fails.
  if (input.string?.form === 'url' && input.string.scheme !== null && !/^postgres(?:ql)?:\/\//.test(input.string.text)) {
    return refuses('other', { text: 'libpq takes no URL but postgres:// and postgresql://, in lower case', source: `${FE_CONNECT} uri_prefix_length()` });
  }
  const unknown = unknownKeyword(input, version);
  if (unknown !== undefined) return refuses(isTlsName(unknown.setting?.name ?? '') ? 'tls' : 'other', unknown);

  const servers = refusedServers(input);
  if (servers !== undefined) return refuses('other', servers);

  const read = reader(input, version);
  noteRepeats(noted, input.string, Object.keys(ENVIRONMENT), 'libpq', `${FE_CONNECT} conninfo_storeval()`);

  const refused = checkWords(read, version);
  if (refused !== undefined) return refuses(['target_session_attrs', 'load_balance_hosts'].includes(refused.setting?.name ?? '') ? 'other' : 'tls', refused);

  const sslmode = modeSetting(input, read);
  const root = read('sslrootcert');
  const system = root.value === 'system' && version >= 16;
  // Before 16 the word is the name of a file, which nobody has: measured with libpq 15 (test/lab).
  const missing = root.value === 'system' && !system;
  if (sslmode.setting !== undefined && !isMode(sslmode.value)) {
    const text = `\`${sslmode.setting.key}\` has a value that libpq does not know, it fails before it connects`;
    return refuses('tls', { text, source: `${FE_CONNECT} pqConnectOptions2()`, setting: sslmode.setting });
  }
  // fe-connect.c, conninfo_add_defaults: sslrootcert=system makes verify-full the default (libpq 16).
  const mode: Mode = isMode(sslmode.value) ? sslmode.value : system ? 'verify-full' : 'prefer';
  if (system && mode !== 'verify-full' && sslmode.setting !== undefined) {
    const text = `libpq refuses sslmode=${mode} together with sslrootcert=system, only verify-full goes with it`;
    return refuses('tls', { text, source: `${FE_CONNECT} pqConnectOptions2()`, setting: sslmode.setting });
  }
  const direct = read('sslnegotiation');
  if (direct.value === 'direct' && isWeaker(mode, 'require')) {
    const text = `libpq refuses sslnegotiation=direct with sslmode=${mode}, it needs require or stronger`;
    return refuses('tls', { text, source: `${FE_CONNECT} pqConnectOptions2()`, ...(direct.setting ? { setting: direct.setting } : {}) });
  }
  noteMitigations(read, noted);
  noteWeakVersions(read, noted);

  // A path, or `@` for an abstract one: fe-connect.c, pqConnectOptions2.
  if (isSocket(input, '/@')) {
    const text = 'the host is a Unix socket, and libpq uses no TLS there';
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text, source: `${FE_CONNECT} init_allowed_encryption_methods()` } });
  }
  return verified(input, mode, sslmode.setting ?? (system ? root.setting : undefined), { ...root, system, missing }, noted);
}

/** The setting that says the mode: sslmode, a URI's `ssl=true`, or the older `requiressl`, whichever comes last. */
function modeSetting(input: DriverInput, read: (name: string) => Read): Read {
  const written = input.string?.settings.findLast((setting) => ['sslmode', 'ssl', 'requiressl'].includes(setting.name));
  if (written?.name === 'ssl') return { setting: written, value: 'require' };
  // fe-connect.c, conninfo_storeval: requiressl=1 is sslmode=require, anything else sslmode=prefer.
  if (written?.name === 'requiressl') return { setting: written, value: written.value?.startsWith('1') === true ? 'require' : 'prefer' };
  const said = read('sslmode');
  if (said.setting !== undefined) return said;
  // fe-connect.c, conninfo_add_defaults: the deprecated variable counts where nothing else says a mode.
  const variable = input.environment.get('PGREQUIRESSL');
  return variable?.value?.startsWith('1') === true ? { setting: variable, value: 'require' } : said;
}

/** `sslrootcert` as read: the system's store (`system`), or a file that surely is not there (`missing`). */
interface Root extends Read {
  readonly system: boolean;
  readonly missing: boolean;
}

function verified(input: DriverInput, mode: Mode, decidedBy: Setting | undefined, root: Root, noted: Notes): Outcome {
  const encrypts = ENCRYPTS[mode];
  const setting = decidedBy === undefined ? {} : { setting: decidedBy };
  const said = decidedBy === undefined ? 'no sslmode is given, and libpq then' : quoted(decidedBy);
  const { system, missing } = root;
  const rootFile = root.value !== undefined && root.value !== '' && !system ? root.setting : undefined;
  const present = !missing && (rootFile !== undefined || input.rootCertificate === 'present');
  if (missing && (mode === 'verify-ca' || mode === 'verify-full')) {
    const text = `this libpq takes sslrootcert=system for the name of a file, which sslmode=${mode} needs and does not find`;
    return refuses('tls', { text, source: 'PostgreSQL 15 fe-secure-openssl.c initialize_SSL()', ...(root.setting === undefined ? {} : { setting: root.setting }) });
  }
  if (mode === 'verify-ca' || mode === 'verify-full') {
    if (!system && rootFile === undefined) {
      if (input.rootCertificate === 'absent') {
        const text = `sslmode=${mode} needs a root certificate, and the file ~/.postgresql/root.crt is not there`;
        return refuses('tls', { text, source: 'PostgreSQL 18 fe-secure-openssl.c initialize_SSL()', ...setting });
      }
      if (input.rootCertificate === undefined) noted.needs.push('root-certificate');
    }
    const reason: Reason = { text: `${said} ${WHY[mode]}`, source: 'PostgreSQL 18 fe-secure-openssl.c initialize_SSL()', ...setting };
    return connects(noted, { encrypts, verifies: mode === 'verify-ca' ? 'chain' : 'chain-and-name', decidedBy: decidedBy ?? null, reason });
  }
  if (mode === 'require' && present) {
    // "if a root CA file exists, the behavior of sslmode=require will be the same as that of verify-ca" (libpq-ssl.html 32.19.1).
    const text = `${said} checks the certificate chain because a root certificate is there, not the host name`;
    return connects(noted, { encrypts, verifies: 'chain', decidedBy: decidedBy ?? null, reason: { text, source: 'PostgreSQL 18 fe-secure-openssl.c initialize_SSL()', ...setting } });
  }
  const reason: Reason = { text: `${said} ${WHY[mode]}`, source: `${FE_CONNECT} init_allowed_encryption_methods()`, ...setting };
  return connects(noted, { encrypts, verifies: 'nothing', decidedBy: decidedBy ?? null, reason });
}

/** Words of the other TLS settings that libpq refuses (fe-connect.c, pqConnectOptions2). */
function checkWords(read: (name: string) => Read, version: number): Reason | undefined {
  const since = (first: number, words: readonly string[]): readonly string[] => (version >= first ? words : []);
  const known: Readonly<Record<string, readonly string[]>> = {
    channel_binding: ['disable', 'prefer', 'require'],
    gssencmode: ['disable', 'prefer', 'require'],
    sslnegotiation: since(17, ['postgres', 'direct']),
    sslcertmode: since(16, ['disable', 'allow', 'require']),
    load_balance_hosts: since(16, ['disable', 'random']),
    target_session_attrs: ['any', 'read-write', ...since(14, ['read-only', 'primary', 'standby', 'prefer-standby'])],
    ssl_min_protocol_version: ['', ...PROTOCOLS],
    ssl_max_protocol_version: ['', ...PROTOCOLS],
  };
  const source = `${FE_CONNECT} pqConnectOptions2()`;
  for (const [name, words] of Object.entries(known)) {
    const { setting, value } = read(name);
    if (setting === undefined || value === undefined) continue;
    const word = name.includes('protocol') ? value.toLowerCase() : value;
    if (words.includes(word)) continue;
    return { text: `\`${setting.key}\` has a value that libpq does not know, it fails before it connects`, source, setting };
  }
  const methods = read('require_auth');
  if (methods.setting !== undefined && methods.value !== undefined && allowedMethods(methods.value, methodsOf(version), 'kept') === null) {
    return { text: `\`${methods.setting.key}\` names a way to log in that libpq does not know, names one twice, or mixes wanted and unwanted ones`, source, setting: methods.setting };
  }
  const [least, most] = [read('ssl_min_protocol_version'), read('ssl_max_protocol_version')];
  const rank = (word: string | undefined): number => PROTOCOLS.indexOf(word?.toLowerCase() ?? '');
  // The minimum is TLSv1.2 unless another one is given, an empty one too (PQconninfoOptions).
  if (rank(most.value) >= 0 && rank(least.setting === undefined ? 'tlsv1.2' : least.value) > rank(most.value)) {
    const text = least.setting === undefined ? 'is below the minimum, which is TLSv1.2 unless it is given,' : 'is above the maximum,';
    const setting = least.setting ?? most.setting;
    return { text: `\`${setting?.key ?? ''}\` ${text} and libpq fails before it connects`, source: `${FE_CONNECT} sslVerifyProtocolRange()`, ...(setting !== undefined && { setting }) };
  }
  return undefined;
}

/** `oauth` came with libpq 18. */
function methodsOf(version: number): readonly string[] {
  return version >= 18 ? AUTH_METHODS : AUTH_METHODS.filter((method) => method !== 'oauth');
}

function noteMitigations(read: (name: string) => Read, noted: Notes): void {
  if (read('channel_binding').value === 'require') noted.mitigations.push('channel-binding');
  const methods = read('require_auth').value;
  if (methods !== undefined && allowedMethods(methods)?.includes('password') === false) noted.mitigations.push('no-cleartext-password');
}

function noteWeakVersions(read: (name: string) => Read, noted: Notes): void {
  for (const name of ['ssl_min_protocol_version', 'ssl_max_protocol_version']) {
    const { setting, value } = read(name);
    if (setting === undefined || !['tlsv1', 'tlsv1.1'].includes(value?.toLowerCase() ?? '')) continue;
    const text = name.includes('min') ? `\`${setting.key}\` lets the server choose a TLS version below 1.2` : `\`${setting.key}\` forbids TLS 1.2 and above`;
    noted.weakTls.push({ text, source: 'https://www.postgresql.org/docs/18/libpq-connect.html', setting });
  }
}

function spell(mode: Mode, root: string | null): Spelling {
  // Without a root certificate the verify modes fail: the system's store has to be named (libpq 16), or the provider's file.
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  const file = root === null ? (mode === 'verify-full' ? 'system' : null) : `/path/to/${root}`;
  const rootcert = verifies && file !== null ? file : null;
  return spelled(mode, rootcert, rootcert === 'system' ? 'libpq 16 or later' : null);
}

/** libpq 13 to 18. */
export const libpq: Driver = {
  id: 'libpq',
  title: 'libpq',
  versions: ['13', '14', '15', '16', '17', '18'].map((label) => ({ label, released: true })),
  forms: ['url', 'keyword-value', 'group'],
  commonFor: ['url', 'keyword-value', 'group'],
  schemes: [],
  packages: {},
  samples: {
    string: { sslmode: [...MODES, 'typo'], sslrootcert: ['', 'system', 'root.crt'], sslnegotiation: ['postgres', 'direct'], ssl: ['true'], requiressl: ['0', '1'] },
    environment: { PGSSLMODE: [...MODES, 'typo'], PGSSLROOTCERT: ['system', 'root.crt'], PGSSLNEGOTIATION: ['postgres', 'direct'] },
    options: {},
  },
  versionOf: () => undefined,
  outcome,
  spell,
};
