import { MappedText, MappedTextBuilder } from '../../text.ts';
import { entry, openMap, scalar, type OpenEntry, type OpenMap } from '../tree/build.ts';
import type { RawComment } from '../tree/comments.ts';
import type { ParsedTree } from '../tree/reading.ts';

/** How INI files differ. */
export interface Dialect {
  /** A `#` or `;` behind a value begins a comment. */
  readonly trailing: boolean;
}

/** How deep blocks may stand in each other; deeper ones count as their surroundings. */
const MAX_DEPTH = 50;

/** Names that are keywords of libpq: a line that begins with one may be a whole connection string. */
const KEYWORD = /^(?:host|hostaddr|port|user|password|dbname|service|sslmode)$/;

/**
 * Takes apart what is called INI, conf or cfg: sections, blocks in braces (HOCON, nginx), `key = value`, `key: value`.
 * There is no grammar that all of them keep to, so nothing is ever refused: a line that is none of these is text.
 */
export function parseIni(text: string, dialect: Dialect): ParsedTree {
  return new IniParser(text, dialect).parse();
}

interface Line {
  readonly start: number;
  /** Of the first letter. */
  readonly first: number;
  /** Without its break and the blanks before it. */
  readonly end: number;
  readonly next: number;
}

interface Block {
  readonly map: OpenMap;
  readonly entry: OpenEntry | null;
}

