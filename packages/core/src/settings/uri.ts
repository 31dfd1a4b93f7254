import { isList, SettingsBuilder } from './builder.ts';
import { decodeUriPart, hasSpaceInside, SPACE_INSIDE } from './percent.ts';
import type { ParsedString } from './setting.ts';
import type { Span } from '../text.ts';

/** A comma of a list, also percent-encoded: libpq splits after it has decoded. */
const COMMA = /,|%2C/gi;
/** Names of templates that stand for more than a database's name: `${DB_PARAMS}`. */
const HOLDS_MORE = /opt|param|quer|suffix|arg|extra|ssl|url|uri|conn|dsn/i;

/**
 * Takes a URI apart as libpq 18 does (src/interfaces/libpq/fe-connect.c, conninfo_uri_parse_options). `from` is where
 * the authority begins, behind `://`; `scheme` is `null` where a template stands for it.
 */
export function parseUri(text: string, scheme: string | null, from: number): ParsedString {
  const builder = new SettingsBuilder(text);
  const { hidden } = builder;
  let at = readUserinfo(builder, from);
  at = readHosts(builder, at);
  if (at < text.length && hidden[at] !== '?') {
    const question = hidden.indexOf('?', at);
    const end = question === -1 ? text.length : question;
    const span: Span = { start: at + 1, end };
    if (span.end > span.start) {
      builder.add({ name: 'dbname', key: 'dbname', span, whole: { start: at, end } }, decodeUriPart);
      if (question === -1 && builder.endsWithTemplate(span) && (!builder.isTemplate(span) || HOLDS_MORE.test(text.slice(span.start, span.end)))) {
        builder.open = true;
      }
    }
    at = end;
  } else if (at === text.length && at > from && builder.endsWithTemplate({ start: from, end: at })) {
    // `postgres://${REST}`: without a path behind it the last template may hold that, and the parameters.
    builder.open = true;
  }
  if (at < text.length) readParameters(builder, at);
  return builder.build('url', scheme);
}

/**
 * Takes apart what follows a template that stands for a whole URL: `${DATABASE_URL}?sslmode=require`. `from` is at the
 * `?` or `&`.
 */
export function parseUriTail(text: string, from: number): ParsedString {
  const builder = new SettingsBuilder(text);
  builder.open = true;
  builder.noteTemplate({ start: 0, end: from });
  readParameters(builder, from);
  return builder.build('url', null);
}

/** `user:password@`, up to the first `@` that stands before the first `/`, as libpq looks for it. */
function readUserinfo(builder: SettingsBuilder, from: number): number {
  const { hidden } = builder;
  const end = indexOfAny(hidden, '@/', from);
  if (hidden[end] !== '@') return from;
  const colon = hidden.indexOf(':', from);
  const split = colon === -1 || colon > end ? end : colon;
  if (split > from) {
    const whole = { start: from, end: split === end ? end + 1 : split };
    builder.add({ name: 'user', key: 'user', span: { start: from, end: split }, whole }, decodeUriPart);
  }
  if (split + 1 < end) {
    builder.add({ name: 'password', key: 'password', span: { start: split + 1, end }, whole: { start: split, end } }, decodeUriPart);
  }
  return end + 1;
}

interface HostPart {
  readonly host: Span;
  readonly port: Span | null;
  /** From the first bracket or letter to the end of the port. */
  readonly whole: Span;
}

/** `host:port,host:port`; leads to the `/`, the `?` or the end behind them. */
function readHosts(builder: SettingsBuilder, from: number): number {
  const { hidden, text } = builder;
  const parts: HostPart[] = [];
  let at = from;
  for (;;) {
    const start = at;
    let host: Span;
    if (hidden[at] === '[') {
      const close = hidden.indexOf(']', at);
      if (close === -1) {
        builder.refuse('The bracket around an IPv6 address is not closed.', at, text.length);
        at = indexOfAny(hidden, '/?,', at);
        host = { start: start + 1, end: at };
      } else {
        host = { start: at + 1, end: close };
        if (close === at + 1) builder.refuse('An IPv6 address is missing between the brackets.', at, close + 1);
        at = close + 1;
        const end = indexOfAny(hidden, ':/?,', at);
        if (end > at) builder.refuse('Behind an IPv6 address in brackets only a port, a path or parameters may follow.', at, end);
        at = end;
      }
    } else {
      at = indexOfAny(hidden, ':/?,', at);
      host = { start, end: at };
    }
    let port: Span | null = null;
    if (hidden[at] === ':') {
      const end = indexOfAny(hidden, '/?,', at + 1);
      port = { start: at + 1, end };
      at = end;
    }
    parts.push({ host, port, whole: { start, end: at } });
    if (hidden[at] !== ',') break;
    at += 1;
  }
  addHosts(builder, parts);
  return at;
}

