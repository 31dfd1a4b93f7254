import { closers } from '../../settings/template.ts';
import { MappedText, MappedTextBuilder } from '../../text.ts';
import { append } from '../append.ts';
import { LineFinder } from '../shell/heredocs.ts';
import { entry, item, openMap, openSequence, scalar, verbatim, type OpenEntry, type OpenMap, type OpenNode } from '../tree/build.ts';
import type { RawComment } from '../tree/comments.ts';
import { commonEscape } from '../tree/escapes.ts';
import type { ParsedTree } from '../tree/reading.ts';
import { gather } from './blocks.ts';

/** How deep blocks and expressions may stand in each other; deeper ones are text. */
const MAX_DEPTH = 100;

/**
 * Takes HCL apart (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md): blocks, attributes, literals. Of other
 * expressions only the literals in them are kept: `jsonencode({ … })`, `var.x != "" ? var.x : "postgres://…"`. Linear,
 * never throws, and goes on behind what it does not understand.
 */
export function parseHcl(text: string): ParsedTree {
  return new HclParser(text).parse();
}

const NAME = /[A-Za-z_][\w-]*/y;
const BLANKS = /[ \t]*/y;
const NUMBER = /(?:true|false|null|-?\d[\w.]*)(?![\w.([])/y;
/** What an expression goes on with; strings, brackets and comments are looked at one by one. */
const OPERATORS = /[^"'#/\r\n{}[\](),<]+/y;

class HclParser {
  readonly #text: string;
  readonly #comments: RawComment[] = [];
  readonly #lines: LineFinder;
  #braces: ReadonlyMap<number, number> | undefined;
  #failure: ParsedTree['failure'] = null;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineFinder(text);
  }

  parse(): ParsedTree {
    const root = openMap(0);
    this.#body(root, 0);
    return { trees: [{ roots: [root], merged: new Set() }], comments: this.#comments, failure: this.#failure };
  }

  /** Attributes and blocks, up to the brace that closes them; that of a block is taken. */
  #body(map: OpenMap, depth: number): void {
    const text = this.#text;
    const blocks: OpenEntry[] = [];
    for (;;) {
      this.#space(true);
      const start = this.#at;
      if (start >= text.length) {
        if (depth > 0) this.#fail('a block is not closed', map.span.start);
        break;
      }
      if (text[start] === '}') {
        this.#at++;
        if (depth > 0) break;
        this.#fail('a brace that closes nothing', start);
        continue;
      }
      if (text[start] === ',' || text[start] === ';') {
        this.#at++;
        continue;
      }
      const name = this.#label();
      if (name === null) {
        this.#fail('something that is no attribute and no block', start);
        map.entries.push(entry(text, '', start, this.#line(start)));
        continue;
      }
      this.#space(false);
      if (text[this.#at] === '=') {
        this.#at++;
        this.#space(false);
        map.entries.push(entry(text, name, start, this.#expression(depth, '\n'), this.#at));
      } else append(blocks, this.#block(map, name, start, depth));
    }
    gather(text, map, blocks);
    map.span = { start: map.span.start, end: this.#at };
  }

  /** `type "label" "label" {`. Gives the entry of one without labels: there may be several of those. */
  #block(map: OpenMap, type: string, start: number, depth: number): readonly OpenEntry[] {
    const text = this.#text;
    const names = [type];
    for (let label = this.#label(); label !== null && names.length < 10; label = this.#label()) {
      names.push(label);
      this.#space(false);
    }
    if (text[this.#at] !== '{' || depth >= MAX_DEPTH) {
      this.#fail('a name without a value', start);
      map.entries.push(entry(text, '', start, this.#line(start)));
      return [];
    }
    const body = openMap(this.#at++);
    this.#body(body, depth + 1);
    let inner: OpenNode = body;
    for (const name of names.slice(1).reverse()) inner = { ...openMap(start), entries: [entry(text, name, start, inner, this.#at)], span: { start, end: this.#at } };
    const made = entry(text, type, start, inner, this.#at);
    map.entries.push(made);
    return names.length === 1 ? [made] : [];
  }

  /** A name, or a string in the place of one. */
  #label(): string | null {
    if (this.#text[this.#at] === '"') return this.#string().text;
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#text)?.[0];
    if (name === undefined) return null;
    this.#at += name.length;
    return name;
  }

  /** An expression; leads to the comma, bracket or line break that ends it. Between brackets a line break is none. */
  #expression(depth: number, end: '\n' | ','): OpenNode {
    const text = this.#text;
    const start = this.#at;
    const literal = this.#literal(depth);
    this.#space(end === ',');
    if (literal !== null && this.#isEnd()) return literal;
    // More than a literal: what literals are in it?
    const found = literal === null ? [] : [literal];
    for (let parentheses = 0; this.#at < text.length; ) {
      const unit = text.charAt(this.#at);
      if (parentheses === 0 && this.#isEnd()) break;
      if (unit === '}' || unit === ']') break;
      const before = this.#at;
      const inner = unit === '[' && /[\w)\]]/.test(text.charAt(before - 1)) ? null : this.#literal(depth);
      if (inner !== null) found.push(inner);
      else if (this.#at === before) {
        OPERATORS.lastIndex = before;
        this.#at += OPERATORS.exec(text)?.[0].length ?? 1;
        if (unit === '(') parentheses++;
        else if (unit === ')') parentheses--;
        // An index.
        else if (unit === '[' && this.#at === before + 1) this.#index();
        if (parentheses < 0) break;
      }
      this.#space(end === ',' || parentheses > 0);
    }
    return this.#composite(start, found);
  }

  #index(): void {
    const close = /[^[\]{}"\r\n]*\]/y;
    close.lastIndex = this.#at;
    if (close.exec(this.#text) !== null) this.#at = close.lastIndex;
  }

  /** What an expression with these literals in it counts as. */
  #composite(start: number, found: readonly OpenNode[]): OpenNode {
    const text = this.#text;
    let end = this.#at;
    while (end > start && /\s/.test(text.charAt(end - 1))) end--;
    const strings = found.filter((node) => node.kind === 'scalar' && node.value !== 'hidden' && /:\/\/|[\w ]=/.test(node.value.text));
    const [only, ...others] = strings;
    const collections = found.filter((node) => node.kind !== 'scalar');
    if (only !== undefined && others.length === 0 && collections.length === 0) return only;
    if (only === undefined && collections.length === 0) return scalar('hidden', { start, end });
    return { ...openSequence(start), items: [...strings, ...collections].map((node) => item(text, node)), span: { start, end } };
  }

  #isEnd(): boolean {
    const unit = this.#text[this.#at];
    return unit === undefined || unit === '\n' || unit === '\r' || unit === ',' || unit === '}' || unit === ']' || unit === ')';
  }

  /** A string, a here-document, a list, an object, a number; `null` for none. */
  #literal(depth: number): OpenNode | null {
    const text = this.#text;
    const start = this.#at;
    const unit = text[start];
    if (unit === '"') {
      const value = this.#string();
      return scalar(value, { start, end: this.#at });
    }
    if (unit === '<' && text[start + 1] === '<') return this.#document();
    if (unit === '[' && depth < MAX_DEPTH) return this.#list(depth + 1);
    if (unit === '{' && depth < MAX_DEPTH) {
      const map = openMap(this.#at++);
      this.#object(map, depth + 1);
      return map;
    }
    NUMBER.lastIndex = start;
    const number = NUMBER.exec(text)?.[0];
    if (number === undefined) return null;
    this.#at += number.length;
    return number === 'null' ? verbatim(text, start, start) : verbatim(text, start, this.#at);
  }

  #list(depth: number): OpenNode {
    const list = openSequence(this.#at++);
    for (;;) {
      this.#space(true);
      const start = this.#at;
      const unit = this.#text[start];
      if (unit === undefined || unit === '}') {
        this.#fail('a list is not closed', list.span.start);
        break;
      }
      if (unit === ']') {
        this.#at++;
        break;
      }
      if (unit === ',' || unit === ')') this.#at++;
      else list.items.push(item(this.#text, this.#expression(depth, ','), { start, end: Math.max(start, this.#at) }));
      if (this.#at === start) this.#at++;
    }
    list.span = { start: list.span.start, end: this.#at };
    return list;
  }

  #object(map: OpenMap, depth: number): void {
    const text = this.#text;
    for (;;) {
      this.#space(true);
      const start = this.#at;
      const unit = text[start];
      if (unit === undefined || unit === ']') {
        this.#fail('an object is not closed', map.span.start);
        break;
      }
      if (unit === '}') {
        this.#at++;
        break;
      }
      // A key may be an expression too: `(var.x)`, `for`.
      const name = this.#label();
      this.#space(false);
      if (name !== null && (text[this.#at] === '=' || text[this.#at] === ':') && text[this.#at + 1] !== '=') {
        this.#at += text[this.#at + 1] === '>' ? 2 : 1;
        this.#space(true);
        const value = this.#expression(depth, '\n');
        map.entries.push(entry(text, name, start, value, Math.max(value.span.end, this.#at)));
      } else if (this.#at === start || /[^\s,}]/.test(text.charAt(this.#at))) {
        const value = this.#expression(depth, '\n');
        if (value.kind !== 'scalar' || value.value !== 'hidden') map.entries.push(entry(text, '', start, value, Math.max(value.span.end, this.#at)));
      }
      if (this.#at === start) this.#at++;
    }
    map.span = { start: map.span.start, end: this.#at };
  }

  /** A string in quotes; what stands in `${…}` and `%{…}` is part of it. */
  #string(): MappedText {
    const text = this.#text;
    const open = this.#at;
    const builder = new MappedTextBuilder();
    let copied = open + 1;
    let at = open + 1;
    for (; at < text.length && text[at] !== '"' && text[at] !== '\n'; at++) {
      const unit = text[at];
      if (unit === '\\') {
        const escape = commonEscape(text, at, text.length);
        if (escape === null || escape.text === '') continue;
        builder.verbatim(text, copied, at).add(escape.text, { start: at, end: escape.end }, true);
        copied = escape.end;
        at = copied - 1;
      } else if ((unit === '$' || unit === '%') && text[at + 1] === '{') {
        this.#braces ??= closers(text, '{', '}');
        at = this.#braces.get(at + 1) ?? at;
      }
    }
    const end = Math.min(at, text.length);
    this.#at = end;
    if (text[end] === '"') this.#at++;
    else this.#fail('a string is not closed', open);
    return builder.verbatim(text, copied, Math.max(copied, end)).build(open + 1);
  }

  /** `<<EOF`, `<<-EOF` */
  #document(): OpenNode | null {
    const text = this.#text;
    const start = this.#at;
    const head = /<<-?([A-Za-z_][\w-]{0,100})[ \t]*\r?\n/y;
    head.lastIndex = start;
    const name = head.exec(text)?.[1];
    const end = name === undefined ? null : this.#lines.find(name, head.lastIndex, 'blanks');
    if (name === undefined || end === null) return null;
    this.#at = text[end.next - 1] === '\n' ? end.next - 1 : end.next;
    return scalar(MappedText.verbatim(text, head.lastIndex, Math.max(head.lastIndex, end.start - 1)), { start, end: this.#at });
  }

  /** The rest of a line, as text. */
  #line(start: number): OpenNode {
    const line = /[^\r\n]*/y;
    line.lastIndex = Math.max(start, this.#at);
    line.exec(this.#text);
    this.#at = Math.max(line.lastIndex, start + 1);
    return verbatim(this.#text, start, Math.min(this.#at, this.#text.length));
  }

  /** Blanks and comments, `breaks`: line breaks too. */
  #space(breaks: boolean): void {
    const text = this.#text;
    for (;;) {
      BLANKS.lastIndex = this.#at;
      BLANKS.exec(text);
      this.#at = BLANKS.lastIndex;
      const start = this.#at;
      const unit = text[start];
      if (breaks && (unit === '\n' || unit === '\r' || unit === '\uFEFF')) this.#at++;
      else if (unit === '#' || (unit === '/' && text[start + 1] === '/')) {
        const line = /[^\r\n]*/y;
        line.lastIndex = start;
        line.exec(text);
        this.#at = line.lastIndex;
        this.#comments.push({ span: { start, end: this.#at }, inner: { start: start + (unit === '#' ? 1 : 2), end: this.#at } });
      } else if (unit === '/' && text[start + 1] === '*') {
        const close = text.indexOf('*/', start + 2);
        if (close < 0) this.#fail('a comment is not closed', start);
        this.#at = close < 0 ? text.length : close + 2;
        this.#comments.push({ span: { start, end: this.#at }, inner: { start: start + 2, end: close < 0 ? this.#at : close } });
      } else return;
    }
  }

  #fail(reason: string, at = this.#at): void {
    this.#failure ??= { at, reason };
  }
}
