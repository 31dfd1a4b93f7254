import { type Encrypts, type Mode, MODES, type Verifies, isMode, isWeaker } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import type { Driver, DriverInput, Outcome, PackageVersions, Reason, Spelling } from './driver.ts';
import { ENCRYPTS, VERIFIES, WHY, isSocket, spelled } from './libpq-modes.ts';
import { type Notes, connects, nameOf, noteRepeats, notes, optionOf, optionSetting, quoted, refuses } from './outcome.ts';
import { repeatedParameter } from './sqlalchemy-url.ts';
import { checkedByContext } from './ssl-context.ts';
import { isTlsSetting, refusedAtStartup } from './startup-parameters.ts';
import { compareVersions, labelOf } from './versions.ts';

/*
 * asyncpg, for Python. Facts: asyncpg v0.31.0 asyncpg/connect_utils.py, the tags v0.24.0 to v0.31.0 for when a branch came;
 * its argument `ssl` under SQLAlchemy's scheme: SQLAlchemy 2.0 dialects/postgresql/asyncpg.py create_connect_args().
 */

const PARSE = 'asyncpg 0.31.0 connect_utils.py _parse_connect_dsn_and_args()';
const SQLALCHEMY = 'SQLAlchemy 2.0 dialects/postgresql/asyncpg.py create_connect_args(): the query becomes arguments of asyncpg.connect()';

/** Names that asyncpg takes out of the query, with the version they came with; all others are settings for the server. */
const OWN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['host', 'port', 'dbname', 'database', 'user', 'password', 'passfile', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslcrl'].map((name) => [name, '0.24'])),
  sslpassword: '0.25', ssl_min_protocol_version: '0.25', ssl_max_protocol_version: '0.25', target_session_attrs: '0.29',
  sslnegotiation: '0.30', krbsrvname: '0.30', gsslib: '0.30', service: '0.31',
};

/** Variables about TLS, with the version they came with. */
const ENVIRONMENT: Readonly<Record<string, readonly [variable: string, since: string]>> = {
  sslmode: ['PGSSLMODE', '0.24'],
  sslrootcert: ['PGSSLROOTCERT', '0.24'],
  ssl_min_protocol_version: ['PGSSLMINPROTOCOLVERSION', '0.25'],
  ssl_max_protocol_version: ['PGSSLMAXPROTOCOLVERSION', '0.25'],
  sslnegotiation: ['PGSSLNEGOTIATION', '0.30'],
};

/** Arguments of asyncpg.connect() that SQLAlchemy can hand on as text, and its dialect's own. */
const ARGUMENTS = new Set(['host', 'port', 'user', 'password', 'dbname', 'database', 'passfile', 'service', 'servicefile', 'ssl', 'direct_tls', 'timeout', 'command_timeout', 'statement_cache_size', 'target_session_attrs', 'krbsrvname', 'gsslib', 'max_cached_statement_lifetime', 'max_cacheable_statement_size', 'server_settings', 'prepared_statement_cache_size', 'async_fallback']);

function outcome(input: DriverInput, version: string): Outcome {
  const { string } = input;
  if (string?.problem) return refuses('syntax', { text: `asyncpg cannot read this string: ${string.problem.message}`, source: PARSE });
  const argument = unknownArgument(input);
  if (argument !== undefined) return argument;
  if (isOfSqlalchemy(string?.scheme)) {
    const unknown = string?.settings.find(({ name }) => !ARGUMENTS.has(name));
    if (unknown === undefined) return repeatedParameter(string) ?? answerOf(input, version, 'ssl');
    const text = `SQLAlchemy hands \`${nameOf(unknown)}\` to asyncpg as an argument, and asyncpg has none of that name: only \`ssl\``;
    return refuses(/ssl|tls/i.test(unknown.name) ? 'tls' : 'other', { text, source: SQLALCHEMY, setting: unknown });
  }
  if (string !== null && (string.form !== 'url' || !['postgres', 'postgresql'].includes(string.scheme ?? 'postgres'))) {
    return refuses('other', { text: 'asyncpg takes only URLs that begin with postgres:// or postgresql://', source: PARSE });
  }
  const own = new Set(Object.keys(OWN).filter((name) => compareVersions(OWN[name] ?? '', version) <= 0));
  // urllib's parse_qs drops empty parameters: measured.
  const sent = string === null ? null : { ...string, settings: string.settings.filter(({ value }) => value !== '') };
  return refusedAtStartup(sent, own, 'asyncpg', `${PARSE}: server_settings`, answerOf(input, version, 'sslmode'));
}

