import type { Mode } from '../mode.ts';
import type { Setting } from '../settings/setting.ts';
import { type Value, truthiness } from '../value.ts';
import type { Driver, DriverInput, Outcome, PackageVersions, Reason, Refuses, Spelling } from './driver.ts';
import { UNSAID, pg7Tls, spellPg7 } from './node-postgres-7.ts';
import { nodeTls } from './node-tls.ts';
import { type Notes, connects, noteRepeats, notes, optionOf, quoted, refuses } from './outcome.ts';
import { isOfSocket, isOnlyName, type PgConfig, readPgConnectionString, settingOf } from './pg-connection-string.ts';
import { compareVersions } from './versions.ts';

/*
 * node-postgres (npm `pg`), JavaScript client. Facts: pg 8.23.1 lib/connection-parameters.js and lib/connection.js,
 * pg-connection-string 2.14.1 index.js; the versions in which a branch came are read from the published packages
 * 2.3.0 to 2.14.1 and 8.0.3 to 8.23.1. What 7 does in another way lies in node-postgres-7.ts.
 */

const PARAMETERS = 'pg 8.23.1 lib/connection-parameters.js';
const CONNECTION = 'pg 8.23.1 lib/connection.js upgradeToSSL()';
const STRING = 'pg-connection-string 2.14.1 index.js';
const ANNOUNCED = 'pg-connection-string 2.14.1 index.js deprecatedSslModeWarning(): announced for pg 9';

/** What `ssl` is after all sources were read. `undefined` is nobody said anything. */
type Ssl =
  | { readonly kind: 'off' | 'on'; readonly by: Setting | null; readonly reason: Reason }
  | { readonly kind: 'unverified' | 'chain'; readonly by: Setting; readonly reason: Reason }
  | { readonly kind: 'object'; readonly value: Value; readonly by: Setting | null }
  | { readonly kind: 'throws'; readonly cause: Refuses['cause']; readonly reason: Reason };

/** What the versions of its packages make a difference in; each was compared with that package itself (node-postgres.oracle.test.ts). */
interface Abilities {
  readonly announced: boolean;
  /** pg 8.0.0. */
  readonly verifies: boolean;
  /** pg-connection-string 2.1.0 reads sslrootcert, sslcert, sslkey and any text in `ssl`; before it, `ssl=true` and `ssl=1` alone count. */
  readonly files: boolean;
  /** pg-connection-string 2.4.0. */
  readonly sslmode: boolean;
  /** pg-connection-string 2.8.0. */
  readonly libpqCompat: boolean;
  /** pg-connection-string 2.14.0: `sslnegotiation=direct` alone turns TLS on, whether pg knows the word or not. */
  readonly directTurnsOn: boolean;
  /** pg 8.22.0. */
  readonly negotiates: boolean;
  /** pg 8.1.0, in `ssl` and in PGSSLMODE. */
  readonly noVerify: boolean;
  /** pg 8.5.0: `'key' in self.ssl` throws on a text or a number; before it, Object.assign took anything. */
  readonly crashesOnText: boolean;
  /** pg 8.5.1 takes the text `'true'` for true again. */
  readonly textTrue: boolean;
}

function abilities(version: string, packages: PackageVersions): Abilities {
  const pg = packages.pg ?? (version === '7' ? '7.18.2' : undefined);
  const pgAt = (wanted: string): boolean => pg === undefined || compareVersions(pg, wanted) >= 0;
  // pg 7 and 8.0 pin pg-connection-string to 0.1.3; from 8.1.0 on it takes the newest 2.x.
  const string = packages['pg-connection-string'] ?? (pgAt('8.1.0') ? undefined : '0.1.3');
  const at = (wanted: string): boolean => string === undefined || compareVersions(string, wanted) >= 0;
  return {
    announced: version === '9',
    verifies: pgAt('8.0.0'),
    files: at('2.1.0'),
    sslmode: at('2.4.0'),
    libpqCompat: at('2.8.0'),
    directTurnsOn: at('2.14.0'),
    negotiates: pgAt('8.22.0'),
    noVerify: pgAt('8.1.0'),
    crashesOnText: pgAt('8.5.0'),
    textTrue: pgAt('8.5.1') || !pgAt('8.5.0'),
  };
}