function addHosts(builder: SettingsBuilder, parts: readonly HostPart[]): void {
  const several = parts.length > 1;
  refuseSpacesInside(builder, parts);
  parts.forEach(({ host, port, whole }, index) => {
    const at = several ? { index } : {};
    const next = parts[index + 1];
    const previous = parts[index - 1];
    const all = next !== undefined ? { start: whole.start, end: next.whole.start } : previous !== undefined ? { start: previous.whole.end, end: whole.end } : whole;
    const hasPort = port !== null && port.end > port.start;
    // An empty host beside others is one (libpq: its own default); alone it is none.
    if (several || host.end > host.start) builder.add({ name: 'host', key: 'host', span: host, whole: several ? all : { start: whole.start, end: port === null ? whole.end : port.start - 1 }, ...at }, decodeUriPart);
    if (hasPort) builder.add({ name: 'port', key: 'port', span: port, whole: { start: port.start - 1, end: port.end }, ...at }, decodeUriPart);
  });
}

/** libpq decodes hosts as one string joined by commas, so that a space between two is one inside it; ports as well. */
function refuseSpacesInside(builder: SettingsBuilder, parts: readonly HostPart[]): void {
  if (parts.length < 2) return;
  for (const list of [parts.map((part) => part.host), parts.map((part) => part.port)]) {
    const joined = list.map((span) => (span === null ? '' : builder.hidden.slice(span.start, span.end))).join(',');
    const [first] = parts;
    const last = parts.at(-1);
    if (first !== undefined && last !== undefined && hasSpaceInside(joined)) builder.refuse(SPACE_INSIDE, first.whole.start, last.whole.end);
  }
}

/** A piece of a query between its separators, and what has to go when it goes: one `&`, or the `?` with the only one. */
export interface QueryPiece {
  readonly piece: Span;
  readonly whole: Span;
}

/** The pieces of a query, empty ones too (but for one behind a last `&`). `question` is where the `?` stands. */
export function splitQuery(hidden: string, question: number): readonly QueryPiece[] {
  const pieces: Span[] = [];
  for (let at = question + 1; at < hidden.length; ) {
    const ampersand = hidden.indexOf('&', at);
    const end = ampersand === -1 ? hidden.length : ampersand;
    pieces.push({ start: at, end });
    at = end + 1;
  }
  return pieces.map((piece, index) => {
    const next = pieces[index + 1];
    if (next !== undefined) return { piece, whole: { start: piece.start, end: next.start } };
    return { piece, whole: { start: index === 0 ? question : piece.start - 1, end: hidden.length } };
  });
}

/** `?name=value&name=value`, from the `?` on (fe-connect.c, conninfo_uri_parse_params). */
function readParameters(builder: SettingsBuilder, question: number): void {
  for (const { piece, whole } of splitQuery(builder.hidden, question)) readParameter(builder, piece, whole);
}

function readParameter(builder: SettingsBuilder, piece: Span, whole: Span): void {
  const { hidden, text } = builder;
  const raw = hidden.slice(piece.start, piece.end);
  const equals = raw.indexOf('=');
  const name: Span = { start: piece.start, end: equals === -1 ? piece.end : piece.start + equals };
  if (builder.isDynamic(name)) {
    // `?${PARAMETERS}`, `?${NAME}=x`: any parameter may come out of it.
    builder.open = true;
    return;
  }
  if (equals === -1) {
    builder.refuse('A parameter has no "=" and value.', piece.start, piece.end);
    return;
  }
  if (raw.includes('=', equals + 1)) builder.refuse('A parameter has a second "="; inside a value it is written %3D.', piece.start, piece.end);
  const decoded = decodeUriPart(text.slice(name.start, name.end));
  if (decoded.problem !== null) builder.refuse(decoded.problem, name.start + decoded.at, name.end);
  const span: Span = { start: name.end + 1, end: piece.end };
  if (builder.endsWithTemplate(span) && !builder.isTemplate(span)) builder.open = true;
  const found = { name: decoded.value, key: text.slice(name.start, name.end), span, whole };
  if (isList(found.name)) builder.addList(found, COMMA, decodeUriPart);
  else builder.add(found, decodeUriPart);
}

/** Where the first of some units stands, or the end. */
export function indexOfAny(text: string, units: string, from: number): number {
  for (let at = from; at < text.length; at++) if (units.includes(text.charAt(at))) return at;
  return text.length;
}