/** An argument about TLS that connect() has not: Python raises TypeError. */
function unknownArgument(input: DriverInput): Outcome | undefined {
  const entry = input.options?.kind === 'object' ? input.options.entries.find(({ name }) => isTlsSetting(name) && !ARGUMENTS.has(name)) : undefined;
  if (entry === undefined) return undefined;
  const setting = optionSetting(entry.name, entry);
  return refuses('tls', { text: `asyncpg.connect() takes no \`${nameOf(setting)}\`, only \`ssl\`, and raises TypeError`, source: 'asyncpg 0.31.0 connection.py connect(), measured with 0.27.0', setting });
}

function isOfSqlalchemy(scheme: string | null | undefined): boolean {
  return scheme === 'postgresql+asyncpg';
}

/** The argument `ssl` where it is no word: all else about TLS is then void. `None` is as if it were not there. */
function argumentOf(input: DriverInput, noted: Notes): Outcome | undefined {
  const option = optionOf(input.options, 'ssl');
  if (option === undefined || isSocket(input, '/')) return undefined;
  const { setting, value } = option;
  if (value.kind === 'literal' && (typeof value.value === 'string' || value.value === null || value.value === undefined)) return undefined;
  const answer = (encrypts: Encrypts, verifies: Verifies, text: string): Outcome => connects(noted, { encrypts, verifies, decidedBy: setting, reason: { text, source: PARSE, setting } });
  if (value.kind === 'literal' && value.value === false) return answer('never', 'nothing', `${quoted(setting)} turns TLS off, whatever the string says`);
  const context = checkedByContext(value, 'ssl');
  if (context !== null) return connects(noted, { encrypts: 'always', verifies: context.verifies, decidedBy: context.setting, reason: { text: context.text, source: PARSE, setting: context.setting } });
  return answer('always', 'chain-and-name', `${quoted(setting)} checks the certificate chain and the host name, unless an SSLContext was told otherwise`);
}

/** The string before the environment; an empty parameter is none (urllib's parse_qs), an empty variable is one. */
function reader(input: DriverInput, version: string): (name: string) => Setting | undefined {
  return (name) => {
    const written = input.string?.settings.findLast((setting) => setting.name === name && setting.value !== '');
    const [variable, since] = ENVIRONMENT[name] ?? ['', ''];
    return written ?? (variable !== '' && compareVersions(since, version) <= 0 ? input.environment.get(variable) : undefined);
  };
}

