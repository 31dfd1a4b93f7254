import type { DriverId } from '../../../drivers/driver.ts';
import { LIBPQ_KEYWORDS } from '../../../settings/keyword-value.ts';
import { parseString } from '../../../settings/index.ts';
import type { Form, Setting } from '../../../settings/setting.ts';
import type { Site } from '../../../site.ts';
import type { MappedText, Span } from '../../../text.ts';
import type { Entry, Value } from '../../../value.ts';
import type { Terms } from '../terms.ts';

/** How a library names what it is given. */
export interface Shape {
  readonly driver: DriverId;
  /** Its own names of places and logins, and libpq's. Where it is libpq's own names, nothing. */
  readonly names?: Readonly<Record<string, string>>;
  /** It takes every parameter of libpq's; else what is no place is its own affair, and goes to its driver as an option. */
  readonly takesParameters: boolean;
  /** What holds a connection string. */
  readonly strings?: readonly string[];
  /** Its names are those of setters, which write libpq's name for their user. */
  readonly setters?: true;
  /** The form that its driver takes. */
  readonly form?: Form;
}

const PLACES: ReadonlySet<string> = new Set(['host', 'hostaddr', 'port', 'dbname', 'user']);

/** Options of libpq's that are about TLS: where a variable hides one, the default that is written beside it counts. */
const TLS = /^(?:ssl|channel_binding|require_auth|gssencmode)/;

/** A string that a call is given besides. */
export type Given = { readonly text: MappedText } | { readonly reads: string } | 'hidden' | null;

/** The string that a value is; `null` for none. */
export function stringIn(value: Value | undefined): Given {
  if (value?.kind === 'literal' && value.text !== undefined) return parseString(value.text.text) === null ? null : { text: value.text };
  if (value?.kind === 'hidden') return value.name === undefined ? 'hidden' : { reads: value.name };
  return value?.kind === 'opaque' ? 'hidden' : null;
}

/** The connection of what a library is given; none where nothing of it tells of one. */
export function sitesOfEntries(entries: readonly Entry[], shape: Shape, terms: Terms, at: Span, options: { readonly string?: Given; readonly open?: boolean } = {}): readonly Site[] {
  const { names = {}, driver, takesParameters, strings = [] } = shape;
  const nameOf = (entry: Entry): string => (Object.hasOwn(names, entry.name) ? (names[entry.name] ?? '') : entry.name);
  const holder = entries.findLast(({ name }) => strings.includes(name))?.value;
  const string = options.string ?? stringIn(holder);
  const isMember = (entry: Entry): boolean => PLACES.has(nameOf(entry)) || (takesParameters && LIBPQ_KEYWORDS.has(nameOf(entry)) && nameOf(entry) !== 'password');
  const members = entries.filter(isMember).flatMap((entry) => settingOf(nameOf(entry), shape.setters === true ? { ...entry, name: nameOf(entry) } : entry, terms));
  const rest = entries.filter((entry) => !isMember(entry) && !strings.includes(entry.name) && !/pass(?:word|wd)?$/i.test(entry.name)).map((entry) => ({ ...entry, value: withFallbacks(entry.value, terms) }));
  const host = members.find(({ name }) => name === 'host') ?? members.find(({ name }) => name === 'dbname');
  if (string === null && host === undefined) return [];
  const given = string === null ? { string: null } : string === 'hidden' ? { string } : 'reads' in string ? ({ string: 'hidden', reads: string.reads } as const) : { string: string.text };
  const text = given.string === null || given.string === 'hidden' ? null : given.string;
  // A string's own form counts; a lone group is judged in the form that the driver takes.
  const form = text !== null ? (parseString(text.text)?.form ?? 'url') : string !== null ? (shape.form ?? 'url') : (shape.form ?? 'group');
  const site: Site = {
    ...{ form, key: string !== null && typeof string === 'object' && 'reads' in string ? string.reads : null, span: text?.span ?? holder?.span ?? host?.span ?? calleeOf(at, terms), members, environment: [], driver: { id: driver, kind: 'code', line: null }, hints: [], condition: null, unparsed: false, fills: true },
    ...given,
    options: rest.length === 0 || takesParameters ? undefined : { kind: 'object', entries: rest, open: options.open === true, span: at },
  };
  return [site];
}

/** A call without what it is given, which may hold a password. */
function calleeOf({ start, end }: Span, { text }: Terms): Span {
  const bracket = text.slice(start + 1, end).search(/[([{]/);
  return { start, end: bracket < 0 ? Math.min(end, start + 1) : start + 1 + bracket };
}

function settingOf(name: string, entry: Entry, terms: Terms): readonly Setting[] {
  const { value } = entry;
  const common = { name, key: entry.name, place: 'string', whole: entry.whole ?? entry.span } as const;
  if (value.kind === 'literal') return value.value === null || value.value === undefined ? [] : [{ ...common, value: String(value.value), span: value.text?.span ?? value.span }];
  if (value.kind === 'hidden' && value.name !== undefined) {
    const fallback = TLS.test(name) ? terms.fallbackOf(value) : undefined;
    return [{ ...common, value: fallback?.text ?? null, reads: value.name, span: fallback?.span ?? value.span }];
  }
  return [{ ...common, value: null, span: value.span }];
}

/** With the defaults of variables. */
export function withFallbacks(value: Value, terms: Terms): Value {
  if (value.kind === 'object') return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: TLS.test(entry.name) || entry.value.kind === 'object' ? withFallbacks(entry.value, terms) : entry.value })) };
  const text = terms.fallbackOf(value);
  return text === undefined ? value : { kind: 'literal', value: text.text, span: text.span, text };
}
