import type { MappedText, Span } from '../../text.ts';

/**
 * What a file in a tree says (YAML, JSON, TOML …), whether it could be parsed or only be read by its lines: the rest of the reader needs to know
 * no more. Aliases share the node that they stand for, so the tree is one only if they are not followed.
 */
export type Node = ScalarNode | MapNode | SequenceNode;

/** One document. */
export interface Tree {
  /** One, or none of an empty document; in a text that does not parse also what belongs nowhere. */
  readonly roots: readonly Node[];
  /** Maps that others merge: what they say counts there. */
  readonly merged: ReadonlySet<Node>;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  /** `hidden` for a tag that something else resolves, and for an alias without anchor. */
  readonly value: MappedText | 'hidden';
  /** Nothing is written: `KEY:`. */
  readonly empty: boolean;
  /** From the quote or the first letter, for a block from its `|`. */
  readonly span: Span;
  /** Where the content of a block begins; `null` for other scalars. */
  readonly body: number | null;
}

export interface MapNode {
  readonly kind: 'map';
  /** What counts for each name, own entries before merged ones. */
  readonly entries: readonly Entry[];
  readonly span: Span;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly Item[];
  readonly span: Span;
}

/** An entry of a map. */
export interface Entry {
  readonly name: string;
  readonly value: Node;
  /** From the key to the end of the value. */
  readonly span: Span;
  /** All that has to go when it goes. */
  readonly whole: Span;
  /** Not an entry of its own: an alias stands here, or a merge brought it. Its inside was met elsewhere. */
  readonly shared: boolean;
}

/** An item of a sequence. */
export interface Item {
  readonly value: Node;
  /** From the dash to the end. */
  readonly span: Span;
  readonly whole: Span;
  readonly shared: boolean;
}

/** The entry of that name. */
export function entryAt(node: Node | undefined, name: string): Entry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.name === name) : undefined;
}

/** The value of that name. */
export function valueAt(node: Node | undefined, name: string): Node | undefined {
  return entryAt(node, name)?.value;
}

/** The text of a scalar; `undefined` for anything else, and where it is hidden. */
export function textAt(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== 'hidden' ? node.value.text : undefined;
}

/**
 * All that has to go when what stands from `start` to `end` goes: whole lines where nothing else stands on them, with
 * a comment at the end; else one separator with it.
 */
export function wholeOf(text: string, start: number, end: number): Span {
  let before = start;
  while (before > 0 && (text[before - 1] === ' ' || text[before - 1] === '\t')) before--;
  let after = end;
  while (text[after] === ' ' || text[after] === '\t') after++;
  if (before > 0 && text[before - 1] !== '\n') {
    if (text[after] !== ',') return { start, end };
    after++;
    while (text[after] === ' ' || text[after] === '\t') after++;
    return { start, end: after };
  }
  // A block scalar ends behind its last line break.
  if (end > start && text[end - 1] === '\n') return { start: before, end };
  if (text[after] === '#') {
    const newline = text.indexOf('\n', after);
    after = newline < 0 ? text.length : newline;
  }
  if (text[after] === '\r') after++;
  if (after >= text.length) return { start: before, end: text.length };
  return text[after] === '\n' ? { start: before, end: after + 1 } : { start, end };
}