function answerOf(input: DriverInput, version: string, parameter: 'sslmode' | 'ssl'): Outcome {
  const noted = notes();
  const argument = argumentOf(input, noted);
  if (argument !== undefined) return argument;
  const at = (wanted: string): boolean => compareVersions(version, wanted) >= 0;
  const read = reader(input, version);
  noteRepeats(noted, input.string, [parameter, 'sslrootcert'], 'asyncpg', `${PARSE}: query[key] = val[-1]`);
  const option = optionOf(input.options, 'ssl');
  const written = option?.value.kind === 'literal' && typeof option.value.value === 'string' ? option.setting : undefined;
  // connect_args are assigned over the query, None as well.
  const said = written ?? (parameter === 'ssl' && option === undefined ? read('ssl') : undefined) ?? read('sslmode');
  // SSLMode.parse(): `getattr(cls, sslmode.replace('-', '_'))`, so both spellings are one.
  const word = said?.value?.replaceAll('_', '-');
  if (said !== undefined && !isMode(word)) {
    const hint = said.name === 'ssl' && ['true', '1'].includes(said.value ?? '') ? ', which only takes the words of sslmode here' : '';
    return refuses('tls', { text: `\`${said.key}\` has a value that asyncpg does not know, it fails before it connects${hint}`, source: `${PARSE}: SSLMode.parse()`, setting: said });
  }
  const negotiation = at('0.30') ? read('sslnegotiation') : undefined;
  if (negotiation !== undefined && !['postgres', 'direct'].includes(negotiation.value ?? '')) {
    return refuses('tls', { text: `\`${negotiation.key}\` has a value that asyncpg does not know, it fails before it connects`, source: `${PARSE}: SSLNegotiation()`, setting: negotiation });
  }
  const mode: Mode = isMode(word) ? word : 'prefer';
  const refused = mode === 'disable' ? undefined : checkProtocols(read, noted);
  if (refused !== undefined) return refuses('tls', refused);
  const answer = verified(input, mode, said ?? null, read('sslrootcert'), at, noted);
  // The files are looked for before the host is: measured.
  return answer.kind === 'connects' && isSocket(input, '/') ? overSocket(noted) : answer;
}

function overSocket(noted: Notes): Outcome {
  return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason: { text: 'the host is a Unix socket, and asyncpg uses no TLS there', source: 'asyncpg 0.31.0 connect_utils.py __connect_addr()' } });
}

function verified(input: DriverInput, mode: Mode, decidedBy: Setting | null, root: Setting | undefined, at: (version: string) => boolean, noted: Notes): Outcome {
  const setting = decidedBy === null ? {} : { setting: decidedBy };
  const said = decidedBy === null ? 'no sslmode is given, and asyncpg then' : quoted(decidedBy);
  const answer = (verifies: Verifies, text: string): Outcome => connects(noted, { encrypts: ENCRYPTS[mode], verifies, decidedBy, reason: { text: `${said} ${text}`, source: PARSE, ...setting } });
  const verifies = !isWeaker(mode, 'verify-ca');
  const file = root?.value === '' ? undefined : root;
  // Up to 0.24 the context is create_default_context(): the system's roots, and require checks nothing whatever is given.
  const reads = at('0.25') ? !isWeaker(mode, 'require') : mode !== 'disable';
  if (file?.value === 'system' && reads) {
    return refuses('tls', { text: 'asyncpg takes `system` for the name of a file, and that is not there', source: PARSE, setting: file });
  }
  if (file?.place === 'string' && (at('0.25') ? !reads : !verifies)) {
    noted.ignored.push({ setting: file, harmless: true, text: `asyncpg reads sslrootcert only for ${at('0.25') ? 'require' : 'verify-ca'} and stronger`, source: PARSE });
  }
  if (!at('0.25')) return answer(VERIFIES[mode], mode === 'verify-ca' && file === undefined ? 'accepts any certificate of a public CA, for whatever host' : WHY[mode]);
  if (verifies && file === undefined) {
    if (input.rootCertificate === 'absent') {
      return refuses('tls', { text: `sslmode=${mode} needs a root certificate, and the file ~/.postgresql/root.crt is not there`, source: PARSE, ...setting });
    }
    if (input.rootCertificate === undefined) noted.needs.push('root-certificate');
  }
  if (mode === 'require' && (file !== undefined || input.rootCertificate === 'present')) {
    return answer('chain', 'checks the certificate chain because a root certificate is there, not the host name');
  }
  return answer(VERIFIES[mode], WHY[mode]);
}

/** In the order of Python's ssl.TLSVersion. */
const TLS_VERSIONS = ['MINIMUM_SUPPORTED', 'TLSv1', 'TLSv1_1', 'TLSv1_2', 'TLSv1_3', 'MAXIMUM_SUPPORTED'];

