import type { Mode } from '../mode.ts';
import { parseGiven } from '../settings/index.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import { truthiness } from '../value.ts';
import type { Connects, Driver, DriverInput, Outcome, Refuses, Spelling } from './driver.ts';
import { libpq } from './libpq.ts';
import { type Notes, nameOf, notes, optionOf, refuses } from './outcome.ts';
import { isOnlyName, type PgConfig, readPgConnectionString, settingOf } from './pg-connection-string.ts';

/*
 * node-postgres's native client (`pg.native`, npm `pg-native` beneath it): pg reads the settings as it always does, and then
 * makes a connection string for libpq of what has libpq's names in `ssl`. Facts: pg 8.23.1 lib/native/client.js,
 * lib/connection-parameters.js getLibpqConnectionString(); measured with libpq 18 (test/lab).
 */

const HANDED_ON = 'pg 8.23.1 lib/connection-parameters.js getLibpqConnectionString()';
const STRING = 'pg-connection-string 2.14.1 index.js';
/** Properties of `ssl` that go to libpq. `sslca` is none of its parameters. */
const HANDED = ['sslmode', 'sslca', 'sslkey', 'sslcert', 'sslrootcert'];

/** What reaches libpq: settings under its names. */
type Reaching = readonly Setting[] | Refuses;

function outcome(input: DriverInput): Outcome {
  const own = optionOf(input.options, 'nativeConnectionString');
  if (own?.value.kind === 'literal' && typeof own.value.value === 'string') return libpqOutcome(input, parseGiven(own.value.value));
  const { string } = input;
  if (string !== null && isOnlyName(string)) return refuses('other', { text: 'this is no URL (postgres://user@host/database), and node-postgres takes all of it for the name of a database', source: `${STRING}: new URL(str, 'postgres://base')` });
  const config = string === null ? null : readPgConnectionString(string.text);
  if (config?.ok === false) return refuses('syntax', { text: `node-postgres cannot read this string: ${config.message}`, source: STRING });
  const get = (name: string): Setting | undefined => (string === null ? undefined : valueIn(string, config, name));
  const noted = notes();
  const ofString = string === null ? undefined : reachingOfString(string, get, noted);
  const reaching = ofString ?? reachingOfOption(input) ?? reachingOfEnvironment(input);
  if ('kind' in reaching) return reaching;
  const option = optionOf(input.options, 'ssl');
  if (ofString !== undefined && option !== undefined && truthiness(option.value) !== false) {
    noted.ignored.push({ setting: option.setting, harmless: false, text: 'node-postgres drops the `ssl` option because the connection string says something about TLS', source: 'pg 8.23.1 lib/connection-parameters.js' });
  }
  const direct = negotiation(input, get, ofString !== undefined && !('kind' in ofString) ? get('sslmode') : undefined, reaching);
  if (direct !== undefined && 'kind' in direct) return direct;
  noteUnread(string, noted);
  const hosts = [...(string?.settings.filter(({ name }) => name === 'host') ?? []), ...(optionOf(input.options, 'host') === undefined ? [] : [hostOf(input)])];
  const all = [...reaching, ...(direct === undefined ? [] : [direct]), ...hosts];
  const answer = libpqOutcome(input, { form: 'keyword-value', text: '', scheme: null, settings: all, problem: null, templates: [], open: false });
  if (answer.kind === 'refuses') return answer;
  const setting = get('sslmode');
  const why = setting === undefined || setting.value === '' ? [] : [{ text: 'pg-native hands no sslmode of a URL on to libpq, whatever it says', source: HANDED_ON, setting }];
  return { ...answer, reasons: [...why, ...answer.reasons], ignored: [...noted.ignored, ...answer.ignored] } satisfies Connects;
}

function libpqOutcome(input: DriverInput, string: ParsedString | null): Outcome {
  const newest = libpq.versions.findLast(({ released }) => released)?.label ?? '';
  return libpq.outcome({ ...input, form: 'keyword-value', string, options: undefined }, newest, {});
}

function valueIn(string: ParsedString, config: PgConfig | null, name: string): Setting | undefined {
  const value = config?.ok === true ? config.values.get(name) : undefined;
  return value === undefined ? undefined : settingOf(string, name, value);
}

function filled(setting: Setting | undefined): Setting | undefined {
  return setting?.value === '' ? undefined : setting;
}

