import { MappedTextBuilder, type MappedText, type Span } from '../../text.ts';
import type { RawComment } from '../tree/comments.ts';
import { commonEscape, type EscapeAt } from '../tree/escapes.ts';
import type { Language, Quote } from './language.ts';

/** A string of a program, with those that it is joined to; what is filled in at run time stands in it as `${…}`. */
export interface Literal {
  readonly value: MappedText;
  /** With quotes, from the first to the last that is joined. */
  readonly span: Span;
  /** Where the brackets begin that it stands in, the innermost last; not those in braces. */
  readonly within: readonly number[];
}

/** How many brackets around a string are kept. */
const MAX_WITHIN = 8;
/** How many strings become one. */
const MAX_JOINED = 200;
/** How much may stand between two strings that are joined. */
const MAX_OPERAND = 300;
/** What stands for something filled in at run time. */
const HOLE = '${…}';

/** The environment variable that is filled in at a place; `undefined` where it is something else. */
export type NameOf = (start: number, end: number) => string | undefined;

/** The strings and comments of a program; linear, never fails. */
export function scanSource(text: string, language: Language, nameOf: NameOf = () => undefined): { readonly literals: readonly Literal[]; readonly comments: readonly RawComment[] } {
  const scanner = new Scanner(text, language, nameOf);
  scanner.scan();
  return scanner;
}

interface Opened {
  readonly quote: Quote;
  readonly start: number;
  /** Where the content begins. */
  readonly from: number;
  readonly close: string;
}

class Scanner {
  readonly literals: Literal[] = [];
  readonly comments: RawComment[] = [];
  readonly #text: string;
  readonly #language: Language;
  readonly #holeAt: (start: number, end: number) => string;
  /** Skips what can begin nothing. */
  readonly #plain: RegExp;
  readonly #brackets: number[] = [];
  /** Closers that are known not to come any more. */
  readonly #unclosed = new Map<string, number>();