/** ssl.TLSVersion[name.replace('.', '_')], and nothing that begins with SSL (_parse_tls_version). */
function checkProtocols(read: (name: string) => Setting | undefined, noted: Notes): Reason | undefined {
  for (const name of ['ssl_min_protocol_version', 'ssl_max_protocol_version']) {
    const setting = read(name);
    if (setting === undefined || setting.value === null || setting.value === '') continue;
    const word = setting.value.replaceAll('.', '_');
    const source = 'asyncpg 0.31.0 connect_utils.py _parse_tls_version()';
    if (!TLS_VERSIONS.includes(word)) {
      return { text: `\`${setting.key}\` has a value that asyncpg does not know, it fails before it connects`, source, setting };
    }
    if (!['TLSv1', 'TLSv1_1'].includes(word)) continue;
    noted.weakTls.push({ text: name.includes('min') ? `\`${setting.key}\` lets the server choose a TLS version below 1.2` : `\`${setting.key}\` forbids TLS 1.2 and above`, source, setting });
  }
  const [min, max] = ['ssl_min_protocol_version', 'ssl_max_protocol_version'].map(read);
  const place = (setting: Setting | undefined): number => TLS_VERSIONS.indexOf(setting?.value?.replaceAll('.', '_') ?? '');
  if (min === undefined || max === undefined || place(max) < 0 || place(min) <= place(max)) return undefined;
  return { text: `\`${min.key}\` asks for more than \`${max.key}\` allows, so no handshake succeeds`, source: 'asyncpg 0.27.0, measured', setting: min };
}

/** Where Debian and its kin keep the public roots; asyncpg has no word for them. */
const PUBLIC_ROOTS = '/etc/ssl/certs/ca-certificates.crt';

function spell(mode: Mode, root: string | null, version: string, scheme: string | null = null): Spelling {
  const needsFile = !isWeaker(mode, 'verify-ca') && compareVersions(version, '0.25') >= 0;
  const file = root !== null ? `/path/to/${root}` : needsFile ? PUBLIC_ROOTS : null;
  const condition = root === null && needsFile ? 'that file is where Debian keeps the public roots' : null;
  const asLibpq = spelled(mode, file, condition);
  const argument = mode !== 'verify-full' ? `ssl="${mode}"` : root === null ? 'ssl=True' : `ssl=ssl.create_default_context(cafile='/path/to/${root}')`;
  // SQLAlchemy hands on `ssl` alone: the file has to be in PGSSLROOTCERT or ~/.postgresql/root.crt.
  if (isOfSqlalchemy(scheme)) return { ...asLibpq, optionsAlone: true, options: argument, string: [['ssl', mode]], condition: file === null ? null : `with PGSSLROOTCERT=${file} in the environment` };
  return mode === 'verify-full' ? { ...asLibpq, optionsAlone: true, options: argument } : asLibpq;
}

const VERSIONS = ['0.24', '0.25', '0.29', '0.30', '0.31'].map((label) => ({ label, released: true }));

function versionOf(packages: PackageVersions): string | undefined {
  return packages.asyncpg === undefined ? undefined : labelOf(VERSIONS, packages.asyncpg);
}

const WORDS = [...MODES, 'typo'];

/** asyncpg 0.24 to 0.31. */
export const asyncpg: Driver = {
  id: 'asyncpg',
  title: 'asyncpg',
  versions: VERSIONS,
  forms: ['url', 'group'],
  commonFor: ['url', 'group'],
  schemes: ['postgresql+asyncpg'],
  packages: { pypi: ['asyncpg'] },
  samples: {
    string: { sslmode: WORDS, ssl: WORDS, sslrootcert: ['', 'system', 'root.crt'], sslnegotiation: ['postgres', 'direct'] },
    environment: { PGSSLMODE: WORDS, PGSSLROOTCERT: ['', 'root.crt'] },
    options: { ssl: [undefined, true, false, ...WORDS], 'ssl.check_hostname': [undefined, false], 'ssl.verify_mode': [undefined, 'CERT_NONE', 'CERT_REQUIRED'] },
  },
  versionOf,
  outcome,
  spell,
};