function outcome(input: DriverInput, version: string, packages: PackageVersions): Outcome {
  const can = abilities(version, packages);
  const noted = notes();
  const { string } = input;
  if (string !== null && isOnlyName(string)) {
    return refuses('other', { text: 'this is no URL (postgres://user@host/database), and node-postgres takes all of it for the name of a database', source: `${STRING}: new URL(str, 'postgres://base')` });
  }
  const config: PgConfig | null = string === null ? null : readPgConnectionString(string.text);
  if (config?.ok === false) {
    return refuses('syntax', { text: `node-postgres cannot read this string: ${config.message}`, source: STRING });
  }
  noteRepeats(noted, string, ['sslmode', 'ssl', 'sslrootcert', 'uselibpqcompat', 'sslnegotiation'], 'node-postgres', `${STRING}: searchParams are read in order`);

  const get = (name: string): Setting | undefined => {
    const value = config?.values.get(name);
    return string === null || value === undefined ? undefined : settingOf(string, name, value);
  };
  const raw = string !== null && isOfSocket(string, noted) ? ((can.files ? get('ssl') : undefined) ?? null) : undefined;
  const ofSocket = raw == null ? undefined : sslOfOption(raw, { kind: 'literal', value: raw.value, span: raw.span }, can);
  const fromString = string === null || raw !== undefined ? ofSocket : sslOfString(string.settings, get, can, noted);
  if (fromString?.kind === 'throws') return refuses(fromString.cause, fromString.reason);

  const option = optionOf(input.options, 'ssl');
  const fromOptions = option === undefined ? undefined : sslOfOption(option.setting, option.value, can);
  const variable = input.environment.get('PGSSLMODE');
  const fromEnvironment = variable === undefined ? undefined : sslOfEnvironment(variable, can);

  // pg/lib/connection-parameters.js:59: the string's result is assigned over the options, the environment fills what is undefined.
  const ssl = fromString ?? fromOptions ?? fromEnvironment;
  if (fromString !== undefined && fromString.kind !== 'object' && option !== undefined && fromOptions !== undefined) {
    noteOverride(option.setting, fromOptions, fromString, can, noted);
  }
  if (fromOptions !== undefined && fromString === undefined) noteIgnoredVariable(variable, fromEnvironment, fromOptions, option?.setting, noted);
  noteUnread(input, noted);

  const direct = directNegotiation(input, config, can, ssl);
  if (direct !== undefined) return refuses('tls', direct);
  return answer(ssl, can, noted);
}

function answer(ssl: Ssl | undefined, { verifies }: Abilities, noted: Notes): Outcome {
  if (ssl === undefined) {
    const reason: Reason = { text: 'no sslmode and no `ssl` option is given, and node-postgres then never tries TLS', source: `${PARAMETERS}: defaults.ssl is false` };
    return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: null, reason });
  }
  if (!verifies && (ssl.kind === 'on' || ssl.kind === 'chain')) {
    return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: ssl.by, reason: ssl.by === null ? UNSAID : { ...UNSAID, setting: ssl.by } });
  }
  switch (ssl.kind) {
    case 'throws':
      return refuses(ssl.cause, ssl.reason);
    case 'off':
      return connects(noted, { encrypts: 'never', verifies: 'nothing', decidedBy: ssl.by, reason: ssl.reason });
    case 'unverified':
      return connects(noted, { encrypts: 'always', verifies: 'nothing', decidedBy: ssl.by, reason: ssl.reason });
    case 'chain':
      return connects(noted, { encrypts: 'always', verifies: 'chain', decidedBy: ssl.by, reason: ssl.reason, obeysNodeTlsEnv: true });
    case 'on':
      return connects(noted, { encrypts: 'always', verifies: 'chain-and-name', decidedBy: ssl.by, reason: ssl.reason, obeysNodeTlsEnv: true });
    case 'object': {
      const tls = verifies ? nodeTls(ssl.value, 'ssl', noted) : pg7Tls(ssl.value);
      if ('refuses' in tls) return refuses('tls', tls.refuses);
      const decidedBy = tls.decidedBy ?? ssl.by;
      return connects(noted, { encrypts: 'always', verifies: tls.verifies, decidedBy, reason: tls.reason, obeysNodeTlsEnv: tls.obeysNodeTlsEnv });
    }
  }
}