  constructor(text: string, language: Language, nameOf: NameOf) {
    this.#text = text;
    this.#holeAt = (start, end) => {
      const name = nameOf(start, end);
      return name === undefined ? HOLE : `\${${name}}`;
    };
    this.#language = language;
    // Letters that begin a string (`r"`, `f"`, `%q(`, `qq{`) or a comment, and all quotes and brackets.
    this.#plain = /[^"'`#/\-;({[\])}~%@$<\nrRbBfFq*]+/y;
  }

  scan(): void {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      this.#plain.lastIndex = at;
      if (this.#plain.exec(text) !== null) {
        at = this.#plain.lastIndex;
        continue;
      }
      at = this.#comment(at) ?? this.#literal(at) ?? this.#other(at);
    }
  }

  #other(at: number): number {
    const unit = this.#text.charAt(at);
    if (unit === '(' || unit === '[') this.#brackets.push(at);
    else if (unit === ')' || unit === ']') this.#brackets.pop();
    // What stands in a block has nothing to do with what is around it.
    else if (unit === '{') this.#brackets.push(-1);
    else if (unit === '}') while (this.#brackets.length > 0 && this.#brackets.pop() !== -1);
    if (/[rRbBfFq]/.test(unit)) {
      // A word is skipped as a whole: a quote behind it belongs to nothing in it.
      const word = /[A-Za-z_]\w*/y;
      word.lastIndex = at;
      word.exec(this.#text);
      return Math.max(at + 1, word.lastIndex);
    }
    return at + 1;
  }

  /** Reads a comment; leads behind it, `null` where none begins. */
  #comment(at: number): number | null {
    const text = this.#text;
    const { lineComments, blockComments } = this.#language;
    const block = blockComments.find(([open]) => text.startsWith(open, at));
    if (block !== undefined) {
      const [open, close] = block;
      const end = this.#find(close, at + open.length);
      if (end !== null) {
        this.comments.push({ span: { start: at, end: end + close.length }, inner: { start: at + open.length, end } });
        return end + close.length;
      }
    }
    const line = lineComments.find((open) => text.startsWith(open, at));
    if (line === undefined) return null;
    const end = endOfLine(text, at);
    this.comments.push({ span: { start: at, end }, inner: { start: at + line.length, end } });
    return end;
  }

  #literal(at: number): number | null {
    const opened = this.#opened(at);
    if (opened === null) return null;
    const end = this.#closeOf(opened);
    if (end === null) return opened.from;
    if (opened.quote.ignored === true) return end + opened.close.length;
    const builder = new MappedTextBuilder();
    decode(this.#text, opened, end, builder, this.#holeAt);
    const last = this.#joined(builder, end + opened.close.length);
    this.literals.push({ value: builder.build(opened.from), span: { start: at, end: last }, within: this.#brackets.slice(-MAX_WITHIN).filter((from) => from >= 0) });
    return last;
  }

  #opened(at: number): Opened | null {
    const text = this.#text;
    const before = text.charAt(at - 1);
    for (const quote of this.#language.quotes) {
      quote.open.lastIndex = at;
      const match = quote.open.exec(text);
      if (match === null) continue;
      // A letter before it must not be the end of a name.
      if (/^[A-Za-z]/.test(match[0]) && /\w/.test(before)) continue;
      return { quote, start: at, from: quote.open.lastIndex, close: typeof quote.close === 'string' ? quote.close : quote.close(match[1] ?? '') };
    }
    return null;
  }

  /** Where a string's closer begins; `null` where it has none. */
  #closeOf({ quote, from, close }: Opened): number | null {
    const text = this.#text;
    const limit = quote.lines ? text.length : endOfLine(text, from);
    if (quote.lines && this.#isUnclosed(close, from)) return null;
    for (let at = from; at < limit; at++) {
      const unit = text[at];
      const hole = holeEnd(text, at, limit, quote);
      if (hole > at) at = hole - 1;
      else if (unit === '\\' && (quote.escapes === 'backslash' || quote.escapes === 'single')) at++;
      else if (unit === '`' && quote.escapes === 'backtick') at++;
      else if (unit === close[0] && text.startsWith(close, at)) {
        if (quote.escapes === 'doubled' && text.startsWith(close, at + close.length)) at += close.length;
        else return at;
      }
    }
    if (quote.lines) this.#unclosed.set(close, Math.min(from, this.#unclosed.get(close) ?? from));
    return null;
  }

  #isUnclosed(close: string, from: number): boolean {
    return (this.#unclosed.get(close) ?? Infinity) <= from;
  }

  #find(word: string, from: number): number | null {
    if (this.#isUnclosed(word, from)) return null;
    const found = this.#text.indexOf(word, from);
    if (found >= 0) return found;
    this.#unclosed.set(word, from);
    return null;
  }

  /** Adds the strings and values that are joined to the one that ends here; leads behind them. */
  #joined(builder: MappedTextBuilder, end: number): number {
    const { joins } = this.#language;
    if (joins.length === 0) return end;
    let last = end;
    for (let parts = 0; parts < MAX_JOINED; parts++) {
      const at = this.#gap(last);
      const join = joins.find((word) => word !== '' && this.#text.startsWith(word, at));
      const next = join === undefined ? at : this.#gap(at + join.length);
      const opened = join === undefined && !joins.includes('') ? null : this.#opened(next);
      const close = opened === null || opened.quote.ignored === true ? null : this.#closeOf(opened);
      if (opened !== null && close !== null) {
        decode(this.#text, opened, close, builder, this.#holeAt);
        last = close + opened.close.length;
      } else {
        const operand = join === undefined || join === '\\' ? null : this.#operand(next);
        if (operand === null) return last;
        builder.add(this.#holeAt(next, operand), { start: next, end: operand }, true);
        last = operand;
      }
    }
    return last;
  }

  /** Behind blanks, line breaks and comments. */
  #gap(from: number): number {
    const text = this.#text;
    const blank = /\s*/y;
    let at = from;
    for (let comments = 0; comments < 20; comments++) {
      blank.lastIndex = at;
      blank.exec(text);
      at = Math.min(blank.lastIndex, from + MAX_OPERAND);
      const line = this.#language.lineComments.find((open) => text.startsWith(open, at));
      const block = this.#language.blockComments.find(([open]) => text.startsWith(open, at));
      // One that carries an ignore is not swallowed.
      if ((line === undefined && block === undefined) || text.slice(at, at + 200).includes('sslmode-ignore')) return at;
      const close = block === undefined ? -1 : text.slice(at, at + MAX_OPERAND).indexOf(block[1]);
      if (block !== undefined && close < 0) return at;
      at = block === undefined ? endOfLine(text, at) : at + close + block[1].length;
    }
    return at;
  }

  /** Where a value ends that is joined to a string: a name, a call, a member of something. `null` for none. */
  #operand(from: number): number | null {
    const text = this.#text;
    const limit = Math.min(text.length, from + MAX_OPERAND);
    let depth = 0;
    let at = from;
    for (; at < limit; at++) {
      const unit = text.charAt(at);
      if (unit === '(' || unit === '[' || unit === '{') depth++;
      else if (unit === ')' || unit === ']' || unit === '}') {
        if (depth === 0) break;
        depth--;
      } else if (depth > 0) {
        if (unit === '"' || unit === "'") {
          const close = text.slice(at + 1, limit).indexOf(unit);
          if (close < 0) return null;
          at += close + 1;
        }
      } else if (unit === '-' && text[at + 1] === '>') at++;
      else if (!/[\w.:$@?!&*]/.test(unit) || this.#language.joins.some((join) => join !== '' && text.startsWith(join, at) && !/\w/.test(text.charAt(at + join.length)))) break;
    }
    return depth === 0 && at > from && at < limit ? at : null;
  }
}

function endOfLine(text: string, at: number): number {
  const line = /[^\r\n]*/y;
  line.lastIndex = at;
  line.exec(text);
  return line.lastIndex;
}

const singleEscape: EscapeAt = (source, at, end) => (at + 1 < end && /["'\\]/.test(source.charAt(at + 1)) ? { text: source.charAt(at + 1), end: at + 2 } : null);

/** Decodes what stands between the quotes. */
function decode(text: string, { quote, from, close }: Opened, end: number, builder: MappedTextBuilder, holeAt: (start: number, end: number) => string): void {
  const { escapes } = quote;
  let copied = from;
  const replace = (at: number, to: number, by: string): void => {
    builder.verbatim(text, copied, at).add(by, { start: at, end: to }, true);
    copied = to;
  };
  for (let at = from; at < end; at++) {
    const hole = holeEnd(text, at, end, quote);
    const unit = text[at];
    if (hole > at) replace(at, hole, holeAt(at, hole));
    else if (unit === '\\' && (escapes === 'backslash' || escapes === 'single')) {
      const escape = escapes === 'backslash' ? commonEscape(text, at, end) : singleEscape(text, at, end);
      if (escape === null) continue;
      replace(at, quote.folds === true && escape.text === '' ? Math.min(end, blanksEnd(text, escape.end)) : escape.end, escape.text);
    } else if (unit === '`' && escapes === 'backtick' && at + 1 < end) replace(at, at + 2, text.charAt(at + 1));
    else if (escapes === 'doubled' && text.startsWith(close, at)) replace(at, at + 2 * close.length, close);
    else continue;
    at = copied - 1;
  }
  builder.verbatim(text, copied, end);
}

function blanksEnd(text: string, at: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = at;
  blanks.exec(text);
  return blanks.lastIndex;
}

/** Where a hole ends that begins here; -1 for none. A bracket that is doubled is only a bracket (C#, Python). */
function holeEnd(text: string, at: number, limit: number, { holes = [] }: Quote): number {
  for (const hole of holes) {
    if (hole instanceof RegExp) {
      hole.lastIndex = at;
      if (hole.exec(text) !== null && hole.lastIndex <= limit) return hole.lastIndex;
      continue;
    }
    const [open, close] = hole;
    if (!text.startsWith(open, at) || (open === '{' && (text[at + 1] === '{' || text[at - 1] === '{'))) continue;
    const end = balanced(text, at + open.length, Math.min(limit, at + MAX_OPERAND), close);
    if (end >= 0) return end;
  }
  return -1;
}

/** Behind the bracket that closes what is open; strings in between may hold any. */
function balanced(text: string, from: number, limit: number, close: string): number {
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const unit = text.charAt(at);
    if (unit === close && depth === 0) return at + 1;
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit)) depth--;
    else if (unit === '"' || unit === "'") {
      const end = text.slice(at + 1, limit).indexOf(unit);
      if (end < 0) return -1;
      at += end + 1;
    }
    if (depth < 0) return -1;
  }
  return -1;
}
