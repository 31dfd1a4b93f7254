import { SettingsBuilder } from './builder.ts';
import type { Decoded } from './percent.ts';
import { undecoded } from './percent.ts';
import type { ParsedString } from './setting.ts';
import type { Span } from '../text.ts';

/**
 * Npgsql's names (NpgsqlConnectionStringBuilder.cs: property and display names and synonyms, case and spaces folded)
 * to libpq's, where it has one.
 */
const LIBPQ_NAMES: ReadonlyMap<string, string> = new Map([
  ['host', 'host'], ['server', 'host'], ['port', 'port'], ['database', 'dbname'], ['db', 'dbname'],
  ['username', 'user'], ['userid', 'user'], ['uid', 'user'], ['password', 'password'], ['pwd', 'password'], ['psw', 'password'],
  ['passfile', 'passfile'], ['applicationname', 'application_name'], ['clientencoding', 'client_encoding'], ['options', 'options'],
  ['sslmode', 'sslmode'], ['sslnegotiation', 'sslnegotiation'], ['sslcertificate', 'sslcert'], ['sslkey', 'sslkey'], ['sslpassword', 'sslpassword'],
  ['rootcertificate', 'sslrootcert'], ['channelbinding', 'channel_binding'], ['requireauth', 'require_auth'],
  ['gssencryptionmode', 'gssencmode'], ['kerberosservicename', 'krbsrvname'], ['timeout', 'connect_timeout'],
  ['targetsessionattributes', 'target_session_attrs'], ['loadbalancehosts', 'load_balance_hosts'],
]);

/** Keys that Npgsql has and the drivers of other databases have not. */
const OF_NPGSQL: ReadonlySet<string> = new Set([
  'rootcertificate', 'sslnegotiation', 'channelbinding', 'requireauth', 'gssencryptionmode', 'searchpath', 'includeerrordetail', 'includeerrordetails',
  'passfile', 'includerealm', 'targetsessionattributes', 'loadbalancehosts', 'hostrecheckseconds', 'maxautoprepare', 'autopreparebuffersize',
  'autoprepareminusages', 'multiplexing', 'noresetonclose', 'servercompatibilitymode', 'readbuffersize', 'writebuffersize', 'clientencoding',
  'entitytemplatedatabase', 'entityadmindatabase', 'logparameters', 'arraynullabilitymode', 'timezone', 'kerberosservicename',
  'internalcommandtimeout', 'cancellationtimeout', 'tcpkeepalive',
]);

/** Keys of SQL Server's, MySQL's and other drivers that Npgsql refuses. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'datasource', 'initialcatalog', 'trustedconnection', 'multipleactiveresultsets', 'encrypt', 'attachdbfilename', 'driver', 'provider', 'dsn',
  'multisubnetfailover', 'applicationintent', 'userinstance', 'networklibrary', 'allowuservariables', 'charset', 'characterset', 'allowloadlocalinfile',
  'convertzerodatetime', 'allowzerodatetime', 'treattinyasboolean', 'allowpublickeyretrieval', 'sslca', 'guidformat', 'oldguids', 'usecompression',
  'accountendpoint', 'accountkey', 'accountname', 'sharedaccesskeyname', 'sharedaccesskey', 'endpoint', 'defaultendpointsprotocol', 'mode', 'cache',
]);

/** Values of `Ssl Mode` that PostgreSQL has and MySQL has not. */
const SSL_MODES_OF_NPGSQL: ReadonlySet<string> = new Set(['disable', 'allow', 'prefer', 'require']);

function foldKey(key: string): string {
  return key.replaceAll(/\s+/g, '').toLowerCase();
}

/**
 * Whether these settings are Npgsql's. `Host` is its own word (SqlClient has `Server` and `Data Source`); `Server` alone
 * needs something that only Npgsql takes beside it.
 */
export function isOfNpgsql(parsed: ParsedString): boolean {
  const values = new Map(parsed.settings.map((setting) => [foldKey(setting.key), setting.value?.toLowerCase() ?? null]));
  if ([...values.keys()].some((key) => OF_OTHERS.has(key))) return false;
  const port = values.get('port');
  if (values.has('host')) return port !== '3306' && [...values.keys()].some((key) => key !== 'host' && LIBPQ_NAMES.has(key));
  if (!values.has('server')) return false;
  return (
    port === '5432' || SSL_MODES_OF_NPGSQL.has(values.get('sslmode') ?? '') || [...values.keys()].some((key) => OF_NPGSQL.has(key))
  );
}

function isBlank(unit: string): boolean {
  return /\s/.test(unit);
}

/**
 * Takes an ADO.NET connection string apart as .NET's DbConnectionStringBuilder does, which Npgsql inherits: values in
 * single or double quotes (a quote in them is doubled), a literal `=` in a key doubled.
 */
