import { MappedText, MappedTextBuilder, type Span } from '../../../text.ts';
import type { Node, ScalarNode } from '../../tree/tree.ts';

/** A value in a template of a chart. */
export type Value = Text | Collection | Nothing;

export interface Text {
  readonly kind: 'text';
  readonly type: 'string' | 'number' | 'bool';
  readonly text: MappedText;
  /** Where a file of values gives parts of it. */
  readonly from: readonly Span[];
}

export interface Collection {
  readonly kind: 'map' | 'list';
  /** Names of a map; a list has as many as items. */
  readonly keys: readonly string[];
  readonly get: (key: string) => Value;
  /** As it is written, moved to the left; `null` where it is put together. */
  readonly lines: Text | null;
}

/** Not known, or (`isNil`) not there. What it is shown as is a reference to something that is filled in elsewhere. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly isNil: boolean;
  readonly shown: MappedText;
}

/** What an expression that cannot be worked out is shown as: hidden, in whatever it stands. */
export function unknown(written: MappedText): Nothing {
  return { kind: 'nothing', isNil: false, shown: MappedText.whole(`$(${written.text.replaceAll(/[^\w.$-]+/g, ' ').trim().slice(0, 80) || 'x'})`, written.span) };
}

export function textOf(text: MappedText, from: readonly Span[] = [], type: Text['type'] = 'string'): Text {
  return { kind: 'text', type, text, from };
}

export function mapOf(entries: ReadonlyMap<string, Value>): Collection {
  return { kind: 'map', keys: [...entries.keys()].sort(), get: (key) => entries.get(key) ?? NIL, lines: null };
}

export const NIL: Nothing = { kind: 'nothing', isNil: true, shown: MappedText.verbatim('$(x)', 0, 4) };

/** A value of a file of values, whose text stands behind others. */
export function valueOf(node: Node | undefined, source: string, by: number): Value {
  if (node === undefined) return NIL;
  if (node.kind === 'scalar') return scalarOf(node, source, by);
  const isFlow = /^[[{]/.test(source.slice(node.span.start, node.span.start + 1));
  const lines = (): Text | null => (isFlow && source.slice(node.span.start, node.span.end).includes('\n') ? null : dedented(source, node.span, by));
  if (node.kind === 'map') {
    const entries = new Map(node.entries.map((entry) => [entry.name, entry.value]));
    return lazy('map', [...entries.keys()].sort(), (key) => valueOf(entries.get(key), source, by), lines);
  }
  return lazy('list', node.items.map((_, at) => String(at)), (key) => valueOf(node.items[Number(key)]?.value, source, by), lines);
}

function lazy(kind: Collection['kind'], keys: readonly string[], get: Collection['get'], lines: () => Text | null): Collection {
  return {
    ...{ kind, keys, get },
    get lines() {
      return lines();
    },
  };
}

function scalarOf({ value, empty, span }: ScalarNode, source: string, by: number): Value {
  if (value === 'hidden') return NIL;
  const moved = value.moved(by);
  const isQuoted = /["'|>]/.test(source.charAt(span.start));
  if (empty || (!isQuoted && /^(?:~|null)$/.test(value.text))) return NIL;
  const type = isQuoted ? 'string' : /^(?:true|false)$/.test(value.text) ? 'bool' : /^-?\d+(?:\.\d+)?$/.test(value.text) ? 'number' : 'string';
  return textOf(moved, [moved.span], type);
}

/** Longer ones are configurations of other things. */
const MAX_LINES = 20_000;

function dedented(source: string, { start, end }: Span, by: number): Text | null {
  if (end - start > MAX_LINES) return null;
  const column = start - source.lastIndexOf('\n', start - 1) - 1;
  const builder = new MappedTextBuilder();
  for (let at = start; at < end; ) {
    const newline = source.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    builder.verbatim(source, at, next);
    at = next;
    for (let left = column; left > 0 && source[at] === ' ' && at < end; left--) at++;
  }
  const text = builder.build(start).moved(by);
  const length = text.text.trimEnd().length;
  return textOf(text.slice(0, length), [{ start: start + by, end: end + by }]);
}

/** One set of values over another, as `helm --values` does it. */
export function merged(below: Value, above: Value): Value {
  if (above.kind === 'nothing') return below;
  if (below.kind !== 'map' || above.kind !== 'map') return above;
  return { kind: 'map', keys: [...new Set([...below.keys, ...above.keys])].sort(), get: (key) => merged(below.get(key), above.get(key)), lines: null };
}

/** What `if` makes of it; `null` where that is not known. */
export function isTrue(value: Value): boolean | null {
  if (value.kind === 'nothing') return value.isNil ? false : null;
  if (value.kind !== 'text') return value.keys.length > 0;
  return value.type === 'bool' ? value.text.text === 'true' : value.type === 'number' ? Number(value.text.text) !== 0 : value.text.text !== '';
}
