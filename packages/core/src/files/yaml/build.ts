import { isAlias, isMap, isScalar, isSeq, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { MappedText, type Span } from '../../text.ts';
import { bodyOf, mapScalar } from './scalar.ts';
import { wholeOf, type Entry, type Item, type MapNode, type Node, type SequenceNode, type Tree } from '../tree/tree.ts';

/** How many entries merges may copy in one file: maps that merge each other twice over must not fill the memory. */
const MAX_MERGED = 200_000;

/** Tags that say nothing but the type of what is written there. */
const PLAIN_TAG = /^tag:yaml\.org,2002:(?!binary$)|^!$|^!(?:Sub|Fn::Sub|ENV|env|unsafe)$/;

/** Makes a tree of a parsed document. */
export function buildTree(document: Document.Parsed, source: string): Tree {
  const builder = new Builder(source);
  return { roots: document.contents === null ? [] : [builder.node(document.contents)], merged: builder.merged };
}

class Builder {
  readonly #source: string;
  /** What each anchor last stood for; in source order, as YAML has it. */
  readonly #anchors = new Map<string, Node>();
  readonly merged = new Set<Node>();
  #copied = 0;

  constructor(source: string) {
    this.#source = source;
  }

  node(parsed: unknown): Node {
    if (isScalar(parsed)) {
      const span = spanOf(parsed.range);
      const tag = typeof parsed.tag === 'string' && !PLAIN_TAG.test(parsed.tag);
      const isBlock = parsed.type === 'BLOCK_LITERAL' || parsed.type === 'BLOCK_FOLDED';
      const node: Node = {
        kind: 'scalar',
        value: tag ? 'hidden' : parsed.value === null ? MappedText.verbatim(this.#source, span.start, span.start) : mapScalar(this.#source, parsed),
        empty: parsed.value === null,
        span,
        body: isBlock ? bodyOf(this.#source, span.start, span.end) : null,
      };
      return this.#remember(parsed.anchor, node);
    }
    if (isAlias(parsed)) return this.#anchors.get(parsed.source) ?? hidden(spanOf(parsed.range));
    if (isMap(parsed)) {
      const span = spanOf(parsed.range);
      // `{{ .Values.x }}` happens to be YAML: a map in a map. It is a template.
      return this.#remember(parsed.anchor, this.#source.startsWith('{{', span.start) ? this.#template(span) : this.#map(parsed));
    }
    if (isSeq(parsed)) return this.#remember(parsed.anchor, this.#sequence(parsed));
    return { kind: 'scalar', value: MappedText.verbatim(this.#source, 0, 0), empty: true, span: { start: 0, end: 0 }, body: null };
  }

  #remember(anchor: string | undefined, node: Node): Node {
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #template(span: Span): Node {
    return { kind: 'scalar', value: MappedText.verbatim(this.#source, span.start, span.end), empty: false, span, body: null };
  }

  #map(map: YAMLMap): MapNode {
    const own = new Map<string, Entry>();
    const merges: unknown[] = [];
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : null;
      if (name === null) continue;
      if (name === '<<') {
        merges.push(value);
        continue;
      }
      const keySpan = spanOf(isScalar(key) ? key.range : undefined);
      const node = this.#valueNode(value, keySpan.end);
      const end = isAlias(value) ? spanOf(value.range).end : Math.max(keySpan.end, node.span.end);
      const span = { start: keySpan.start, end };
      // Of several with one name the last counts, and stands where it is written.
      own.delete(name);
      own.set(name, { name, value: node, span, whole: wholeOf(this.#source, span.start, end), shared: isAlias(value) });
    }
    const entries = merges.length === 0 ? own : this.#merge(own, merges);
    return { kind: 'map', entries: [...entries.values()], span: spanOf(map.range) };
  }

  #valueNode(value: unknown, at: number): Node {
    if (value !== null && value !== undefined) return this.node(value);
    return { kind: 'scalar', value: MappedText.verbatim(this.#source, at, at), empty: true, span: { start: at, end: at }, body: null };
  }

  /** Own entries win, then earlier merges: yaml.org/type/merge.html. */
  #merge(own: Map<string, Entry>, merges: readonly unknown[]): Map<string, Entry> {
    const all = new Map(own);
    const sources = merges.flatMap((merge): readonly Node[] => {
      const node = this.node(merge);
      return node.kind === 'sequence' ? node.items.map((item) => item.value) : [node];
    });
    for (const source of sources) {
      if (source.kind !== 'map') continue;
      this.merged.add(source);
      for (const entry of source.entries) {
        if (this.#copied >= MAX_MERGED) return all;
        this.#copied++;
        if (!all.has(entry.name)) all.set(entry.name, { ...entry, shared: true });
      }
    }
    return all;
  }

  #sequence(sequence: YAMLSeq): SequenceNode {
    const items = sequence.items.map((item): Item => {
      const value = this.node(item);
      const span = isAlias(item) ? spanOf(item.range) : value.span;
      return { value, span: this.#withDash(span), whole: wholeOf(this.#source, this.#withDash(span).start, span.end), shared: isAlias(item) };
    });
    return { kind: 'sequence', items, span: spanOf(sequence.range) };
  }

  #withDash(span: Span): Span {
    let start = span.start;
    while (start > 0 && (this.#source[start - 1] === ' ' || this.#source[start - 1] === '\t')) start--;
    return this.#source[start - 1] === '-' ? { start: start - 1, end: span.end } : span;
  }
}

function hidden(span: Span): Node {
  return { kind: 'scalar', value: 'hidden', empty: false, span, body: null };
}

function spanOf(range: readonly [number, number, number] | null | undefined): Span {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? range?.[0] ?? 0 };
}