class IniParser {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #root = openMap(0);
  readonly #comments: RawComment[] = [];
  #section: Block = { map: this.#root, entry: null };
  #blocks: Block[] = [];

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  parse(): ParsedTree {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      const line = this.#lineAt(at);
      at = line.first === line.end ? line.next : this.#line(line);
    }
    return { trees: [{ roots: [this.#root], merged: new Set() }], comments: this.#comments, failure: null };
  }

  #lineAt(start: number): Line {
    const text = this.#text;
    const pattern = /[^\r\n]*/y;
    pattern.lastIndex = start;
    pattern.exec(text);
    let end = pattern.lastIndex;
    const next = text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
    let first = start;
    while (first < end && ' \t\uFEFF'.includes(text.charAt(first))) first++;
    while (end > first && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
    return { start, first, end, next };
  }

  get #open(): Block {
    return this.#blocks.at(-1) ?? this.#section;
  }

  /** Reads a line that is not empty; leads to the next. */
  #line(line: Line): number {
    const text = this.#text;
    const { first, end, next } = line;
    const content = text.slice(first, end);
    const mark = /^(?:[#;!]|\/\/)/.exec(content)?.[0];
    if (mark !== undefined) {
      this.#comments.push({ span: { start: first, end }, inner: { start: first + mark.length, end } });
      return next;
    }
    const section = this.#blocks.length === 0 ? /^\[([^\]]*)\][ \t]*(?:[#;].*)?$/.exec(content) : null;
    if (section?.[1] !== undefined) {
      this.#openSection(section[1].trim(), line);
      return next;
    }
    const closed = /^[}\s,;)\]]*/.exec(content)?.[0] ?? '';
    if (closed.includes('}')) {
      for (const unit of closed) if (unit === '}') this.#blocks.pop();
      const rest = { ...line, first: first + closed.length };
      return rest.first === end ? next : this.#entry(rest, text.slice(rest.first, end));
    }
    const opened = content.length < 300 && content.endsWith('{') ? /^([^{}]*?)[ \t]*[=:]?[ \t]*\{$/.exec(content) : null;
    if (opened?.[1] !== undefined) {
      this.#openBlock(unquoted(opened[1].trim()), line);
      return next;
    }
    return this.#entry(line, content);
  }

  #openSection(name: string, line: Line): void {
    const map = openMap(line.first);
    const made = entry(this.#text, name, line.first, map, line.end);
    this.#root.entries.push(made);
    this.#section = { map, entry: made };
  }

  #openBlock(name: string, line: Line): void {
    if (this.#blocks.length >= MAX_DEPTH) return;
    const map = openMap(line.first);
    const made = entry(this.#text, name, line.first, map, line.end);
    this.#open.map.entries.push(made);
    this.#blocks.push({ map, entry: made });
  }

  #entry(line: Line, content: string): number {
    const text = this.#text;
    const { first, end, next } = line;
    // A colon parts a key from its value only before a blank or a quote: `postgres://` is no key.
    const key = /^([^=:\s"'{}[\]][^=:"'{}]{0,200}?|"[^"]{1,200}"|'[^']{1,200}')[ \t]*(?:=>|:=|\+=|=|:(?=[ \t"']|$))[ \t]*/.exec(content);
    const name = key?.[1] === undefined ? null : unquoted(key[1].trim());
    const from = first + (key?.[0].length ?? 0);
    if (key === null || name === null || (KEYWORD.test(name) && /\s(?:host|hostaddr|port|user|dbname|sslmode)=/.test(content))) {
      this.#add('', line, MappedText.verbatim(text, first, this.#valueEnd(first, end)), next);
      return next;
    }
    if (from < end) {
      this.#add(name, line, this.#value(from, end), next);
      return next;
    }
    return this.#continued(name, line);
  }

  /** A key whose value stands on the lines below, indented deeper. */
  #continued(name: string, line: Line): number {
    const text = this.#text;
    const builder = new MappedTextBuilder();
    const indent = line.first - line.start;
    let last = line;
    for (let at = line.next; at < text.length; ) {
      const more = this.#lineAt(at);
      const isText = more.first < more.end && more.first - more.start > indent && !/^(?:[#;}]|\/\/)|^[\w.-]+\s*(?:=|:(?:[ \t]|$))(?!\/\/)|\{$/.test(text.slice(more.first, more.end));
      if (!isText) break;
      if (last !== line) builder.add('\n', { start: last.end, end: more.first }, true);
      builder.verbatim(text, more.first, more.end);
      last = more;
      at = more.next;
    }
    this.#add(name, { ...line, end: last.end }, builder.build(line.end), last.next);
    return last.next;
  }

  /** Without quotes around it, and without what stands behind those. */
  #value(start: number, lineEnd: number): MappedText {
    const text = this.#text;
    const raw = text.slice(start, lineEnd);
    const quote = /^(?:"""|"|')/.exec(raw)?.[0];
    if (quote !== undefined) {
      const close = raw.indexOf(quote, quote.length);
      const last = raw.lastIndexOf(quote);
      const rest = (at: number): boolean => /^[\s,;]*(?:(?:[#;]|\/\/).*)?$/.test(raw.slice(at + quote.length));
      const end = close > 0 && rest(close) ? close : last >= quote.length && rest(last) ? last : -1;
      if (end >= 0) {
        this.#comment(start + end + quote.length, lineEnd);
        return MappedText.verbatim(text, start + quote.length, start + end);
      }
    }
    return MappedText.verbatim(text, start, this.#valueEnd(start, lineEnd));
  }

  /** Where a value ends, before a comment. */
  #valueEnd(start: number, lineEnd: number): number {
    if (!this.#dialect.trailing) return lineEnd;
    const comment = /[ \t](?:[#;](?=[ \t]|sslmode-ignore)|\/\/[ \t])/.exec(this.#text.slice(start, lineEnd));
    if (comment === null) return lineEnd;
    this.#comment(start + comment.index, lineEnd);
    let end = start + comment.index;
    while (end > start && ' \t'.includes(this.#text.charAt(end - 1))) end--;
    return end;
  }

  #comment(from: number, end: number): void {
    const found = /[#;]|\/\//.exec(this.#text.slice(from, end));
    if (found !== null && this.#dialect.trailing) this.#comments.push({ span: { start: from + found.index, end }, inner: { start: from + found.index + found[0].length, end } });
  }

  #add(name: string, line: Line, value: MappedText, next: number): void {
    const node = scalar(value);
    const { entries } = this.#open.map;
    // HOCON: `url = ${?URL}` counts only where there is one, so what stands before it counts too.
    const isOptional = /^\$\{\?[^}]*\}$/.test(value.text) && entries.some((known) => known.name === name);
    const made = entry(this.#text, isOptional ? '' : name, line.first, node, line.end);
    // A comment at the end goes too.
    entries.push({ ...made, whole: { start: line.start, end: next } });
    for (const { entry: open } of [this.#section, ...this.#blocks]) if (open !== null) open.span = { start: open.span.start, end: line.end };
  }
}

function unquoted(name: string): string {
  return name.replace(/^(["'])(.*)\1$/, '$2');
}
