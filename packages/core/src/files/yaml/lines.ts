import { findTemplates, hideTemplates } from '../../settings/template.ts';
import { MappedText, MappedTextBuilder, type Span } from '../../text.ts';
import { wholeOf, type Entry, type Item, type Node, type ScalarNode, type Tree } from '../tree/tree.ts';

/** How deep collections are followed; what stands deeper is taken apart from its surroundings. */
const MAX_DEPTH = 100;

/** Lines that only steer a template: `{{- if .Values.x }}`, `{% endfor %}`, `<% end %>`. */
const CONTROL = /^(?:\{\{(?:(?!\}\}).)*\}\}|\{%(?:(?!%\}).)*%\}|<%(?!=)(?:(?!%>).)*%>)$/;

/** `|`, `>-`, `|2+` … at the end of a key's line. */
const BLOCK_HEADER = /^[|>][+-]?\d?[+-]?$/;

/**
 * Reads a text that should be YAML and does not parse, mostly a template of Helm or Jinja, by its lines and their
 * indentation. Keeps as much of the structure as can be seen; skips nothing.
 */
export function readLines(text: string): readonly Tree[] {
  return new LineReader(text).read();
}

interface Frame {
  readonly indent: number;
  readonly node: { kind: 'map'; entries: Writable<Entry>[]; span: Span } | { kind: 'sequence'; items: Writable<Item>[]; span: Span };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Line {
  readonly start: number;
  /** Without its break. */
  readonly end: number;
  /** Of the first letter. */
  readonly first: number;
}

class LineReader {
  readonly #text: string;
  #trees: Tree[] = [];
  #roots: Node[] = [];
  #stack: Frame[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Tree[] {
    const text = this.#text;
    let line = this.#lineAt(0);
    while (line.start < text.length) {
      const content = text.slice(line.first, line.end);
      if (content.startsWith('---') && line.first === line.start) this.#finish();
      else if (content !== '' && !content.startsWith('#') && !CONTROL.test(content)) {
        const block = this.#line(line);
        if (block !== null) {
          line = this.#block(line, block);
          continue;
        }
      }
      line = this.#next(line);
    }
    this.#finish();
    return this.#trees;
  }

