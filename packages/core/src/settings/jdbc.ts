import { isList, SettingsBuilder } from './builder.ts';
import { decodeJavaUrl, undecoded } from './percent.ts';
import type { ParsedString } from './setting.ts';
import { indexOfAny, splitQuery } from './uri.ts';

/** pgjdbc's own names for what libpq names otherwise (org/postgresql/PGProperty.java, PGPropertyUtil.java). */
const LIBPQ_NAMES: ReadonlyMap<string, string> = new Map([['PGHOST', 'host'], ['PGPORT', 'port'], ['PGDBNAME', 'dbname']]);

const COMMA = /,|%2C/gi;

/**
 * Takes a JDBC URL apart as pgjdbc 42.7 does (org/postgresql/Driver.java, parseURL). `from` is behind the scheme's last
 * colon. Names of parameters are not decoded, values are, and a lone name has an empty value.
 */
export function parseJdbc(text: string, scheme: string, from: number): ParsedString {
  const builder = new SettingsBuilder(text);
  const { hidden } = builder;
  const question = hidden.indexOf('?', from);
  const end = question === -1 ? text.length : question;
  if (hidden.startsWith('//', from)) readServer(builder, from + 2, end, question === -1);
  else if (hidden[from] === '/') builder.refuse('Before the database either "//" and a host stand, or nothing.', from, end);
  else addDatabase(builder, from, from, end, question === -1);
  if (question !== -1) readParameters(builder, question);
  return builder.build('jdbc', scheme);
}

function addDatabase(builder: SettingsBuilder, wholeStart: number, start: number, end: number, last: boolean): void {
  if (end === start) return;
  const span = { start, end };
  builder.add({ name: 'dbname', key: 'dbname', span, whole: { start: wholeStart, end } }, decodeJavaUrl);
  if (last && builder.endsWithTemplate(span) && !builder.isTemplate(span)) builder.open = true;
}

function readServer(builder: SettingsBuilder, from: number, end: number, last: boolean): void {
  const { hidden } = builder;
  const slash = hidden.slice(from, end).indexOf('/');
  const authorityEnd = slash === -1 ? end : from + slash;
  readHosts(builder, from, authorityEnd);
  if (slash === -1) {
    if (last && builder.endsWithTemplate({ start: from, end })) builder.open = true;
    // `jdbc:postgresql://` alone is all defaults.
    else if (end > from) builder.refuse('A "/" is missing behind the host and port.', from, end);
    return;
  }
  if (hidden.slice(authorityEnd + 1, end).includes('/')) builder.refuse('There is more than one "/" behind the host.', authorityEnd, end);
  addDatabase(builder, authorityEnd, authorityEnd + 1, end, last);
}

function readHosts(builder: SettingsBuilder, from: number, end: number): void {
  const { hidden } = builder;
  const at = hidden.slice(from, end).lastIndexOf('@');
  let start = from;
  if (at !== -1) {
    builder.refuse('pgjdbc takes no user and password before the host: they are the parameters user and password.', from, from + at + 1);
    start = from + at + 1;
    const colon = indexOfAny(hidden, ':@', from);
    const whole = { start: from, end: start };
    if (colon > from) builder.add({ name: 'user', key: 'user', span: { start: from, end: colon }, whole }, decodeJavaUrl);
    if (colon < start - 1) builder.add({ name: 'password', key: 'password', span: { start: colon + 1, end: start - 1 }, whole: { start: colon, end: start - 1 } }, decodeJavaUrl);
  }
  if (start >= end) return;
  const addresses = hidden.slice(start, end).split(',');
  const several = addresses.length > 1;
  addresses.forEach((address, position) => {
    const index = several ? { index: position } : {};
    const isLast = position === addresses.length - 1;
    const whole = !several ? { start, end: start + address.length } : isLast ? { start: start - 1, end: start + address.length } : { start, end: start + address.length + 1 };
    const colon = address.lastIndexOf(':');
    const hostLength = colon !== -1 && colon > address.lastIndexOf(']') ? colon : address.length;
    const bracket = address.startsWith('[') && address[hostLength - 1] === ']' ? 1 : 0;
    const host = { start: start + bracket, end: start + hostLength - bracket };
    if (several || hostLength > 0) builder.add({ name: 'host', key: 'host', span: host, whole: several ? whole : { start, end: start + hostLength }, ...index }, undecoded);
    if (hostLength + 1 < address.length) {
      const port = { start: start + hostLength + 1, end: start + address.length };
      builder.add({ name: 'port', key: 'port', span: port, whole: { start: port.start - 1, end: port.end }, ...index }, undecoded);
    }
    start += address.length + 1;
  });
}

function readParameters(builder: SettingsBuilder, question: number): void {
  const { hidden, text } = builder;
  for (const { piece, whole } of splitQuery(hidden, question)) {
    const { start, end } = piece;
    if (start === end) continue;
    const equals = hidden.slice(start, end).indexOf('=');
    const nameEnd = equals === -1 ? end : start + equals;
    if (builder.isDynamic({ start, end: nameEnd })) {
      builder.open = true;
      continue;
    }
    const key = text.slice(start, nameEnd);
    const span = { start: Math.min(nameEnd + 1, end), end };
    if (builder.endsWithTemplate(span) && !builder.isTemplate(span)) builder.open = true;
    // PGPropertyUtil.translatePGServiceToPGProperty(): host, port and dbname in any case.
    const found = { name: LIBPQ_NAMES.get(key) ?? (/^(?:host|port|dbname)$/i.test(key) ? key.toLowerCase() : key), key, span, whole };
    if (isList(found.name)) builder.addList(found, COMMA, decodeJavaUrl);
    else builder.add(found, decodeJavaUrl);
  }
}
