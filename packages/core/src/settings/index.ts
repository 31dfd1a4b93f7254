import type { Span } from '../text.ts';
import { isOfNpgsql, parseAdo } from './ado.ts';
import { parseDsn } from './dsn.ts';
import { parseJdbc } from './jdbc.ts';
import { LIBPQ_KEYWORDS, parseKeywordValue } from './keyword-value.ts';
import type { Form, ParsedString } from './setting.ts';
import { parseUri, parseUriTail } from './uri.ts';
import { findTemplates } from './template.ts';

/**
 * Schemes under which drivers and frameworks of PostgreSQL take a URL, with any `+driver` behind them: libpq's two,
 * Doctrine's and Laravel's pgsql, dj-database-url's and SQLAlchemy's dialects, Ecto's, Celery's `db+`.
 */
const SCHEME =
  /^\s*((?:(?:r2dbcs?(?::pool)?|vertx-reactive):|db\+)?(?:postgres(?:ql)?|(?:pdo-)?pgsql|psql|pg|postgis|cockroach(?:db)?|redshift|timescale(?:db|gis)?|ecto)(?:\+[\w.-]{1,40})?):\/\//i;

/** pgjdbc's and what wraps it (`jdbc:aws-wrapper:postgresql:`); not Testcontainers' `jdbc:tc:`, which starts a server of its own. */
const JDBC_SCHEME = /^\s*(jdbc:(?!tc:)(?:[\w-]{1,40}:){0,3}?(?:postgresql|pgsql|redshift|cockroachdb|yugabytedb)):/i;

/** Parameters that only PostgreSQL's drivers have: they tell that a template before them stands for one of its URLs. */
const TELLING_PARAMETER = /[?&](?:sslmode|sslrootcert|sslnegotiation|channel_binding|uselibpqcompat)=/;

/** Keywords that hardly anything but a connection string of PostgreSQL has. */
const TELLING_KEYWORDS = ['dbname', 'sslmode', 'hostaddr', 'sslrootcert', 'target_session_attrs', 'channel_binding'];
/** Ports that PostgreSQL, its poolers and test set-ups use, or a template. */
const LIKELY_PORT = /^(?:[56]4\d\d|5\d{4})?$/;

/**
 * Takes a connection string apart, of whatever form it is; `null` where it is none that we know. Strict enough for
 * strings of which nothing is known: prose and the strings of other databases are not taken for one. Linear in the
 * length of the text; never throws.
 */
