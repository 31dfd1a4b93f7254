import { MappedText, type Span } from '../../text.ts';
import { entry, item, openMap, openSequence, scalar, verbatim, type OpenMap, type OpenNode } from '../tree/build.ts';
import type { RawComment } from '../tree/comments.ts';
import { commonEscape, decodeEscapes } from '../tree/escapes.ts';
import type { ParsedTree } from '../tree/reading.ts';
import type { Node } from '../tree/tree.ts';

/** How deep arrays and tables may stand in each other; deeper ones are text. */
const MAX_DEPTH = 100;

/**
 * Takes a TOML text (https://toml.io/en/v1.0.0) apart; linear, never throws. What is not TOML is kept as text where it
 * stands.
 */
export function parseToml(text: string): ParsedTree {
  return new TomlParser(text).parse();
}

const BLANKS = /[ \t]*/y;
const BARE_KEY = /[^\s=.[\]#"',{}]+/y;
const BARE_VALUE = /[^,\]}#\r\n]*/y;
const LINE_END = /[^\r\n]*/y;

class TomlParser {
  readonly #text: string;
  readonly #root: OpenMap;
  readonly #comments: RawComment[] = [];
  /** Entries of a map by name: a table may have very many. */
  readonly #names = new Map<OpenMap, Map<string, OpenNode>>();
  #failure: ParsedTree['failure'] = null;
  #failures = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#root = openMap(0);
  }

  parse(): ParsedTree {
    const text = this.#text;
    let table = this.#root;
    let opened: { span: Span }[] = [];
    this.#skipLines();
    while (this.#at < text.length) {
      const start = this.#at;
      if (text[start] === '[') {
        ({ table, opened } = this.#header(start));
      } else {
        const last = this.#keyValue(table, 0);
        for (const part of opened) part.span = { start: part.span.start, end: Math.max(last, part.span.end) };
      }
      this.#endOfLine(table);
      this.#skipLines();
    }
    this.#root.span = { start: 0, end: text.length };
    return { trees: [{ roots: [this.#root], merged: new Set() }], comments: this.#comments, failure: this.#failure };
  }

  /** `[a.b]` or `[[a.b]]`. Gives the table, and the entries that grow with it. */
  #header(start: number): { table: OpenMap; opened: { span: Span }[] } {
    const text = this.#text;
    const isArray = text.startsWith('[[', start);
    this.#at += isArray ? 2 : 1;
    const names = this.#key();
    this.#blanks();
    const close = isArray ? ']]' : ']';
    if (names === null || !text.startsWith(close, this.#at)) {
      this.#fail('a table without a name or end');
      this.#rest(this.#root);
      return { table: this.#root, opened: [] };
    }
    this.#at += close.length;
    const opened: { span: Span }[] = [];
    let table = this.#root;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      let next = this.#lookup(table, name);
      if (next?.kind === 'sequence' && !(isLast && isArray)) next = next.items.at(-1)?.value;
      if (isLast && isArray) {
        const list = next?.kind === 'sequence' ? next : openSequence(start);
        if (list !== next) opened.push(this.#add(table, name, start, list, this.#at));
        const element = openMap(start);
        const part = item(text, element, { start, end: this.#at });
        list.items.push(part);
        opened.push(part);
        table = element;
      } else if (next?.kind === 'map') {
        table = next;
      } else {
        const element = openMap(start);
        opened.push(this.#add(table, name, start, element, this.#at));
        table = element;
      }
    }
    return { table, opened };
  }

  /** `a.b = value`. Leads behind it, and gives where it ends. */
  #keyValue(into: OpenMap, depth: number): number {
    const start = this.#at;
    const names = this.#key();
    this.#blanks();
    if (names === null || this.#text[this.#at] !== '=') {
      this.#at = start;
      this.#fail('a line that is no key with a value');
      this.#rest(into);
      return this.#at;
    }
    this.#at++;
    this.#blanks();
    let table = into;
    for (const name of names.slice(0, -1)) {
      const known = this.#lookup(table, name);
      if (known?.kind === 'map') table = known;
      else {
        const element = openMap(start);
        this.#add(table, name, start, element, this.#at);
        table = element;
      }
    }
    const value = this.#value(depth);
    this.#add(table, names.at(-1) ?? '', start, value, value.span.end);
    return value.span.end;
  }

  #lookup(table: OpenMap, name: string): OpenNode | undefined {
    return this.#names.get(table)?.get(name);
  }

  #add(table: OpenMap, name: string, start: number, value: OpenNode, end: number): { span: Span } {
    const made = entry(this.#text, name, start, value, end);
    table.entries.push(made);
    const names = this.#names.get(table) ?? new Map<string, OpenNode>();
    names.set(name, value);
    this.#names.set(table, names);
    return made;
  }

  /** A dotted key; `null` where none stands. */
  #key(): readonly string[] | null {
    const names: string[] = [];
    do {
      if (names.length > 0) this.#at++;
      this.#blanks();
      const quote = this.#text[this.#at];
      const name = quote === '"' || quote === "'" ? this.#quoted(quote)?.text : this.#match(BARE_KEY);
      if (name === undefined || (name === '' && quote !== '"' && quote !== "'") || names.length > MAX_DEPTH) return null;
      names.push(name);
      this.#blanks();
    } while (this.#text[this.#at] === '.');
    return names;
  }

  #value(depth: number): OpenNode {
    const text = this.#text;
    const start = this.#at;
    const first = text[start];
    if (/^(?:\{\{|\{%|<%|\$\{)/.test(text.slice(start, start + 2))) {
      this.#fail('a template');
      const line = this.#match(LINE_END);
      return verbatim(text, start, start + line.trimEnd().length);
    }
    if (first === '"' || first === "'") {
      const value = this.#quoted(first);
      if (value !== null) return scalar(value, { start, end: this.#at });
      this.#at++;
      const rest = this.#match(LINE_END).trimEnd();
      return verbatim(text, start + 1, start + 1 + rest.length);
    } else if (first === '[' && depth < MAX_DEPTH) return this.#array(depth + 1);
    else if (first === '{' && depth < MAX_DEPTH) return this.#inlineTable(depth + 1);
    const bare = this.#match(BARE_VALUE).trimEnd();
    if (!/^[\w+.:-]+(?: \d[\d:.Z+-]*)?$/.test(bare)) this.#fail('a value that is none', start);
    return verbatim(text, start, start + bare.length);
  }

  #array(depth: number): OpenNode {
    const list = openSequence(this.#at++);
    for (;;) {
      this.#skipLines();
      if (this.#at >= this.#text.length) {
        this.#fail('a list that is not closed', list.span.start);
        break;
      }
      const unit = this.#text[this.#at];
      if (unit === ',' || unit === ']') {
        this.#at++;
        if (unit === ']') break;
        continue;
      }
      const from = this.#at;
      list.items.push(item(this.#text, this.#value(depth)));
      this.#go(from);
    }
    list.span = { start: list.span.start, end: this.#at };
    return list;
  }

  #inlineTable(depth: number): OpenNode {
    const table = openMap(this.#at++);
    for (;;) {
      this.#skipLines();
      if (this.#at >= this.#text.length) {
        this.#fail('a table that is not closed', table.span.start);
        break;
      }
      const unit = this.#text[this.#at];
      if (unit === ',' || unit === '}') {
        this.#at++;
        if (unit === '}') break;
        continue;
      }
      const failures = this.#failures;
      const from = this.#at;
      this.#keyValue(table, depth);
      this.#go(from);
      // One that is broken must not swallow what stands below it.
      if (failures !== this.#failures) break;
    }
    table.span = { start: table.span.start, end: this.#at };
    return table;
  }

  /** Leads on where nothing could be read. */
  #go(from: number): void {
    if (this.#at > from) return;
    this.#fail('something that cannot stand there');
    this.#at++;
  }

  /** A string of any of the four sorts; `null` where it is not closed. */
  #quoted(quote: '"' | "'"): MappedText | null {
    const text = this.#text;
    const open = this.#at;
    const isLong = text.startsWith(quote.repeat(3), open);
    let start = open + (isLong ? 3 : 1);
    if (isLong) start += text.startsWith('\r\n', start) ? 2 : text[start] === '\n' ? 1 : 0;
    let end = start;
    for (; ; end++) {
      if (end >= text.length || (!isLong && (text[end] === '\n' || text[end] === '\r'))) {
        this.#fail('a string that is not closed', open);
        return null;
      }
      if (text[end] === '\\' && quote === '"') end++;
      else if (isLong ? text.startsWith(quote.repeat(3), end) : text[end] === quote) break;
    }
    // Up to two quotes may stand before the closing three.
    for (let more = 0; isLong && more < 2 && text[end + 3] === quote; more++) end++;
    this.#at = end + (isLong ? 3 : 1);
    if (quote === "'") return MappedText.verbatim(text, start, end);
    return decodeEscapes(text, start, end, (source, at, until) => {
      const next = source[at + 1];
      if (next !== undefined && /\s/.test(next)) {
        let last = at + 1;
        while (last < until && /\s/.test(source.charAt(last))) last++;
        return { text: '', end: last };
      }
      return commonEscape(source, at, until);
    });
  }

  /** What is left of a line, as text. */
  #rest(into: OpenMap): void {
    const start = this.#at;
    const rest = this.#match(LINE_END);
    into.entries.push(entry(this.#text, '', start, verbatim(this.#text, start, start + rest.trimEnd().length), this.#at));
  }

  #endOfLine(table: OpenMap): void {
    this.#blanks();
    const unit = this.#text[this.#at];
    if (unit === undefined || unit === '#' || unit === '\n' || unit === '\r') return;
    this.#fail('something behind a value');
    this.#rest(table);
  }

  /** White space, line breaks and comments. */
  #skipLines(): void {
    const text = this.#text;
    for (;;) {
      this.#blanks();
      const unit = text[this.#at];
      if (unit === '\n' || unit === '\r' || unit === '\uFEFF') this.#at++;
      else if (unit === '#') {
        const start = this.#at;
        this.#match(LINE_END);
        this.#comments.push({ span: { start, end: this.#at }, inner: { start: start + 1, end: this.#at } });
      } else return;
    }
  }

  #blanks(): void {
    this.#match(BLANKS);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fail(reason: string, at = this.#at): void {
    this.#failures++;
    this.#failure ??= { at, reason };
  }
}

/** The plain data of a tree, for those who want to know no places. Names like `__proto__` become properties like any other. */
export function dataOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value === 'hidden' ? '' : node.value.text;
  if (node.kind === 'sequence') return node.items.map(({ value }) => dataOf(value));
  return Object.fromEntries(node.entries.map(({ name, value }) => [name, dataOf(value)]));
}
