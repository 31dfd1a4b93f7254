import type { ParsedString, Setting } from '../settings/setting.ts';
import { nameOf, type Notes } from './outcome.ts';
import { whatwgUrl } from './whatwg.ts';

/*
 * How node-postgres reads a connection string: pg-connection-string's parse() without its file access (sslcert,
 * sslkey and sslrootcert are taken as readable files), in the order and with the quirks of its index.js 2.14.1.
 * That package itself keeps no spans, opens files and prints warnings; it is the oracle in the tests.
 */

/** The values that it would put into pg's configuration, by name; or why it throws. */
export type PgConfig = { readonly ok: true; readonly values: ReadonlyMap<string, string | null> } | { readonly ok: false; readonly message: string };

/** Whether it takes all of a text for the name of a database. What begins with a `/` is the folder of a socket and, after a space, the database; `socket:` has them in a URL. */
export function isOnlyName({ scheme, text }: ParsedString): boolean {
  return scheme === null && !/^(?:\/|socket:)/i.test(text);
}

/** Reads a string as pg-connection-string does. */
export function readPgConnectionString(text: string): PgConfig {
  const values = new Map<string, string | null>();
  if (text.startsWith('/')) {
    const [host = '', database] = text.split(' ');
    values.set('host', host);
    if (database !== undefined) values.set('database', database);
    return { ok: true, values };
  }
  try {
    return readUrl(text, values) ? { ok: true, values } : { ok: false, message: 'it is no valid URL' };
  } catch {
    // decodeURIComponent throws. Its message may hold the string: never passed on.
    return { ok: false, message: 'a percent sign is not followed by two hexadecimal digits' };
  }
}

/** False where `new URL` throws twice; a URIError goes on to the caller. */
function readUrl(given: string, values: Map<string, string | null>): boolean {
  // "Ensure spaces are encoded as %20"
  const text = / |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(given) ? encodeURI(given).replace(/%25(\d\d)/g, '%$1') : given;
  const plain = whatwgUrl(text, 'postgres://base');
  const url = plain ?? whatwgUrl(text.replace('@/', '@___DUMMY___/'), 'postgres://base');
  if (url === null) return false;
  for (const [name, value] of url.searchParams) values.set(name, value);
  setIfEmpty(values, 'user', url.username);
  setIfEmpty(values, 'password', url.password);
  if (url.protocol === 'socket:') {
    values.set('host', decodeURI(url.pathname));
    values.set('database', url.searchParams.get('db'));
    values.set('client_encoding', url.searchParams.get('encoding'));
    return true;
  }
  const hostname = (plain === null ? '' : url.hostname).replace(/^\[(.+)\]$/, '$1');
  if (!values.get('host')) {
    values.set('host', decodeURIComponent(hostname));
  } else if (hostname !== '' && /^%2f/i.test(hostname)) {
    url.pathname = hostname + url.pathname;
  }
  if (!values.get('port')) values.set('port', url.port);
  const pathname = url.pathname.slice(1);
  values.set('database', pathname === '' ? null : decodeURI(pathname));
  return true;
}

/** An empty value counts as none, as in the original's `config.user || …`. */
function setIfEmpty(values: Map<string, string | null>, name: string, encoded: string): void {
  if (!values.get(name)) values.set(name, decodeURIComponent(encoded));
}

/** Words that it reads only behind where it returns for a socket. */
const BEHIND_SOCKET: readonly string[] = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'uselibpqcompat'];

/** Whether a string is the URL of a socket, of which no word about TLS is read: pg is given the text of `ssl` as it is (before 2.0, which pg 8.0 and older bring, not even that). Notes the others. Measured with pg 7.18.2 to 8.23.1. */
export function isOfSocket({ text, settings }: ParsedString, noted: Notes): boolean {
  if (!/^socket:/i.test(text)) return false;
  for (const setting of settings) {
    if (BEHIND_SOCKET.includes(setting.name)) noted.ignored.push({ setting, harmless: true, text: `node-postgres never reads \`${nameOf(setting)}\` of a URL that begins with socket:`, source: "pg-connection-string 2.14.1 index.js: url.protocol === 'socket:'" });
  }
  return true;
}

/** The setting of a string that gave a value, for its span: the last of that name, or the whole string. */
export function settingOf(string: ParsedString, name: string, value: string | null): Setting {
  const found = string.settings.findLast((setting) => setting.name === name);
  if (found !== undefined) return { ...found, value };
  const first = string.settings[0]?.span.start ?? 0;
  const span = { start: first, end: string.settings.at(-1)?.span.end ?? first };
  return { name, key: name, value, place: 'string', span, whole: span };
}
