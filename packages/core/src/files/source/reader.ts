import type { DriverId } from '../../drivers/driver.ts';
import { parseString } from '../../settings/index.ts';
import type { ParsedString } from '../../settings/setting.ts';
import { NOTHING, type Reading, type Site } from '../../site.ts';
import { LineIndex, type MappedText, type Span } from '../../text.ts';
import { inOrder } from '../hints.ts';
import type { Includes } from '../kind.ts';
import { namesDatabaseString } from '../group.ts';
import { commentsOver, type RawComment } from '../tree/comments.ts';
import { variablesRead, type VariableRead } from './environment.ts';
import type { Language } from './language.ts';
import { LANGUAGES } from './languages.ts';
import { SOURCE_NEEDLES } from './needles.ts';
import { mapsIn } from './maps/index.ts';
import { scanSource, type Literal, type NameOf } from './scan.ts';
import { Terms } from './terms.ts';

/** The language of a file; `null` for none that is read. */
export function languageOf(path: string): Language | null {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return LANGUAGES.find(({ extensions }) => extensions.includes(extension)) ?? null;
}

/** Calls and settings that describe a connection by names, none of which need be in a string. */
const MAP = /\b(?:psycopg|Postgrex|asyncpg|pg8000|PG\.|PG::|PGSimple|PgConnectOptions|Repo,|TLSConfig)/;

const NEEDLE = new RegExp(SOURCE_NEEDLES.map((needle) => needle.replaceAll('+', '\\+')).join('|'), 'i');

