import type { Settings, Unwrapped } from '../drivers/driver.ts';
import { optionSetting } from '../drivers/outcome.ts';
import { parseGiven } from '../settings/index.ts';
import type { Span } from '../text.ts';
import { type Entry, type Value, entryOf } from '../value.ts';

/** An options object. */
export type ObjectValue = Extract<Value, { kind: 'object' }>;

/** The object that a value is: empty where it is nothing, open where it is hidden. */
export function asObject(value: Value | undefined): ObjectValue {
  if (value?.kind === 'object') return value;
  const span = value?.span ?? { start: 0, end: 0 };
  return { kind: 'object', entries: [], open: value?.kind === 'hidden', span };
}

/** The object at a name in an object; open as well where the outer one may hold another. */
export function objectAt(object: ObjectValue, name: string): ObjectValue {
  const entry = entryOf(object, name);
  if (entry !== undefined) return asObject(entry.value);
  return { kind: 'object', entries: [], open: object.open, span: object.span };
}

/** True where a value is written, and not as undefined or null. */
export function isWritten(value: Value | undefined): boolean {
  return value !== undefined && !(value.kind === 'literal' && (value.value === undefined || value.value === null));
}

/** These entries of an object under the driver's names for them; as open as it is. */
export function picked(object: ObjectValue, names: Readonly<Record<string, string>>): ObjectValue {
  const entries = object.entries.flatMap((entry): Entry[] => {
    const name = Object.hasOwn(names, entry.name) ? names[entry.name] : undefined;
    return name === undefined ? [] : [{ ...entry, name }];
  });
  return { ...object, entries };
}

/** The second object assigned over the first. */
export function assigned(first: ObjectValue, second: ObjectValue): ObjectValue {
  return { ...first, entries: [...first.entries, ...second.entries], open: first.open || second.open };
}

/** A connection string that is a value in the options. */
export function stringIn(value: Value | undefined): Pick<Settings, 'string' | 'stringHidden' | 'toSource'> {
  if (value === undefined || !isWritten(value)) return NO_STRING;
  if (value.kind !== 'literal' || typeof value.value !== 'string') return { ...NO_STRING, stringHidden: true };
  const { text, span } = value;
  const toSource = text === undefined ? (): Span => span : (inner: Span): Span => text.toSource(inner);
  const string = parseGiven(value.value);
  return string === null ? { ...NO_STRING, stringHidden: true } : { string, stringHidden: false, toSource };
}

/** No connection string. */
export const NO_STRING: Pick<Settings, 'string' | 'stringHidden' | 'toSource'> = { string: null, stringHidden: false, toSource: (span) => span };

/** Names that speak of TLS to a programmer, wherever they stand. */
const ABOUT_TLS = /^(?:ssl.*|tls.*|rejectUnauthorized|ca|cert|uselibpqcompat|channel_binding)$/i;

/** Settings of an object that never arrive anywhere: all that speak of TLS but those that do. */
export function unread(object: ObjectValue, path: string, read: readonly string[], text: (name: string) => string, source: string): Unwrapped['ignored'] {
  return object.entries
    .filter(({ name, value }) => ABOUT_TLS.test(name) && !read.includes(name) && isWritten(value))
    .map((entry) => ({ setting: optionSetting(path === '' ? entry.name : `${path}.${entry.name}`, entry), harmless: true, text: text(entry.name), source }));
}

/** Parameters of a string that never arrive anywhere. */
export function unreadParameters({ string, toSource }: Pick<Settings, 'string' | 'toSource'>, text: string, source: string): Unwrapped['ignored'] {
  return (string?.settings ?? [])
    .filter(({ name }) => ABOUT_TLS.test(name))
    .map((setting) => ({ setting: { ...setting, span: toSource(setting.span), whole: toSource(setting.whole) }, harmless: true, text, source }));
}