export function parseAdo(text: string): ParsedString {
  const builder = new SettingsBuilder(text);
  const { hidden } = builder;
  let first = true;
  for (let at = 0; at < hidden.length; ) {
    if (hidden[at] === ';' || isBlank(hidden.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const { key, equals } = readKey(hidden, start);
    if (equals === -1) {
      if (builder.isDynamic(key)) builder.open = true;
      else builder.refuse('A key has no "=" and value. (A value with a semicolon stands in quotes.)', key.start, key.end);
      at = key.end;
      continue;
    }
    const { span, quote, next } = readValue(builder, equals + 1);
    const behind = hidden[next] === ';';
    // One semicolon goes with it; the last takes the one before, where there is one.
    const whole = behind || first ? { start, end: behind ? next + 1 : next } : { start: hidden.lastIndexOf(';', start), end: next };
    addPair(builder, key, span, whole, quote);
    first = false;
    at = next + 1;
  }
  return builder.build('ado', null);
}

/** A key up to a single `=`; `equals` is -1 where a semicolon or the end comes first. */
function readKey(hidden: string, start: number): { readonly key: Span; readonly equals: number } {
  let at = start;
  while (at < hidden.length && hidden[at] !== ';') {
    if (hidden[at] === '=') {
      if (hidden[at + 1] !== '=') break;
      at += 1;
    }
    at += 1;
  }
  let end = Math.min(at, hidden.length);
  while (end > start && isBlank(hidden.charAt(end - 1))) end -= 1;
  return { key: { start, end }, equals: hidden[at] === '=' ? at : -1 };
}

/** A value; `next` is at the semicolon behind it, or the end. */
function readValue(builder: SettingsBuilder, from: number): { readonly span: Span; readonly quote: string; readonly next: number } {
  const { hidden } = builder;
  let start = from;
  while (start < hidden.length && isBlank(hidden.charAt(start))) start += 1;
  const quote = hidden.charAt(start);
  if (quote === '"' || quote === "'") {
    let at = start + 1;
    while (at < hidden.length && (hidden[at] !== quote || hidden[at + 1] === quote)) at += hidden[at] === quote ? 2 : 1;
    if (at >= hidden.length) builder.refuse('A quoted value is not closed.', start, hidden.length);
    const end = Math.min(at, hidden.length);
    let next = Math.min(end + 1, hidden.length);
    while (next < hidden.length && isBlank(hidden.charAt(next))) next += 1;
    if (next < hidden.length && hidden[next] !== ';') {
      builder.refuse('Behind a quoted value a semicolon has to follow.', end, next + 1);
      const semicolon = hidden.indexOf(';', next);
      next = semicolon === -1 ? hidden.length : semicolon;
    }
    return { span: { start: start + 1, end }, quote, next };
  }
  const semicolon = hidden.indexOf(';', start);
  const next = semicolon === -1 ? hidden.length : semicolon;
  let end = next;
  while (end > start && isBlank(hidden.charAt(end - 1))) end -= 1;
  if (end > start && /["']/.test(hidden.charAt(end - 1))) builder.refuse('A value without quotes around it must not end with one.', end - 1, end);
  return { span: { start, end }, quote: '', next };
}

function addPair(builder: SettingsBuilder, keySpan: Span, span: Span, whole: Span, quote: string): void {
  const { text } = builder;
  if (builder.isDynamic(keySpan)) {
    builder.open = true;
    return;
  }
  if (builder.endsWithTemplate(span) && !builder.isTemplate(span)) builder.open = true;
  const key = text.slice(keySpan.start, keySpan.end).replaceAll('==', '=');
  const name = LIBPQ_NAMES.get(foldKey(key)) ?? key;
  const decode = (raw: string): Decoded => undecoded(quote === '' ? raw : raw.replaceAll(quote + quote, quote));
  if (name === 'host') addHosts(builder, key, span, whole, decode);
  else builder.add({ name, key, span, whole }, decode);
}

/** `h1,h2:5433`: Npgsql takes a port with each host (NpgsqlConnectionStringBuilder.cs, TrySplitHostPort). */
function addHosts(builder: SettingsBuilder, key: string, span: Span, whole: Span, decode: (raw: string) => Decoded): void {
  const parts = builder.hidden.slice(span.start, span.end).split(',');
  let start = span.start;
  parts.forEach((part, position) => {
    const several = parts.length > 1;
    const index = several ? { index: position } : {};
    const end = start + part.length;
    const colon = part.lastIndexOf(':');
    const single = colon !== -1 && (part.indexOf(':') === colon || part.lastIndexOf(']') === colon - 1) && !part.startsWith('/');
    const hostEnd = single ? start + colon : end;
    const own = !several ? whole : position === parts.length - 1 ? { start: start - 1, end } : { start, end: end + 1 };
    const bracket = builder.hidden[start] === '[' && builder.hidden[hostEnd - 1] === ']' ? 1 : 0;
    builder.add({ name: 'host', key, span: { start: start + bracket, end: hostEnd - bracket }, whole: own, ...index }, decode);
    if (single && hostEnd + 1 < end) {
      builder.add({ name: 'port', key, span: { start: hostEnd + 1, end }, whole: { start: hostEnd, end }, ...index }, undecoded);
    }
    start = end + 1;
  });
}