export function parseString(text: string): ParsedString | null {
  if (!text.includes('=') && !text.includes(':')) return null;
  const url = parseUrl(text);
  if (url !== null) return url;
  const dsn = parseDsn(text);
  if (dsn !== null) return dsn.settings.some(({ name }) => LIBPQ_KEYWORDS.has(name)) ? withoutBlanksBefore(dsn) : null;
  if (!/^[\s;]*[A-Za-z][\w -]{0,60}=/.test(text)) return null;
  if (/[^\s;][ \t]*;[\s;]*(?:$|[A-Za-z_${])/.test(text)) {
    const ado = parseAdo(text);
    if (isOfNpgsql(ado)) return ado;
  }
  const parsed = parseKeywordValue(text);
  return isOfLibpq(parsed) ? parsed : null;
}

/** Takes a text for a connection string of this form, whatever it looks like: for callers that know what stands there. */
export function parseAs(form: 'keyword-value' | 'ado', text: string): ParsedString {
  return form === 'ado' ? parseAdo(text) : parseKeywordValue(text);
}

function parseUrl(text: string): ParsedString | null {
  const jdbc = JDBC_SCHEME.exec(text);
  if (jdbc?.[1] !== undefined) return withoutBlanksBefore(parseJdbc(text, jdbc[1].toLowerCase(), jdbc[0].length));
  const url = SCHEME.exec(text);
  if (url?.[1] !== undefined) return withoutBlanksBefore(parseUri(text, url[1].toLowerCase(), url[0].length));
  if (!TELLING_PARAMETER.test(text)) return null;
  const template = findTemplates(text)[0];
  const word = /^\s*\$[A-Za-z_]\w*(?=[?&])/.exec(text);
  const end = word !== null ? word[0].length : template?.start === 0 ? template.end : -1;
  if (end === -1) return null;
  if (text.startsWith('://', end)) return parseUri(text, null, end + '://'.length);
  return text[end] === '?' || text[end] === '&' ? parseUriTail(text, end) : null;
}

/** No driver looks behind white space for the scheme; what is read is kept. */
function withoutBlanksBefore(parsed: ParsedString): ParsedString {
  const blanks = parsed.text.length - parsed.text.trimStart().length;
  if (blanks === 0) return parsed;
  return { ...parsed, problem: { message: 'White space stands before the scheme.', span: { start: 0, end: blanks } } };
}

/**
 * Whether these keywords are a connection's: at least half are libpq's, and they say enough that is PostgreSQL's. Tags
 * and logs have `host=a service=b` as well. Where the grammar refuses the text (`host=db user=x cannot connect`), prose
 * is likelier, unless it says a good deal.
 */
function isOfLibpq(parsed: ParsedString): boolean {
  const names = parsed.settings.map((setting) => setting.name);
  if (!/^\s*[A-Za-z_]\w*\s*=/.test(parsed.text) || names.some((name) => !/^[A-Za-z_][\w.]*$/.test(name))) return false;
  if (names.filter((name) => LIBPQ_KEYWORDS.has(name)).length * 2 < names.length) return false;
  const known = new Map(parsed.settings.filter(({ name }) => LIBPQ_KEYWORDS.has(name)).map(({ name, value }) => [name, value]));
  if (parsed.problem !== null) return known.size > 2 && (known.has('dbname') || known.has('sslmode'));
  // `"sslmode=" + mode` is the beginning of something.
  if (TELLING_KEYWORDS.some((name) => known.has(name) && known.get(name) !== '')) return true;
  if (known.has('service')) return known.has('user');
  if (!known.has('host')) return false;
  return known.has('user') || known.has('password') || (known.has('port') && LIKELY_PORT.test(known.get('port') ?? ''));
}

/** One parameter of a connection string, as `parse` gives it. */
export interface Parameter {
  /** libpq's name where it has one, else as written. */
  readonly name: string;
  /** Decoded; `null` where a template hides it. */
  readonly value: string | null;
  /** Where the raw value stands, without its quotes, in UTF-16 units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** What `parse` makes of a string. */
export type Parsed =
  | { readonly ok: true; readonly form: Form; readonly parameters: readonly Parameter[] }
  | { readonly ok: false; readonly problem: { readonly message: string; readonly start: number; readonly end: number } };

/**
 * Takes a connection string apart, by the grammar of its form alone: unknown names and wrong values are kept, in source
 * order with repeats, and nothing is added. What that grammar refuses is `ok: false`, with a message that holds no part of
 * the string. More is taken for keyword/value strings than a scan would: whatever libpq's grammar takes.
 *
 * @throws TypeError where it is given something else than a string.
 */
export function parse(string: string): Parsed {
  if (typeof (string as unknown) !== 'string') throw new TypeError('parse takes a string.');
  const parsed = parseString(string) ?? parseAsWritten(string);
  if (parsed === null) return refusal('This is no connection string of PostgreSQL.', { start: 0, end: string.length });
  if (parsed.problem !== null) return refusal(parsed.problem.message, parsed.problem.span);
  return {
    ok: true,
    form: parsed.form,
    parameters: parsed.settings.map(({ name, value, span }) => ({ name, value, start: span.start, end: span.end })),
  };
}

/** Takes a text apart of which it is known that it is meant as a connection string: also `host=db`, which {@link parseString} is not sure of. */
export function parseGiven(text: string): ParsedString | null {
  const sure = parseString(text);
  if (sure !== null) return sure;
  const parsed = parseAsWritten(text);
  return parsed?.problem === null ? parsed : null;
}

/** What is neither a URL nor sure to be anything, taken for what its shape fits. */
function parseAsWritten(text: string): ParsedString | null {
  const isPlain = (parsed: ParsedString): boolean => parsed.settings.every(({ key }) => /^[A-Za-z_][\w. -]*$/.test(key));
  const dsn = parseDsn(text);
  if (dsn !== null) return withoutBlanksBefore(dsn);
  if (text.includes(';')) {
    const ado = parseAdo(text);
    if (ado.settings.length > 0 && ado.problem === null && isPlain(ado)) return ado;
  }
  const parsed = parseKeywordValue(text);
  return isPlain(parsed) && !/^\s*[a-z][\w+.-]*:/i.test(text) ? parsed : null;
}

function refusal(message: string, span: Span): Parsed {
  return { ok: false, problem: { message, start: span.start, end: span.end } };
}