/** What `ssl` of pg-connection-string comes to; `undefined` where it leaves that undefined. */
function reachingOfString(string: ParsedString, get: (name: string) => Setting | undefined, noted: Notes): Reaching | undefined {
  const root = filled(get('sslrootcert'));
  if (root?.value === 'system') return refuses('tls', { text: 'node-postgres opens sslrootcert as a file, and there is none named "system"', source: `${STRING}: fs.readFileSync(config.sslrootcert)`, setting: root });
  const mode = filled(get('sslmode'));
  if (mode?.value === 'verify-ca' && get('uselibpqcompat')?.value === 'true' && root === undefined) {
    return refuses('tls', { text: 'node-postgres refuses `sslmode=verify-ca` with libpq\'s meaning without sslrootcert', source: STRING, setting: mode });
  }
  const files = ['sslrootcert', 'sslcert', 'sslkey'].flatMap((name) => filled(get(name)) ?? []);
  if (mode !== undefined || files.length > 0) {
    for (const setting of string.settings.filter(({ name }) => ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'].includes(name))) {
      noted.ignored.push({ setting, harmless: false, text: `pg-native never hands \`${setting.name}\` of a URL on to libpq`, source: HANDED_ON });
    }
    return [];
  }
  const ssl = get('ssl');
  if (ssl !== undefined) return ofWord(ssl, ssl.value === '1' ? 'true' : ssl.value === '0' ? '' : (ssl.value ?? ''));
  const direct = get('sslnegotiation');
  return direct?.value === 'direct' ? ofWord(direct, 'true') : undefined;
}

/** A text in `ssl` goes to libpq as its sslmode; `true` is none of its words. */
function ofWord(setting: Setting, word: string): Reaching {
  if (word === '' || word === 'no-verify') return [];
  return [{ ...setting, name: 'sslmode', value: word }];
}

function reachingOfOption({ options }: DriverInput): Reaching | undefined {
  const option = optionOf(options, 'ssl');
  if (option === undefined) return undefined;
  const { setting, value } = option;
  if (value.kind === 'object') {
    return HANDED.flatMap((name): Setting[] => {
      const inner = optionOf(value, name, `ssl.${name}`);
      return inner?.value.kind === 'literal' && inner.value.value !== undefined && inner.value.value !== null ? [{ ...inner.setting, name }] : [];
    });
  }
  if (value.kind !== 'literal') return [];
  if (value.value === undefined) return undefined;
  if (value.value === null) return refuses('tls', { text: 'pg-native crashes on null in `ssl`', source: `${HANDED_ON}: typeof this.ssl === 'object'`, setting });
  return value.value === false || value.value === 0 ? [] : ofWord(setting, String(value.value));
}

/** readSSLConfigFromEnvironment(): what is `true` there is a word to libpq, and no word that it knows. */
function reachingOfEnvironment({ environment }: DriverInput): Reaching {
  const variable = environment.get('PGSSLMODE');
  if (variable === undefined || !['prefer', 'require', 'verify-ca', 'verify-full'].includes(variable.value ?? '')) return [];
  return refuses('tls', { text: 'pg takes `PGSSLMODE` for `ssl: true`, hands that to libpq as its sslmode, and libpq knows no such word', source: HANDED_ON, setting: variable });
}

function negotiation(input: DriverInput, get: (name: string) => Setting | undefined, mode: Setting | undefined, reaching: readonly Setting[]): Setting | Refuses | undefined {
  const written = filled(get('sslnegotiation')) ?? filled(optionOf(input.options, 'sslnegotiation')?.setting) ?? filled(input.environment.get('PGSSLNEGOTIATION'));
  if (written === undefined || written.value === null || written.value === 'postgres') return undefined;
  const source = 'pg 8.23.1 lib/connection-parameters.js';
  if (written.value !== 'direct') return refuses('tls', { text: 'node-postgres throws on this value of sslnegotiation', source, setting: written });
  const option = optionOf(input.options, 'ssl');
  const isOn = reaching.length > 0 || (filled(mode) !== undefined && mode?.value !== 'disable') || (mode === undefined && option?.value.kind === 'object');
  return isOn ? { ...written, name: 'sslnegotiation' } : refuses('tls', { text: 'node-postgres throws on sslnegotiation=direct where TLS is off', source, setting: written });
}

function hostOf({ options }: DriverInput): Setting {
  const option = optionOf(options, 'host');
  const nowhere = { start: 0, end: 0 };
  return { name: 'host', key: 'host', value: option?.setting.value ?? null, place: 'options', span: nowhere, whole: nowhere };
}

/** Parameters of a URL that pg keeps for itself, or for nobody. */
function noteUnread(string: ParsedString | null, noted: Notes): void {
  for (const setting of string?.settings ?? []) {
    if (!/^(?:channel_binding|gssencmode|require_auth|requiressl|ssl_(?:min|max)_protocol_version|sslcrl|sslsni|sslcompression|sslcertmode|sslMode|ssl_mode|sslaccept)$/.test(setting.name)) continue;
    noted.ignored.push({ setting, harmless: true, text: `pg-native never hands \`${nameOf(setting)}\` on to libpq`, source: HANDED_ON });
  }
}

function spell(mode: Mode, root: string | null): Spelling {
  const verifies = mode === 'verify-ca' || mode === 'verify-full';
  const file = verifies ? (root === null ? 'system' : `/path/to/${root}`) : null;
  return {
    // A word in `ssl` is the one thing that gets through, and no file does.
    string: verifies ? null : [['ssl', mode]],
    options: `ssl: { sslmode: '${mode}'${file === null ? '' : `, sslrootcert: '${file}'`} }`,
    environment: null,
    condition: file === 'system' ? 'libpq 16 or later' : null,
  };
}

const WORDS = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify', 'typo'];

/** node-postgres 8's native client. */
export const pgNative: Driver = {
  id: 'pg-native',
  title: 'pg-native',
  versions: [{ label: '3', released: true }],
  forms: ['url', 'options', 'group'],
  commonFor: [],
  schemes: [],
  packages: { npm: ['pg-native'] },
  samples: {
    string: { sslmode: WORDS, ssl: ['true', '0', 'no-verify', 'require', 'verify-full', 'typo'], sslrootcert: ['', 'root.crt', 'system'], sslnegotiation: ['postgres', 'direct'] },
    environment: { PGSSLMODE: WORDS, PGSSLROOTCERT: ['', 'root.crt'] },
    options: { ssl: [undefined, true, false, 'require', { rejectUnauthorized: false }, { sslmode: 'require' }, { sslmode: 'verify-full' }], 'ssl.sslmode': [undefined, ...WORDS], 'ssl.sslrootcert': [undefined, 'root.crt'] },
  },
  versionOf: (packages) => packages['pg-native']?.split('.')[0],
  outcome,
  spell,
};