/** pg-connection-string's `config.ssl`; `undefined` where it leaves it undefined. */
function sslOfString(settings: readonly Setting[], get: (name: string) => Setting | undefined, can: Abilities, noted: Notes): Ssl | undefined {
  if (!can.files) return sslOfOldString(settings, get, noted);
  const sslmode = can.sslmode ? filled(get('sslmode')) : undefined;
  const files = ['sslrootcert', 'sslcert', 'sslkey'].flatMap((name) => filled(get(name)) ?? []);
  const ssl = get('ssl');
  const system = files.find((file) => file.name === 'sslrootcert' && file.value === 'system');
  if (system !== undefined) {
    const text = 'node-postgres opens sslrootcert as a file, and there is none named "system"; its `sslmode=verify-full` uses the public roots without it';
    return { kind: 'throws', cause: 'tls', reason: { text, source: `${STRING}: fs.readFileSync(config.sslrootcert)`, setting: system } };
  }
  if (!can.sslmode) noteUnreadYet(settings, ['sslmode'], '2.4.0', '2.3.0', noted);
  const by = sslmode ?? files.at(-1);
  if (by === undefined) return sslParameter(ssl, get('sslnegotiation'), can);
  // pg-connection-string index.js: sslmode or a file sets `ssl = {}`, whatever `ssl` said before.
  if (ssl !== undefined && sslmode !== undefined && disagrees(ssl, sslmode)) {
    noted.conflicts.push({ setting: ssl, winner: sslmode, text: `node-postgres lets sslmode win over ${quoted(ssl)}`, source: STRING });
  }
  const compat = can.announced || (can.libpqCompat && get('uselibpqcompat')?.value === 'true');
  return sslmode === undefined
    ? { kind: 'on', by, reason: { text: `\`${by.key}\` alone turns TLS on, with the chain and the host name verified`, source: STRING, setting: by } }
    : sslOfMode(sslmode, get, compat, can.announced, noted);
}

/** pg-connection-string 0.1.3, of pg 8.0: two words, and `ssl` stays undefined for everything else. */
function sslOfOldString(settings: readonly Setting[], get: (name: string) => Setting | undefined, noted: Notes): Ssl | undefined {
  const source = 'pg-connection-string 0.1.3 index.js';
  const ssl = get('ssl');
  // Two of them are an array in Node's old url.parse, which is neither word.
  const on = (ssl?.value === 'true' || ssl?.value === '1') && settings.filter(({ name }) => name === 'ssl').length === 1;
  noteUnreadYet(settings, ['sslrootcert', 'sslcert', 'sslkey', ...(on ? [] : ['ssl'])], '2.1.0', '0.1.3', noted);
  noteUnreadYet(settings, ['sslmode'], '2.4.0', '0.1.3', noted);
  return ssl !== undefined && on ? { kind: 'on', by: ssl, reason: { text: `${quoted(ssl)} turns TLS on, with the chain and the host name verified`, source, setting: ssl } } : undefined;
}

/** Parameters that only a later pg-connection-string reads. */
function noteUnreadYet(settings: readonly Setting[], names: readonly string[], first: string, version: string, noted: Notes): void {
  for (const setting of settings.filter(({ name }) => names.includes(name))) {
    noted.ignored.push({ setting, harmless: true, text: `this pg-connection-string does not read ${quoted(setting)}, ${first} was the first`, source: `pg-connection-string ${version} index.js` });
  }
}