  #finish(): void {
    for (const root of this.#roots) extend(root);
    if (this.#roots.length > 0) this.#trees.push({ roots: this.#roots, merged: new Set() });
    this.#roots = [];
    this.#stack = [];
  }

  #lineAt(start: number): Line {
    const text = this.#text;
    const newline = text.indexOf('\n', start);
    let end = newline < 0 ? text.length : newline;
    while (end > start && (text[end - 1] === '\r' || text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
    let first = start;
    while (first < end && (text[first] === ' ' || text[first] === '\t')) first++;
    return { start, end, first };
  }

  #next(line: Line): Line {
    const newline = this.#text.indexOf('\n', line.end);
    return newline < 0 ? { start: this.#text.length, end: this.#text.length, first: this.#text.length } : this.#lineAt(newline + 1);
  }

  /** Reads one line. Gives the entry or item whose value is the block below it. */
  #line(line: Line): { part: Writable<Entry> | Writable<Item>; indent: number; header: Span } | null {
    const text = this.#text;
    let at = line.first;
    for (let dashes = 0; text[at] === '-' && (at + 1 >= line.end || text[at + 1] === ' ') && dashes < 20; dashes++) {
      const frame = this.#frame(at - line.start, 'sequence');
      const item: Writable<Item> = { value: empty(line.end), span: { start: at, end: line.end }, whole: wholeOf(text, at, line.end), shared: false };
      if (frame?.node.kind === 'sequence') frame.node.items.push(item);
      else this.#roots.push({ kind: 'sequence', items: [item], span: item.span });
      at++;
      while (at < line.end && text[at] === ' ') at++;
      if (at >= line.end) return null;
      const rest = text.slice(at, line.end);
      if (keyLength(rest) === null && !rest.startsWith('- ')) {
        if (BLOCK_HEADER.test(rest)) return { part: item, indent: item.span.start - line.start, header: { start: at, end: line.end } };
        item.value = this.#scalar(at, line.end);
        return null;
      }
    }
    const length = keyLength(text.slice(at, line.end));
    if (length === null) {
      this.#roots.push(this.#scalar(at, line.end));
      return null;
    }
    const frame = this.#frame(at - line.start, 'map');
    const name = text.slice(at, at + length).trim().replace(/^(["'])(.*)\1$/, '$2');
    let value = at + length + 1;
    while (value < line.end && text[value] === ' ') value++;
    const entry: Writable<Entry> = { name, value: empty(value), span: { start: at, end: line.end }, whole: wholeOf(text, at, line.end), shared: false };
    if (frame?.node.kind === 'map') frame.node.entries.push(entry);
    else this.#roots.push({ kind: 'map', entries: [entry], span: entry.span });
    const rest = text.slice(value, line.end);
    if (BLOCK_HEADER.test(rest)) return { part: entry, indent: at - line.start, header: { start: value, end: line.end } };
    if (rest !== '') entry.value = this.#scalar(value, line.end);
    return null;
  }

  /** The collection of that kind that a line at this column belongs to; `null` where it is too deep. */
  #frame(indent: number, kind: 'map' | 'sequence'): Frame | null {
    const stack = this.#stack;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.indent === indent && top.node.kind === kind) return top;
      // A list may stand as far left as the key that it belongs to.
      const belongs = top.indent === indent && kind === 'sequence' && top.node.kind === 'map' && slotOf(top) !== null;
      if (top.indent < indent || belongs) break;
      stack.pop();
    }
    if (stack.length >= MAX_DEPTH) return null;
    const span = { start: 0, end: 0 };
    const frame: Frame = { indent, node: kind === 'map' ? { kind, entries: [], span } : { kind, items: [], span } };
    const parent = stack.at(-1);
    const slot = parent === undefined ? null : slotOf(parent);
    if (slot === null) this.#roots.push(frame.node);
    else slot.value = frame.node;
    stack.push(frame);
    return frame;
  }

  /** The lines below a `|` that are indented more than its key; leads to the line behind them. */
  #block(line: Line, { part, indent, header }: { part: Writable<Entry> | Writable<Item>; indent: number; header: Span }): Line {
    const text = this.#text;
    const builder = new MappedTextBuilder();
    let next = this.#next(line);
    let column: number | null = null;
    const body = next.start;
    let end = header.end;
    while (next.start < text.length && (next.first === next.end || next.first - next.start > indent)) {
      column ??= next.first < next.end ? next.first - next.start : null;
      const start = Math.min(next.end, next.start + (column ?? 0));
      const after = this.#next(next);
      builder.verbatim(text, start, next.end).add('\n', { start: next.end, end: after.start }, true);
      end = after.start;
      next = after;
    }
    part.value = { kind: 'scalar', value: builder.build(body), empty: false, span: { start: header.start, end }, body };
    part.span = { start: part.span.start, end };
    part.whole = { start: part.whole.start, end };
    return next;
  }

  /** A value on one line, without its quotes and without a comment behind it. */
  #scalar(start: number, lineEnd: number): ScalarNode {
    const text = this.#text;
    const raw = text.slice(start, lineEnd);
    const quote = raw.charAt(0);
    let end = lineEnd;
    const close = quote === '"' || quote === "'" ? raw.lastIndexOf(quote) : 0;
    const isQuoted = close > 0 && /^\s*(?:#.*)?$/.test(raw.slice(close + 1));
    if (isQuoted) {
      end = start + close + 1;
      return { kind: 'scalar', value: MappedText.verbatim(text, start + 1, end - 1), empty: false, span: { start, end }, body: null };
    }
    const comment = raw.search(/[ \t]#/);
    if (comment >= 0) end = start + raw.slice(0, comment).trimEnd().length;
    return { kind: 'scalar', value: MappedText.verbatim(text, start, end), empty: false, span: { start, end }, body: null };
  }
}

/** Where the next collection goes: the last entry or item, as long as it has no value. */
function slotOf({ node }: Frame): Writable<Entry> | Writable<Item> | null {
  const last = node.kind === 'map' ? node.entries.at(-1) : node.items.at(-1);
  return last?.value.kind === 'scalar' && last.value.empty ? last : null;
}

/** Lets entries and items reach to the end of what stands in them. */
function extend(node: Node): void {
  if (node.kind === 'scalar') return;
  for (const part of (node.kind === 'map' ? node.entries : node.items) as readonly (Writable<Entry> | Writable<Item>)[]) {
    extend(part.value);
    const { value } = part;
    const last = value.kind === 'map' ? value.entries.at(-1) : value.kind === 'sequence' ? value.items.at(-1) : undefined;
    if (last === undefined) continue;
    part.span = { start: part.span.start, end: last.span.end };
    part.whole = { start: part.whole.start, end: last.whole.end };
  }
  const parts = node.kind === 'map' ? node.entries : node.items;
  (node as Writable<Node>).span = { start: parts[0]?.span.start ?? 0, end: parts.at(-1)?.span.end ?? 0 };
}

function empty(at: number): ScalarNode {
  return { kind: 'scalar', value: MappedText.whole('', { start: at, end: at }), empty: true, span: { start: at, end: at }, body: null };
}

/** How long the key at the beginning of a line is; `null` where there is none. */
function keyLength(line: string): number | null {
  const hidden = hideTemplates(line, findTemplates(line));
  const quoted = /^(?:"[^"]*"|'[^']*')/.exec(hidden)?.[0].length ?? 0;
  const colon = hidden.slice(quoted).search(/:(?:[ \t]|$)/);
  if (colon < 0) return null;
  const length = quoted + colon;
  if (length === 0 || length > 200 || (quoted > 0 && colon > 0)) return null;
  // What begins with a bracket or an open quote is a value.
  return quoted === 0 && /^[{["']/.test(hidden) ? null : length;
}
