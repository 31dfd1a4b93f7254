import { closers } from '../../settings/template.ts';
import { MappedTextBuilder, type Span } from '../../text.ts';
import { endOfLine, nextLine, startOfLine, type Entry, type RawComment, type Variables } from './entry.ts';

/** Commands whose arguments are assignments. */
const DECLARES = /^(?:export|declare|typeset|local|readonly|env)$/;
const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/**
 * Takes the assignments out of a shell script such as direnv's `.envrc`. Words are decoded as POSIX says (XCU 2.2);
 * what a command would print, `$(…)`, stays as it is: a template.
 */
export function parseShell(text: string): Variables {
  return new ShellParser(text).parse();
}

interface Word {
  /** Only as far as it is needed to recognise an assignment or a command. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

class ShellParser {
  readonly #text: string;
  readonly #entries: Entry[] = [];
  readonly #comments: RawComment[] = [];
  /** Quotes that are known not to be closed any more: then they are ordinary letters. */
  readonly #unclosed = new Set<string>();
  #line: Span = { start: 0, end: -1 };
  #parentheses: ReadonlyMap<number, number> | undefined;
  #braces: ReadonlyMap<number, number> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Variables {
    const text = this.#text;
    let at = 0;
    let mayAssign = true;
    while (at < text.length) {
      const unit = text.charAt(at);
      if ('\r\n;&|(){}'.includes(unit)) {
        mayAssign = true;
        at++;
      } else if (unit === ' ' || unit === '\t' || unit === '\\') at++;
      else if (unit === '#') {
        const { start, end } = this.#lineOf(at);
        this.#comments.push({ span: { start: at, end }, trailing: text.slice(start, at).trim() !== '' });
        at = end;
      } else {
        const word = this.#word(at);
        const name = mayAssign ? ASSIGNMENT.exec(word.raw) : null;
        if (name?.[1] !== undefined) this.#assign(name[1], word, at + name[0].length);
        else if (!DECLARES.test(word.raw) && !word.raw.startsWith('-') && !/^(?:then|do|else|if|elif|while)$/.test(word.raw)) mayAssign = false;
        at = Math.max(word.end, at + 1);
      }
    }
    return { entries: this.#entries, comments: this.#comments };
  }

  /** The line of an offset. Remembered, for a line may hold very many words. */
  #lineOf(at: number): Span {
    if (at < this.#line.start || at > this.#line.end) this.#line = { start: startOfLine(this.#text, at), end: endOfLine(this.#text, at) };
    return this.#line;
  }

  #assign(name: string, word: Word, from: number): void {
    const text = this.#text;
    const builder = new MappedTextBuilder();
    const literals = new Set<number>();
    let length = 0;
    const add = (piece: string, start: number, end: number, literal: boolean): void => {
      if (literal) for (let at = 0; at < piece.length; at++) if (piece[at] === '$') literals.add(length + at);
      builder.add(piece, { start, end });
      length += piece.length;
    };
    this.#pieces(from, add);
    const { start } = this.#lineOf(word.start);
    const { end } = this.#lineOf(word.end);
    const isShort = word.start - start < 200 && end - word.end < 200;
    const alone = isShort && text.slice(word.end, end).trim() === '' && /^\s*(?:export\s+)?$/.test(text.slice(start, word.start));
    const whole = alone ? { start, end: nextLine(text, end) } : { start: word.start, end: word.end };
    this.#entries.push({ name, value: builder.build(text[from] === '"' || text[from] === "'" ? from + 1 : from), literal: (at) => literals.has(at), whole });
  }

  #word(start: number): Word {
    const end = this.#pieces(start, () => undefined);
    return { raw: this.#text.slice(start, Math.min(end, start + 200)), start, end };
  }

  /** Walks over one word and hands over its decoded pieces; leads to its end. */
  #pieces(start: number, add: (piece: string, start: number, end: number, literal: boolean) => void): number {
    const text = this.#text;
    let at = start;
    while (at < text.length) {
      const unit = text.charAt(at);
      if (' \t\r\n;&|<>()'.includes(unit)) break;
      if (unit === "'" || (unit === '$' && text[at + 1] === "'")) {
        const open = unit === '$' ? at + 1 : at;
        const close = this.#close("'", open);
        if (close !== null) {
          add(text.slice(open + 1, close), open + 1, close, true);
          at = close + 1;
          continue;
        }
      }
      if (unit === '"') {
        const close = this.#close('"', at);
        if (close !== null) {
          this.#doubleQuoted(at + 1, close, add);
          at = close + 1;
          continue;
        }
      }
      const end = unit === '$' || unit === '`' ? this.#substitution(at) : null;
      if (end !== null) {
        add(text.slice(at, end), at, end, false);
        at = end;
      } else if (unit === '\\' && at + 1 < text.length) {
        const next = text.charAt(at + 1);
        if (next !== '\n' && next !== '\r') add(next, at, at + 2, true);
        at += text.startsWith('\r\n', at + 1) ? 3 : 2;
      } else {
        add(unit, at, at + 1, false);
        at++;
      }
    }
    return at;
  }

  #doubleQuoted(start: number, end: number, add: (piece: string, start: number, end: number, literal: boolean) => void): void {
    const text = this.#text;
    let copied = start;
    for (let at = start; at < end; at++) {
      if (text[at] !== '\\' || at + 1 >= end) continue;
      const next = text.charAt(at + 1);
      if (!'$`"\\\n'.includes(next)) continue;
      if (copied < at) add(text.slice(copied, at), copied, at, false);
      if (next !== '\n') add(next, at, at + 2, true);
      at++;
      copied = at + 1;
    }
    if (copied < end) add(text.slice(copied, end), copied, end, false);
  }

  #close(quote: string, open: number): number | null {
    if (this.#unclosed.has(quote)) return null;
    const text = this.#text;
    for (let at = open + 1; at < text.length; at++) {
      if (quote === '"' && text[at] === '\\') at++;
      else if (text[at] === quote) return at;
    }
    this.#unclosed.add(quote);
    return null;
  }

  /** The end of `$(…)`, `${…}` or a command between backticks; `null` where it is none or isn't closed. */
  #substitution(at: number): number | null {
    const text = this.#text;
    if (text[at] === '`') {
      const close = this.#close('`', at);
      return close === null ? null : close + 1;
    }
    if (text[at + 1] === '(') this.#parentheses ??= closers(text, '(', ')');
    if (text[at + 1] === '{') this.#braces ??= closers(text, '{', '}');
    const close = (text[at + 1] === '(' ? this.#parentheses : text[at + 1] === '{' ? this.#braces : undefined)?.get(at + 1);
    return close === undefined ? null : close + 1;
  }
}
