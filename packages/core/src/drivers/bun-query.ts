import type { Mode } from '../mode.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import { MODE_OF_BUN, OLD_MODES, type Said } from './bun-settings.ts';
import type { Connects, Refuses } from './driver.ts';
import { refuses } from './outcome.ts';
import { whatwgUrl } from './whatwg.ts';

/** What the parameters of a URL say to Bun. */
interface BunQuery {
  /** `sslmode`, or a word or a no in `ssl`. */
  readonly mode?: Said;
  /** What turned TLS on without saying how: `ssl=true`, a file. */
  readonly tls?: Setting;
  readonly authority?: Setting;
  /** `sslrootcert=system` means rejectUnauthorized: true. */
  readonly reject?: { readonly value: boolean; readonly setting: Setting };
  readonly binding?: Setting;
  readonly host?: string;
  /** What it sends to the server. */
  readonly parameters: readonly Setting[];
  readonly ignored: Connects['ignored'];
}

const QUERY = 'Bun 1.4.5 internal/sql/options.ts readUrlQuery()';
const SHARED = 'Bun 1.3.14 internal/sql/shared.ts parseOptions()';

/** Names that it keeps for itself, in lower case (QUERY_OPTIONS, LIBPQ_OPTIONS). */
const OWN: ReadonlySet<string> = new Set(['path', 'socket', 'connect_timeout', 'idle_timeout', 'max_lifetime', 'max', 'prepare', 'foundrows', 'host', 'port', 'user', 'password', 'dbname']);
/** Names of libpq's that it passes over (isLibpqClientKeyword()). */
const PASSED_OVER: ReadonlySet<string> = new Set(['keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout', 'target_session_attrs', 'load_balance_hosts', 'fallback_application_name', 'sslnegotiation', 'sslcompression', 'gssencmode']);
const FILES: ReadonlySet<string> = new Set(['sslrootcert', 'sslcert', 'sslkey', 'sslpassword']);

/** Reads the parameters of a URL as this version of Bun does. */
export function readBunQuery(string: ParsedString | null, isOld: boolean): BunQuery | { readonly refuses: Refuses } {
  if (string === null) return { parameters: [], ignored: [] };
  // From 1.4 on Bun puts in a host where there is none.
  const url = whatwgUrl(string.text) ?? (isOld ? null : whatwgUrl(string.text.replace('@/', '@localhost/')));
  if (url === null || string.form !== 'url') return { refuses: refuses('syntax', { text: 'Bun cannot read this string as a URL', source: isOld ? SHARED : QUERY }) };
  if (!['postgres:', 'postgresql:'].includes(url.protocol)) {
    return { refuses: refuses('other', { text: 'Bun takes only URLs that begin with postgres:// or postgresql:// for PostgreSQL', source: isOld ? SHARED : QUERY }) };
  }
  // searchParams.toJSON() makes a list of what is repeated, which comes out as its values with commas between them.
  const values = new Map<string, string[]>();
  for (const [name, value] of url.searchParams) values.set(name, [...(values.get(name) ?? []), value]);
  const settings = [...values].flatMap(([name, all]): Setting[] => {
    const found = string.settings.findLast((setting) => setting.name === name);
    return found === undefined ? [] : [{ ...found, value: all.join() }];
  });
  return isOld ? readOld(settings) : read(settings, url.hostname);
}

function readOld(settings: readonly Setting[]): ReturnType<typeof readBunQuery> {
  let mode: Said | undefined;
  const parameters: Setting[] = [];
  for (const setting of settings) {
    const name = setting.name.toLowerCase();
    if (name === 'path') continue;
    if (name !== 'sslmode') {
      parameters.push(setting);
      continue;
    }
    const word = OLD_MODES.get(setting.value?.toLowerCase() ?? '');
    if (word === undefined) return unknownWord(setting, SHARED);
    mode = { mode: word, by: setting };
  }
  return { ...(mode === undefined ? {} : { mode }), parameters, ignored: [] };
}

function read(settings: readonly Setting[], hostname: string): ReturnType<typeof readBunQuery> {
  const found: { -readonly [Name in keyof BunQuery]: BunQuery[Name] } = { parameters: [], ignored: [], host: hostname.replace(/^%2f/i, '/') };
  const parameters: Setting[] = [];
  const ignored: BunQuery['ignored'][number][] = [];
  const say = (setting: Setting, mode: Mode): void => {
    found.mode = { mode, by: setting };
  };
  for (const setting of settings) {
    const name = setting.name.toLowerCase();
    const word = setting.value?.toLowerCase() ?? '';
    const isSwitch = name === 'ssl' || name === 'tls';
    if (isSwitch && ['true', '1'].includes(word)) found.tls ??= setting;
    else if (isSwitch && ['false', '0'].includes(word)) say(setting, 'disable');
    else if (isSwitch && word === '') continue;
    else if (isSwitch || ['sslmode', 'ssl-mode', 'ssl_mode'].includes(name)) {
      const mode = MODE_OF_BUN.get(word);
      if (mode === undefined) return unknownWord(setting, `${QUERY}: normalizeSSLMode()`);
      say(setting, mode);
    } else if (name === 'channel_binding') found.binding ??= setting;
    else if (name === 'host') found.host = setting.value ?? '';
    else if (OWN.has(name)) continue;
    else if (FILES.has(name)) {
      if (word === '') continue;
      found.tls = setting;
      if (name === 'sslrootcert' && setting.value === 'system') found.reject = { value: true, setting };
      else if (name === 'sslrootcert') found.authority = setting;
    } else if (PASSED_OVER.has(name) && !(name === 'gssencmode' && setting.value === 'require')) {
      if (name.startsWith('ssl')) ignored.push({ setting, harmless: true, text: `Bun passes over \`${name}\``, source: `${QUERY}: isLibpqClientKeyword()` });
    } else parameters.push(setting);
  }
  return { ...found, parameters, ignored };
}

function unknownWord(setting: Setting, source: string): { readonly refuses: Refuses } {
  const repeated = setting.value?.includes(',') === true ? ' (a repeated parameter is a list to it)' : '';
  return { refuses: refuses('tls', { text: `\`${setting.key}\` has a value that Bun does not know, it throws before it connects${repeated}`, source, setting }) };
}
