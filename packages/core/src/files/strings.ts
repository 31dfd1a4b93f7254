import { isDsn } from '../settings/dsn.ts';
import { parseString } from '../settings/index.ts';
import type { Form } from '../settings/setting.ts';
import { findTemplates, hideTemplates } from '../settings/template.ts';
import type { MappedText, Span } from '../text.ts';

/** A connection string that stands in a value. */
export interface FoundString {
  readonly form: Form;
  readonly text: MappedText;
}

/** Where a URL of PostgreSQL may begin in a longer text. What stands before it must not be part of another word or scheme. */
const START = /(?<![\w+:.-])(?:jdbc:(?:[\w-]{1,40}:){0,3}?(?:postgresql|pgsql):|ecto:\/\/|(?:r2dbcs?:|db\+)?(?:postgres|postgresql)(?:\+[\w.-]{1,40})?:\/\/)/gi;

/** What ends a URL in a longer text. A single quote may stand in a password, but far oftener it closes a shell's word. */
const STOP = /[\s"'`<>\\|]/;

/** Keywords of libpq that show a keyword/value string in a longer text. */
const KEYWORDS =
  /(?<![\w.?&-])(?:(?:host|hostaddr|port|dbname|user|password|service|sslmode|sslrootcert|sslcert|sslkey|connect_timeout|application_name|target_session_attrs|channel_binding)=(?:'[^'\n]*'|[^\s"'`;&]+)(?:[ \t]+|(?=["'`;]|$)))+/gm;

/**
 * The connection strings of PostgreSQL in a value: all of it, or every one that stands in a longer text such as a
 * command. Strings of other databases are none.
 */
export function findStrings(value: MappedText): readonly FoundString[] {
  const { text } = value;
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  if (end <= start) return [];
  const whole = text.slice(start, end);
  if (isOneString(whole)) {
    const parsed = parseString(whole);
    if (parsed !== null) return [{ form: parsed.form, text: value.slice(start, end) }];
  }
  return [...findUrls(value), ...findKeywordStrings(value), ...findBetweenQuotes(value)].sort((a, b) => a.text.span.start - b.text.span.start);
}

/** An ADO string in a longer text: between quotes, from its host on. */
const ADO = /(?<=["'])(?:Host|Server)=[^;"'\n]{1,200};(?:[A-Za-z ]{2,40}=[^;"'\n]{0,200}(?:;|(?=["'])))+(?=["'])/gi;

/** The name of a data source in a longer text, between quotes. */
const DSN = /(?<=["'])(?:pgsql:(?!\/\/)|[Dd][Bb][Ii]:Pg(?:\([^()"'\n]{0,200}\))?:)[^"'\n]{1,1000}(?=["'])/g;

/** A keyword's quoted value, which may hold line breaks. Not longer, so that many that are not closed cost little. */
const QUOTED = /=\s{0,10}'(?:[^'\\]|\\[^]){0,1000}'/g;

/** Whether a value can be one connection string and nothing else: a command that has one in it can't. */
function isOneString(text: string): boolean {
  const hidden = hideTemplates(text, findTemplates(text));
  START.lastIndex = 0;
  const first = START.exec(hidden);
  START.lastIndex = 0;
  if (first !== null) {
    if (first.index > 0) return false;
    // A password with a blank in it must not be cut in two: its first half would be taken for a host. Nor a folded line.
    const blank = hidden.search(/\s/);
    if (blank < 0 || /^\s+[&?/@:]/.test(hidden.slice(blank))) return true;
    return !hidden.includes('\n') && hidden.indexOf('@', blank) > 0 && !hidden.slice(1).includes('://', 12);
  }
  return isDsn(hidden) || hidden.replace(QUOTED, '=').split(/\s*[\r\n]\s*/).every((line) => /^[\w ]{1,60}=/.test(line));
}

function findUrls(value: MappedText): FoundString[] {
  const { text } = value;
  if (!/postgres|pgsql|ecto:/i.test(text)) return [];
  const found: FoundString[] = [];
  const hidden = hideTemplates(text, findTemplates(text));
  let from = 0;
  let line = 0;
  let looked = 0;
  for (const match of hidden.matchAll(START)) {
    if (match.index < from) continue;
    const newline = text.slice(looked, match.index).lastIndexOf('\n');
    if (newline >= 0) line = looked + newline + 1;
    looked = match.index;
    const authority = match.index + match[0].length;
    const span = urlAt(hidden, match.index, authority);
    from = span.end;
    // A scheme alone is prose; a line that is commented out in a script or a properties file says nothing.
    if (span.end === authority || (line > 0 && /^\s*#/.test(text.slice(line, Math.min(match.index, line + 200))))) continue;
    const parsed = parseString(text.slice(span.start, span.end));
    if (parsed !== null) found.push({ form: parsed.form, text: value.slice(span.start, span.end) });
  }
  return found;
}

function urlAt(text: string, start: number, authority: number): Span {
  let end = authority;
  while (end < text.length && !STOP.test(text.charAt(end))) end++;
  // Punctuation of the sentence or the call around it.
  while (end > authority && /[.,;:!)\]}]/.test(text.charAt(end - 1))) {
    const last = text.charAt(end - 1);
    if (last === ']' && text.lastIndexOf('[', end) > start) break;
    end--;
  }
  return { start, end };
}

function findKeywordStrings(value: MappedText): FoundString[] {
  const { text } = value;
  if (!/(?:host|hostaddr|dbname|service)=/.test(text)) return [];
  const found: FoundString[] = [];
  for (const match of text.matchAll(KEYWORDS)) {
    const string = match[0].trimEnd();
    if (!/(?:^|\s)(?:host|hostaddr|service)=/.test(string) || !/\s/.test(string)) continue;
    const parsed = parseString(string);
    if (parsed !== null) found.push({ form: parsed.form, text: value.slice(match.index, match.index + string.length) });
  }
  return found;
}

/** Strings with semicolons in them: without the quotes around them, nobody could tell where they end. */
function findBetweenQuotes(value: MappedText): FoundString[] {
  const found = (pattern: RegExp, form: Form): FoundString[] =>
    [...value.text.matchAll(pattern)].flatMap(({ 0: string, index }) => (parseString(string)?.form === form ? [{ form, text: value.slice(index, index + string.length) }] : []));
  return [...(/["'](?:host|server)=[^;]{1,200};/i.test(value.text) ? found(ADO, 'ado') : []), ...found(DSN, 'keyword-value')];
}