function sslOfMode(sslmode: Setting, get: (name: string) => Setting | undefined, compat: boolean, announced: boolean, noted: Notes): Ssl {
  const word = sslmode.value ?? '';
  const root = filled(get('sslrootcert'));
  const said = quoted(sslmode);
  const source = announced ? ANNOUNCED : compat ? `${STRING}: uselibpqcompat=true` : STRING;
  const because = (text: string): { by: Setting; reason: Reason } => ({ by: sslmode, reason: { text, source, setting: sslmode } });
  if (word === 'disable') return { kind: 'off', ...because(`${said} turns TLS off`) };
  if (compat && (word === 'prefer' || (word === 'require' && root === undefined))) {
    return { kind: 'unverified', ...because(`${said} with libpq's meaning accepts any certificate`) };
  }
  if (compat && word === 'verify-ca' && root === undefined) {
    return { kind: 'throws', cause: 'tls', reason: { text: `node-postgres refuses ${said} with libpq's meaning without sslrootcert`, source, setting: sslmode } };
  }
  if (compat && (word === 'require' || word === 'verify-ca')) {
    return { kind: 'chain', ...because(`${said} with libpq's meaning checks the certificate chain, not the host name`) };
  }
  // With uselibpqcompat the word is no branch of the switch, and `ssl = {}` stays: measured by the oracle.
  if (word === 'no-verify' && (!compat || announced)) return { kind: 'unverified', ...because(`${said} accepts any certificate`) };
  if (!['prefer', 'require', 'verify-ca', 'verify-full'].includes(word)) {
    const text = 'an sslmode that node-postgres does not know is taken for verify-full';
    noted.unknownValues.push({ text, source, setting: sslmode });
  }
  return { kind: 'on', ...because(`${said} verifies the certificate chain and the host name`) };
}

/** `?ssl=…` without sslmode: 'true' and '1' are true, '0' is false, any other text stays text. */
function sslParameter(ssl: Setting | undefined, negotiation: Setting | undefined, can: Abilities): Ssl | undefined {
  if (ssl !== undefined) return sslWord(ssl, ssl.value ?? '', ['true', '1'], ['0', ''], can);
  if (can.directTurnsOn && negotiation?.value === 'direct') {
    return { kind: 'on', by: negotiation, reason: { text: '`sslnegotiation=direct` turns TLS on, with the chain and the host name verified', source: STRING, setting: negotiation } };
  }
  return undefined;
}

/** A text in `ssl`. pg/lib/connection-parameters.js:80 knows 'true' and 'no-verify'; any other crashes in lib/connection.js (`'key' in self.ssl`). */
function sslWord(setting: Setting, word: string, on: readonly string[], off: readonly string[], can: Abilities): Ssl {
  if (off.includes(word)) return { kind: 'off', by: setting, reason: { text: `\`${setting.key}\` turns TLS off`, source: STRING, setting } };
  if (word === 'no-verify' && can.noVerify) return { kind: 'unverified', by: setting, reason: { text: `\`${setting.key}\` no-verify accepts any certificate`, source: PARAMETERS, setting } };
  if (on.includes(word) || (word === 'true' && can.textTrue)) {
    return { kind: 'on', by: setting, reason: { text: `\`${setting.key}\` turns TLS on, with the chain and the host name verified`, source: PARAMETERS, setting } };
  }
  return notAnObject(setting, 'text', can);
}

/** What is truthy and neither true nor an object. */
function notAnObject(setting: Setting, what: 'text' | 'number', can: Abilities): Ssl {
  if (!can.crashesOnText) {
    return { kind: 'on', by: setting, reason: { text: `any ${what} in \`${setting.key}\` turns TLS on, with the chain and the host name verified`, source: 'pg 8.4.0 lib/connection.js: Object.assign({ socket }, self.ssl)', setting } };
  }
  const text = what === 'number' ? `node-postgres crashes on a number in \`${setting.key}\`` : `node-postgres crashes on a text in \`${setting.key}\` other than true and no-verify`;
  return { kind: 'throws', cause: 'tls', reason: { text, source: `${CONNECTION}: 'key' in self.ssl`, setting } };
}

