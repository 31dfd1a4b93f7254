import { MappedText, type Span } from '../../text.ts';
import { wholeOf, type Entry, type Item, type MapNode, type ScalarNode, type SequenceNode } from './tree.ts';

/** A tree that is still being built. */
export type OpenNode = ScalarNode | OpenMap | OpenSequence;

export interface OpenMap extends MapNode {
  readonly entries: OpenEntry[];
  span: Span;
}

export interface OpenSequence extends SequenceNode {
  readonly items: OpenItem[];
  span: Span;
}

export interface OpenEntry extends Entry {
  value: OpenNode;
  span: Span;
  whole: Span;
}

export interface OpenItem extends Item {
  value: OpenNode;
  span: Span;
  whole: Span;
}

export function openMap(at: number): OpenMap {
  return { kind: 'map', entries: [], span: { start: at, end: at } };
}

export function openSequence(at: number): OpenSequence {
  return { kind: 'sequence', items: [], span: { start: at, end: at } };
}

/** A scalar; `span` from its quote, if it has one. */
export function scalar(value: MappedText | 'hidden', span: Span = value === 'hidden' ? { start: 0, end: 0 } : value.span): ScalarNode {
  return { kind: 'scalar', value, empty: value !== 'hidden' && value.text === '' && span.start === span.end, span, body: null };
}

/** A scalar that stands in the source as it is. */
export function verbatim(source: string, start: number, end: number): ScalarNode {
  return scalar(MappedText.verbatim(source, start, end));
}

/** An entry from its key to the end of its value. */
export function entry(source: string, name: string, start: number, value: OpenNode, end: number = value.span.end): OpenEntry {
  return { name, value, span: { start, end }, whole: wholeOf(source, start, end), shared: false };
}

/** An item of a list. */
export function item(source: string, value: OpenNode, span: Span = value.span): OpenItem {
  return { value, span, whole: wholeOf(source, span.start, span.end), shared: false };
}
