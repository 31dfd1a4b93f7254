import { isList, SettingsBuilder } from './builder.ts';
import type { Decoded } from './percent.ts';
import type { ParsedString } from './setting.ts';
import type { Span } from '../text.ts';

/**
 * What libpq 18 and its predecessors know (src/interfaces/libpq/fe-connect.c, PQconninfoOptions), with the old
 * `requiressl`, `authtype`, `tty`, and with `servicefile` and `sslkeylogfile` of the next.
 */
export const LIBPQ_KEYWORDS: ReadonlySet<string> = new Set([
  'service', 'servicefile', 'user', 'password', 'passfile', 'channel_binding', 'connect_timeout', 'dbname', 'host', 'hostaddr', 'port',
  'client_encoding', 'options', 'application_name', 'fallback_application_name', 'keepalives', 'keepalives_idle', 'keepalives_interval',
  'keepalives_count', 'tcp_user_timeout', 'sslmode', 'sslnegotiation', 'sslcompression', 'sslcert', 'sslkey', 'sslcertmode', 'sslpassword',
  'sslrootcert', 'sslcrl', 'sslcrldir', 'sslsni', 'requirepeer', 'require_auth', 'min_protocol_version', 'max_protocol_version',
  'ssl_min_protocol_version', 'ssl_max_protocol_version', 'gssencmode', 'krbsrvname', 'gsslib', 'gssdelegation', 'replication',
  'target_session_attrs', 'load_balance_hosts', 'scram_client_key', 'scram_server_key', 'sslkeylogfile', 'oauth_issuer', 'oauth_client_id',
  'oauth_client_secret', 'oauth_scope', 'requiressl', 'authtype', 'tty',
]);

/** What is left of a raw value when its backslashes have done their work. */
function decodeEscapes(raw: string): Decoded {
  return { value: raw.includes('\\') ? raw.replace(/\\([\s\S]?)/g, '$1') : raw, problem: null, at: 0 };
}

/** White space of C's isspace: what libpq takes for a separator, and no other space of Unicode. */
function isBlank(unit: string): boolean {
  return unit === ' ' || (unit >= '\t' && unit <= '\r');
}

/** An escaped unit, or a comma. */
const COMMA = /\\[\s\S]|,/g;

/** Takes a keyword/value string apart as libpq does (fe-connect.c, conninfo_parse). What it would stop at is skipped here. */
export function parseKeywordValue(text: string): ParsedString {
  const builder = new SettingsBuilder(text);
  const { hidden } = builder;
  const skipBlanks = (from: number): number => {
    let at = from;
    while (at < hidden.length && isBlank(hidden.charAt(at))) at += 1;
    return at;
  };

  let at = skipBlanks(0);
  let before = 0;
  while (at < hidden.length) {
    const start = at;
    while (at < hidden.length && hidden[at] !== '=' && !isBlank(hidden.charAt(at))) at += 1;
    const name: Span = { start, end: at };
    const equals = skipBlanks(at);
    if (hidden[equals] !== '=') {
      // `host=a ${MORE}`: a template for any settings. Anything else is a mistake.
      if (builder.isDynamic(name)) builder.open = true;
      else builder.refuse('A keyword has no "=" and value. (A value with spaces stands in single quotes.)', name.start, name.end);
      before = at;
      at = equals;
      continue;
    }
    at = skipBlanks(equals + 1);
    const value = hidden[at] === "'" ? readQuoted(builder, at) : readBare(hidden, at);
    at = skipBlanks(value.next);
    // The blanks behind it go with it; the last takes those before it.
    const whole = at < hidden.length || before === 0 ? { start, end: at } : { start: before, end: at };
    before = value.next;
    if (builder.isDynamic(name)) {
      builder.open = true;
      continue;
    }
    if (builder.endsWithTemplate(value.span) && !builder.isTemplate(value.span)) builder.open = true;
    const key = text.slice(name.start, name.end);
    const found = { name: key, key, span: value.span, whole };
    if (isList(key)) builder.addList(found, COMMA, decodeEscapes);
    else builder.add(found, decodeEscapes);
  }
  return builder.build('keyword-value', null);
}

interface RawValue {
  readonly span: Span;
  /** Where reading goes on. */
  readonly next: number;
}

function readBare(hidden: string, from: number): RawValue {
  let at = from;
  while (at < hidden.length && !isBlank(hidden.charAt(at))) at += hidden[at] === '\\' ? 2 : 1;
  const end = Math.min(at, hidden.length);
  return { span: { start: from, end }, next: end };
}

/** A value in single quotes, in which only a backslash escapes; another keyword may follow without a blank. */
function readQuoted(builder: SettingsBuilder, quote: number): RawValue {
  const { hidden } = builder;
  let at = quote + 1;
  while (at < hidden.length && hidden[at] !== "'") at += hidden[at] === '\\' ? 2 : 1;
  if (at >= hidden.length) {
    builder.refuse('A quoted value is not closed.', quote, hidden.length);
    return { span: { start: quote + 1, end: hidden.length }, next: hidden.length };
  }
  return { span: { start: quote + 1, end: at }, next: at + 1 };
}