function sslOfOption(setting: Setting, value: Value, can: Abilities): Ssl | undefined {
  const on: Ssl = { kind: 'on', by: setting, reason: { text: '`ssl` turns TLS on, with the chain and the host name verified', source: CONNECTION, setting } };
  if (value.kind === 'object') return { kind: 'object', value, by: setting };
  if (value.kind !== 'literal') return on;
  if (value.value === undefined) return undefined;
  if (value.value === true) return on;
  if (typeof value.value === 'string' && value.value !== '') return sslWord(setting, value.value, [], [], can);
  if (truthiness(value) === false) return { kind: 'off', by: setting, reason: { text: `${quoted(setting)} turns TLS off`, source: PARAMETERS, setting } };
  return notAnObject(setting, 'number', can);
}

/** readSSLConfigFromEnvironment(): read only where `ssl` is undefined. `allow` and any other word are the default: off. */
function sslOfEnvironment(setting: Setting, can: Abilities): Ssl | undefined {
  const source = `${PARAMETERS} readSSLConfigFromEnvironment()`;
  const unknown: Ssl = { kind: 'off', by: setting, reason: { text: 'node-postgres does not know this value of `PGSSLMODE` and then never tries TLS', source, setting } };
  switch (setting.value) {
    case 'disable':
      return { kind: 'off', by: setting, reason: { text: '`PGSSLMODE=disable` turns TLS off', source, setting } };
    case 'prefer':
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return { kind: 'on', by: setting, reason: { text: `${quoted(setting)} verifies the certificate chain and the host name`, source, setting } };
    case 'no-verify':
      if (!can.noVerify) return unknown;
      return { kind: 'unverified', by: setting, reason: { text: '`PGSSLMODE=no-verify` accepts any certificate', source, setting } };
    case '':
      return undefined;
    default:
      return unknown;
  }
}

function noteOverride(loser: Setting, option: Ssl, string: Ssl, { verifies }: Abilities, noted: Notes): void {
  if (string.kind === 'throws' || string.kind === 'object' || string.by === null || option.kind === string.kind) return;
  if (verifies && option.kind === 'object' && option.value.kind === 'object' && string.kind === 'on') {
    const answer = nodeTls(option.value, 'ssl', notes());
    const keepsCa = option.value.entries.some(({ name }) => ['ca', 'cert', 'key', 'pfx', 'checkServerIdentity'].includes(name));
    if (!('refuses' in answer) && answer.verifies === 'chain-and-name' && !keepsCa && !option.value.open) return;
  }
  const text = `node-postgres drops the \`ssl\` option because the connection string says \`${string.by.key}\``;
  noted.conflicts.push({ setting: loser, winner: string.by, text, source: `${PARAMETERS}: Object.assign({}, config, parse(config.connectionString))` });
}

function noteIgnoredVariable(variable: Setting | undefined, environment: Ssl | undefined, option: Ssl, winner: Setting | undefined, noted: Notes): void {
  if (variable === undefined || winner === undefined || environment === undefined || environment.kind === option.kind) return;
  if (environment.kind === 'on' && option.kind === 'object') return;
  noted.conflicts.push({ setting: variable, winner, text: 'node-postgres reads PGSSLMODE only where no `ssl` is given', source: PARAMETERS });
}

/** TLS settings that pg keeps as inert keys of its configuration. */
const UNREAD = /^(?:sslmode|sslrootcert|sslcert|sslkey|sslMode|ssl_mode|SSLMODE|rejectUnauthorized|channel_binding|gssencmode|ssl_min_protocol_version|ssl_max_protocol_version|sslcrl|sslsni|sslcompression|sslcertmode|require_auth|sslpassword|requiressl|sslaccept|ssl-mode)$/;

