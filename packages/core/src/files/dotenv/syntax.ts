import { MappedTextBuilder, type MappedText } from '../../text.ts';
import { endOfLine, nextLine, startOfLine, type Entry, type RawComment, type Variables } from '../entry.ts';

/**
 * Takes a .env file apart exactly as dotenv 17 does (its one regular expression, lib/main.js LINE, is followed here
 * step by step, in linear time): quotes, values over several lines, `#` in a value, `KEY: value`, `export`.
 */
export function parseDotenv(text: string): Variables {
  return new DotenvParser(text).parse();
}

const KEY = /[\w.-]+/y;
const SPACE = /\s*/y;

class DotenvParser {
  readonly #text: string;
  readonly #entries: Entry[] = [];
  readonly #comments: RawComment[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Variables {
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const first = this.#skip(at);
      if (first >= text.length) break;
      const next = this.#entry(first);
      if (next === null) {
        const end = endOfLine(text, first);
        if (text[first] === '#') this.#comments.push({ span: { start: first, end }, trailing: false });
        at = nextLine(text, end);
      } else at = next;
    }
    return { entries: this.#entries, comments: this.#comments };
  }

  /** Reads an assignment at the first letter of a line; leads to the next line, or `null` where there is none. */
  #entry(first: number): number | null {
    const text = this.#text;
    if (text.startsWith('export', first)) {
      const key = this.#skip(first + 6);
      const next = key > first + 6 ? this.#assignment(first, key) : null;
      if (next !== null) return next;
    }
    return this.#assignment(first, first);
  }

  #assignment(first: number, key: number): number | null {
    const text = this.#text;
    KEY.lastIndex = key;
    const name = KEY.exec(text)?.[0];
    if (name === undefined) return null;
    const end = key + name.length;
    const equals = this.#skip(end);
    let from: number;
    if (text[equals] === '=') from = equals + 1;
    // One character of white space belongs to the colon, even a line break.
    else if (text[end] === ':' && /\s/.test(text.charAt(end + 1))) from = text.startsWith('\r\n', end + 1) ? end + 3 : end + 2;
    else return null;
    const { value, literal, stop } = this.#quoted(from) ?? this.#unquoted(from);
    const comment = this.#skip(stop);
    const last = endOfLine(text, stop);
    if (comment < last) this.#comments.push({ span: { start: comment, end: last }, trailing: true });
    const next = nextLine(text, last);
    this.#entries.push({ name, value, literal: () => literal, whole: { start: startOfLine(text, first), end: next } });
    return next;
  }

  #quoted(from: number): { value: MappedText; literal: boolean; stop: number } | null {
    const text = this.#text;
    const open = this.#skip(from);
    const quote = text.charAt(open);
    if (quote !== "'" && quote !== '"' && quote !== '`') return null;
    const close = this.#closingQuote(open, quote);
    if (close === null) return null;
    return { value: this.#decode(open + 1, close, quote === '"'), literal: quote === "'", stop: close + 1 };
  }

  /** The first quote without a backslash before it; else, where what follows that is no end, the last one with. */
  #closingQuote(open: number, quote: string): number | null {
    const text = this.#text;
    const escaped: number[] = [];
    for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (text[at - 1] !== '\\') {
        if (this.#isEnd(at + 1)) return at;
        break;
      }
      escaped.push(at);
    }
    return escaped.findLast((at) => this.#isEnd(at + 1)) ?? null;
  }

  /** Whether nothing but white space and a comment stands from here to the end of the line. */
  #isEnd(at: number): boolean {
    const next = this.#skip(at);
    return next === this.#text.length || this.#text[next] === '#' || endOfLine(this.#text, at) < next;
  }

  #unquoted(from: number): { value: MappedText; literal: boolean; stop: number } {
    const text = this.#text;
    let stop = from;
    while (stop < text.length && !'#\r\n'.includes(text.charAt(stop))) stop++;
    const raw = text.slice(from, stop);
    let start = from + (raw.length - raw.trimStart().length);
    let end = Math.max(start, from + raw.trimEnd().length);
    const quote = text.charAt(start);
    const isQuote = start < end && (quote === "'" || quote === '"' || quote === '`');
    // A quote in the middle of it keeps it from being read as quoted, yet the outer ones come off.
    const stripped = isQuote && end - start >= 2 && text[end - 1] === quote;
    if (stripped) {
      start++;
      end--;
    }
    return { value: this.#decode(start, end, isQuote && quote === '"'), literal: stripped && quote === "'", stop };
  }

  /** Line breaks are `\n`; between double quotes `\n` and `\r` are decoded. */
  #decode(start: number, end: number, escapes: boolean): MappedText {
    const text = this.#text;
    const builder = new MappedTextBuilder();
    let copied = start;
    for (let at = start; at < end; at++) {
      const unit = text[at];
      let decoded: string | null = null;
      let length = 1;
      if (unit === '\r') {
        decoded = '\n';
        length = text[at + 1] === '\n' && at + 1 < end ? 2 : 1;
      } else if (escapes && unit === '\\' && at + 1 < end && (text[at + 1] === 'n' || text[at + 1] === 'r')) {
        decoded = text[at + 1] === 'n' ? '\n' : '\r';
        length = 2;
      }
      if (decoded === null) continue;
      builder.verbatim(text, copied, at).add(decoded, { start: at, end: at + length });
      at += length - 1;
      copied = at + 1;
    }
    return builder.verbatim(text, copied, end).build(start);
  }

  #skip(at: number): number {
    SPACE.lastIndex = at;
    SPACE.exec(this.#text);
    return SPACE.lastIndex;
  }
}
