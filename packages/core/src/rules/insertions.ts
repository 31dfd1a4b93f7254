import type { Span } from '../text.ts';
import { entryOf } from '../value.ts';
import type { Value } from '../value.ts';

/** Text that is put in at a place. */
export interface Insertion {
  readonly span: Span;
  readonly text: string;
}

/**
 * Puts a property into an object that is written in the source: `ssl: true`, or as a wrapper nests it,
 * `dialectOptions: { ssl: true }`, into the inner object where that is there. `null` where the object is not to be seen as a
 * whole, or has something in that place already.
 */
export function insertion(object: Value | undefined, property: string): Insertion | null {
  if (object?.kind !== 'object' || object.open) return null;
  const [, name = '', inner] = /^(\w+): (?:\{ (.*) \}$)?/s.exec(property) ?? [];
  const there = entryOf(object, name);
  if (there !== undefined) return inner === undefined || name === 'ssl' || name === 'tls' ? null : insertion(there.value, inner);
  const { span, entries } = object;
  // What a spread brought stands elsewhere.
  const last = entries.filter((entry) => entry.span.start > span.start && entry.span.end < span.end).toSorted((a, b) => a.span.end - b.span.end).at(-1);
  if (last !== undefined) return { span: { start: last.span.end, end: last.span.end }, text: `, ${property}` };
  return entries.length === 0 && span.end - span.start === 2 ? { span: { start: span.start + 1, end: span.start + 1 }, text: ` ${property} ` } : null;
}