function noteUnread(input: DriverInput, noted: Notes): void {
  for (const setting of input.string?.settings ?? []) {
    if (!UNREAD.test(setting.name) || ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'].includes(setting.name)) continue;
    noted.ignored.push({ setting, harmless: true, text: `node-postgres never reads \`${setting.key}\``, source: `${STRING}: no such key is used` });
  }
  if (input.options?.kind !== 'object') return;
  for (const { name } of input.options.entries) {
    const option = optionOf(input.options, name);
    if (option === undefined || !UNREAD.test(name)) continue;
    noted.ignored.push({ setting: option.setting, harmless: true, text: `node-postgres never reads a \`${name}\` option, only \`ssl\``, source: `${PARAMETERS}: no such key is used` });
  }
}

/** pg/lib/connection-parameters.js, `sslnegotiation`: the string's over the option's, the environment's where that is empty. */
function directNegotiation(input: DriverInput, config: PgConfig | null, can: Abilities, ssl: Ssl | undefined): Reason | undefined {
  if (!can.negotiates || ssl?.kind === 'throws') return undefined;
  const value = config?.ok === true ? config.values.get('sslnegotiation') : undefined;
  const given = value !== undefined && input.string !== null ? settingOf(input.string, 'sslnegotiation', value) : optionOf(input.options, 'sslnegotiation')?.setting;
  const written = filled(given) ?? input.environment.get('PGSSLNEGOTIATION');
  if (written === undefined || written.value === null || written.value === '' || written.value === 'postgres') return undefined;
  const on = { source: PARAMETERS, setting: written };
  if (written.value !== 'direct') return { text: 'node-postgres throws on this value of sslnegotiation', ...on };
  return ssl === undefined || ssl.kind === 'off' ? { text: 'node-postgres throws on sslnegotiation=direct where TLS is off', ...on } : undefined;
}

/** Empty counts as not given, as in the original's `if (config.sslmode)`. */
function filled(setting: Setting | undefined): Setting | undefined {
  return setting?.value === '' ? undefined : setting;
}

function disagrees(ssl: Setting, sslmode: Setting): boolean {
  return (sslmode.value === 'disable') !== ['0', 'false', ''].includes(ssl.value ?? '');
}

function spell(mode: Mode, root: string | null, version: string): Spelling {
  if (version === '7') return spellPg7(mode, root);
  const file = root === null ? null : `/path/to/${root}`;
  switch (mode) {
    case 'disable':
    case 'allow':
    case 'prefer':
      return { string: [['sslmode', 'disable']], options: 'ssl: false', environment: [['PGSSLMODE', 'disable']], condition: null };
    case 'require':
      return { string: [['sslmode', 'no-verify']], options: 'ssl: { rejectUnauthorized: false }', environment: [['PGSSLMODE', 'no-verify']], condition: null };
    default:
      return {
        string: [['sslmode', 'verify-full'], ...(file === null ? [] : ([['sslrootcert', file]] as const))],
        options: file === null ? 'ssl: true' : `ssl: { ca: readFileSync('${file}', 'utf8') }`,
        environment: [['PGSSLMODE', 'verify-full'], ...(file === null ? [] : ([['NODE_EXTRA_CA_CERTS', file]] as const))],
        condition: null,
      };
  }
}

const WORDS = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify', 'typo'];

/** node-postgres 7 and 8, and 9 as announced. */
export const nodePostgres: Driver = {
  id: 'node-postgres',
  title: 'node-postgres',
  versions: [{ label: '7', released: true }, { label: '8', released: true }, { label: '9', released: false }],
  forms: ['url', 'options', 'group'],
  commonFor: ['url', 'options', 'group'],
  schemes: [],
  stringOption: 'connectionString',
  packages: { npm: ['pg', 'pg-pool'] },
  samples: {
    string: { sslmode: WORDS, ssl: ['true', '0', 'no-verify', 'typo'], uselibpqcompat: ['true', 'false'], sslrootcert: ['', 'root.crt', 'system'], sslnegotiation: ['postgres', 'direct'] },
    environment: { PGSSLMODE: WORDS },
    options: { ssl: [undefined, true, false, { rejectUnauthorized: false }], 'ssl.rejectUnauthorized': [undefined, true, false], 'ssl.checkServerIdentity': [undefined] },
  },
  versionOf: (packages) => packages.pg?.split('.')[0],
  outcome,
  spell,
};