/** Words before a text that say that it is only shown. */
const SHOWN = /(?:examples?|help|help_?text|description|desc|placeholder|usage|title|label|hint|message|msg|summary)["']?\s*(?:=>|[=:(])\s*$/i;

/** Reads programs: the literal strings in them that are connection strings, and the driver that they import. */
export function readSource(path: string, text: string, includes?: Includes): Reading {
  const language = languageOf(path);
  return language === null ? NOTHING : readStrings(text, language, path, includes);
}

/** The strings of a language, and the variables that hold some. */
export function readStrings(text: string, language: Language, path = '', includes?: Includes): Reading {
  const reads = variablesRead(text, language.extensions[0] ?? '');
  if (reads.length === 0 && !NEEDLE.test(text) && !MAP.test(text)) return NOTHING;
  const { literals, comments } = scanSource(text, language, namesOfHoles(text, reads));
  const found = literals.flatMap((literal) => {
    if (SHOWN.test(text.slice(Math.max(0, literal.span.start - 60), literal.span.start))) return [];
    const string = trimmed(literal.value);
    const parsed = NEEDLE.test(string.text) ? connectionIn(string.text) : null;
    return parsed === null ? [] : [{ literal, string, parsed }];
  });
  const ecosystem = language.ecosystem === null ? {} : { ecosystem: language.ecosystem };
  const lines = new LineIndex(text);
  const maps = mapsIn(language, new Terms(text, literals, comments, reads), literals, path, includes).map((site) => ({ ...site, ...ecosystem, driver: site.driver === null ? null : { ...site.driver, line: lines.position(site.span.start).line } }));
  const taken = new Set(maps.flatMap(({ string }) => (string === null || string === 'hidden' ? [] : [string.span.start])));
  const alone = found.filter(({ string }) => !taken.has(string.span.start));
  const held = variablesThatHoldStrings(language, reads, comments, literals).filter(({ name }) => !maps.some((site) => site.reads === name));
  const drivers = alone.length + held.length === 0 ? [] : importsOf(text, language);
  const sites = [
    ...maps,
    ...alone.map(({ string, parsed }): Site => ({ ...siteOf(string, parsed), ...driverOf(parsed, drivers), ...ecosystem })),
    ...held.map(({ name, start, end }): Site => ({ ...HIDDEN, form: FORMS[language.ecosystem ?? ''] ?? 'url', key: name, span: { start, end }, reads: name, ...driverOf(null, drivers), ...ecosystem })),
  ].sort((a, b) => a.span.start - b.span.start);
  const parts = [...found.map(({ literal }) => literal), ...held.map((span) => ({ span, within: [] })), ...maps.flatMap((site) => partsOf(site, literals))];
  return { sites: notingTests(sites, text, language), comments: commentsOver(text, comments, statements(text, parts)), bypasses: [], problems: [], localNames: [] };
}

/** Marks those that stand in a test; they come in order. */
function notingTests(sites: readonly Site[], text: string, { tests }: Language): readonly Site[] {
  if (tests === undefined) return sites;
  const spans: Span[] = [];
  for (const { index, 1: indentation = '' } of text.matchAll(tests)) {
    if (index < (spans.at(-1)?.end ?? 0)) continue;
    const end = text.indexOf(`\n${indentation}}`, index);
    spans.push({ start: index, end: end < 0 ? text.length : end });
  }
  let at = 0;
  return sites.map((site) => {
    while ((spans[at]?.end ?? Infinity) < site.span.start) at++;
    return (spans[at]?.start ?? Infinity) < site.span.start ? { ...site, sample: true } : site;
  });
}

/** Where settings of a map stand, with the brackets around them. */
function partsOf({ span, members, options }: Site, literals: readonly Literal[]): readonly Pick<Literal, 'span' | 'within'>[] {
  const entries = options?.kind === 'object' ? options.entries : [];
  const within = literals.find((literal) => literal.span.start <= span.start && span.end <= literal.span.end)?.within ?? [];
  return [{ span, within }, ...[...members, ...entries].map((part) => ({ span: 'key' in part ? part.whole : part.span, within: [] }))];
}

/** What the drivers of an ecosystem take, where that is one form. */
const FORMS: Readonly<Record<string, Site['form']>> = { nuget: 'ado', maven: 'jdbc' };

const HIDDEN: Site = { form: 'url', key: null, span: { start: 0, end: 0 }, string: 'hidden', members: [], environment: [], options: undefined, driver: null, hints: [], condition: null, unparsed: false };

/** Of the variables that are read those whose names say that they hold a connection string, each once. What a comment or a text says is no reading. */
function variablesThatHoldStrings(language: Language, reads: readonly VariableRead[], comments: readonly RawComment[], literals: readonly Literal[]): readonly VariableRead[] {
  const names = new Set<string>();
  // Laravel's DB_CONNECTION says which of its connections is used (laravel.com/docs/database).
  const namesOne = (name: string): boolean => language.ecosystem === 'composer' && name.endsWith('_CONNECTION');
  const wanted = reads.filter(({ name }) => (namesDatabaseString(name) && !namesOne(name)) || name.startsWith('ConnectionStrings__'));
  if (wanted.length === 0) return [];
  const skipped = [...comments, ...literals.filter(({ value }) => value.text.length > 200 || value.text.includes('\n'))].map(({ span }) => span);
  return wanted.filter(({ name, start }) => {
    if (names.has(name) || skipped.some((span) => span.start <= start && start < span.end)) return false;
    names.add(name);
    return true;
  });
}

/** What is filled in where a variable is read, or a name stands for one that was given it. */
function namesOfHoles(text: string, reads: readonly VariableRead[]): NameOf {
  if (reads.length === 0) return () => undefined;
  const given = new Map<string, string | undefined>();
  for (const { name, start } of reads) {
    const variable = GIVEN.exec(text.slice(Math.max(0, start - 200), start))?.[1];
    if (variable !== undefined) given.set(variable, given.has(variable) && given.get(variable) !== name ? undefined : name);
  }
  return (start, end) => {
    const read = reads.filter((each) => start <= each.start && each.end <= end);
    if (read.length > 0) return read.length === 1 ? read[0]?.name : undefined;
    return given.get(text.slice(start, end).replace(/^[#$\\]*[{(]|[})]$/g, '').trim());
  };
}

/** `db_host = ` before what is read; on the line before it too. */
const GIVEN = /(?:^|\n)[ \t]*(?:[A-Za-z]\w*[ \t]+){0,3}([$@]?[A-Za-z_]\w*)(?:[ \t]*:[^=\n]{1,40})?[ \t]*:?=\s*[\w.:&$!]*$/;

function siteOf(string: MappedText, parsed: ParsedString): Omit<Site, 'driver' | 'hints'> {
  return { form: parsed.form, key: null, span: string.span, string, members: [], environment: [], options: undefined, condition: null, unparsed: false, fills: true };
}

/** The whole text is a connection string that says where it leads; a scheme alone or a sentence is none. */
function connectionIn(text: string): ParsedString | null {
  if (text.length > 10_000) return null;
  const parsed = parseString(text);
  if (parsed === null) return null;
  const where = parsed.settings.some(({ name, value }) => /^(?:host|hostaddr|dbname|service)$/.test(name) && value !== '');
  if (parsed.form === 'ado') return where && parsed.problem === null ? parsed : null;
  // `"sslmode=disable " + dsn`
  const says = parsed.templates.length > 0 && parsed.settings.some(({ name, value }) => name === 'sslmode' && value !== null && value !== '');
  if (parsed.form === 'keyword-value') return (where || says) && parsed.problem === null && (parsed.scheme !== null || !text.includes(';')) && !/\n\s*\n/.test(text) ? parsed : null;
  return (where || parsed.templates.length > 0) && !/\s/.test(text.trim()) ? parsed : null;
}

function trimmed(value: MappedText): MappedText {
  const { text } = value;
  const start = text.length - text.trimStart().length;
  return start === 0 && text.trimEnd().length === text.length ? value : value.slice(start, Math.max(start, text.trimEnd().length));
}

interface Imported {
  readonly id: DriverId;
  readonly line: number;
}

function importsOf(text: string, { imports }: Language): readonly Imported[] {
  const lines = new LineIndex(text);
  return imports.flatMap(({ pattern, driver }) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const blanks = match[0].length - match[0].trimStart().length;
    return [{ id: driver, line: lines.position(match.index + blanks).line }];
  });
}

/** One driver that is imported is it; of several, or where the string itself says it, each may be. */
function driverOf(parsed: ParsedString | null, imported: readonly Imported[]): Pick<Site, 'driver' | 'hints'> {
  const [only, ...others] = imported;
  const tells = parsed !== null && (parsed.form === 'jdbc' || parsed.form === 'ado' || parsed.scheme?.includes('+') === true || (parsed.form === 'keyword-value' && parsed.scheme !== null));
  if (only === undefined || tells) return { driver: null, hints: [] };
  if (others.length > 0) return { driver: null, hints: inOrder(imported.map(({ id }) => id)) };
  return { driver: { id: only.id, kind: 'code', line: only.line }, hints: [] };
}

/** What a comment above covers: the line on which a string begins, or the brackets around it do. */
function statements(text: string, literals: readonly Pick<Literal, 'span' | 'within'>[]): readonly Span[] {
  return literals.flatMap(({ span, within }) => [span.start, ...within].map((at) => ({ start: firstOnLine(text, at), end: span.end })));
}

/** Where the text of a line begins, if not too far from an offset. */
function firstOnLine(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 500), at);
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  return at - line.trimStart().length;
}
