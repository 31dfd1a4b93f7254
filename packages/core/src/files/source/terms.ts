import type { MappedText, Span } from '../../text.ts';
import type { Entry, Value } from '../../value.ts';
import { wholeOf } from '../tree/tree.ts';
import type { RawComment } from '../tree/comments.ts';
import type { VariableRead } from './environment.ts';
import type { Literal } from './scan.ts';

/** What a call is given, or what stands in a map: by name, and by its place. */
export interface Arguments {
  readonly entries: readonly Entry[];
  readonly positional: readonly Value[];
  /** Something is spread into it: there may be more. */
  readonly open: boolean;
  /** From the bracket to behind the one that closes it. */
  readonly span: Span;
}

/** What is given by a name; of several the last. */
export function argumentOf({ entries }: Arguments, name: string): Value | undefined {
  return entries.findLast((entry) => entry.name === name)?.value;
}

/** More than a configuration has; keeps hostile input linear. */
const MAX_ITEMS = 300;
const MAX_DEPTH = 8;
const MAX_LENGTH = 50_000;

const KEY = /:?([A-Za-z_][\w-]{0,80}[?!]?)\s*(?:=>|:(?!:)|=(?![=~>]))\s*/y;
const BEHIND_KEY = /\s*(?:=>|:(?!:)|=(?!=))\s*/y;
/** What opens a map in front of its bracket: Elixir's `%{`, PHP's `array(`, Python's `dict(`. */
const OPENER = /(?:%|array\s*|dict\s*)(?=[({[])/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, nil: null, none: null, null: null };

/**
 * Literal maps and the arguments of calls, in all languages whose strings are found: what stands between brackets, parted
 * by commas, named by `x:`, `x =`, `'x' =>` … A name stands for what it is given where that happens once in the file.
 */
export class Terms {
  readonly text: string;
  /** Where strings and comments end, by where they begin. */
  readonly #skips: ReadonlyMap<number, number>;
  readonly #literals: ReadonlyMap<number, Literal>;
  readonly #comments: ReadonlySet<number>;
  readonly #reads: readonly VariableRead[];
  readonly #fallbacks = new WeakMap<Value, MappedText>();
  readonly #given = new Map<string, Value | null>();

  constructor(text: string, literals: readonly Literal[], comments: readonly RawComment[], reads: readonly VariableRead[]) {
    this.text = text;
    this.#literals = new Map(literals.map((literal) => [literal.span.start, literal]));
    this.#comments = new Set(comments.map(({ span }) => span.start));
    this.#skips = new Map([...literals, ...comments].map(({ span }) => [span.start, span.end]));
    this.#reads = reads;
  }

  /** Every place in the program, outside of strings and comments, that a pattern fits. */
  *matches(pattern: RegExp): Generator<RegExpExecArray> {
    const skips = [...this.#skips].sort(([a], [b]) => a - b);
    let next = 0;
    for (const match of this.text.matchAll(pattern)) {
      while ((skips[next]?.[1] ?? Infinity) <= match.index) next++;
      const [start] = skips[next] ?? [Infinity];
      if (match.index <= start) yield match;
    }
  }

  /** What stands in the brackets that open at a place; `null` where none do, or nothing closes them. */
  argumentsAt(at: number, depth = 0): Arguments | null {
    if (!/[([{]/.test(this.text.charAt(at))) return null;
    const { items, end } = this.#items(at + 1, false);
    return end === null ? null : this.#arguments(items, { start: at, end: end + 1 }, depth);
  }

  /** What is written without brackets to the end of the statement: `config :app, App.Repo, …`. */
  argumentsFrom(at: number): Arguments {
    const { items, end } = this.#items(at, true);
    return this.#arguments(items, { start: at, end: end ?? at }, 0);
  }

  /** What a variable's value is where nothing gives it: the default that is written beside it. */
  fallbackOf(value: Value): MappedText | undefined {
    return this.#fallbacks.get(value);
  }

  /** What is assigned behind an equals sign, up to the end of the statement. */
  valueFrom(at: number): Value {
    const { items } = this.#items(at, true, true);
    const [only, ...more] = items;
    return only === undefined || more.length > 0 ? { kind: 'hidden', span: { start: at, end: at } } : this.#value(only, 0);
  }

  #arguments(items: readonly Span[], span: Span, depth: number): Arguments {
    const entries: Entry[] = [];
    const positional: Value[] = [];
    let open = items.length >= MAX_ITEMS;
    for (const item of items) {
      const key = this.#key(item);
      if (key !== null) {
        const comma = this.text.charAt(item.end) === ',' ? item.end + 1 : item.end;
        entries.push({ name: key.name, value: this.#value({ start: key.end, end: item.end }, depth + 1), span: item, whole: wholeOf(this.text, item.start, comma) });
      } else if (/^(?:\*|\.\.\.)/.test(this.text.slice(item.start, item.start + 3))) open = true;
      else positional.push(this.#value(item, depth + 1));
    }
    return { entries, positional, open, span };
  }

  #key(item: Span): { readonly name: string; readonly end: number } | null {
    const literal = this.#literals.get(item.start);
    const pattern = literal === undefined ? KEY : BEHIND_KEY;
    pattern.lastIndex = literal?.span.end ?? item.start;
    const match = pattern.exec(this.text);
    if (match === null || pattern.lastIndex >= item.end) return null;
    return { name: literal?.value.text ?? match[1] ?? '', end: pattern.lastIndex };
  }

  /** Parts at commas, without blanks and comments around them; `end` is where the closing bracket or the line's end is. */
  #items(from: number, toLineEnd: boolean, whole = false): { readonly items: readonly Span[]; readonly end: number | null } {
    const items: Span[] = [];
    let depth = 0;
    let start = -1;
    let last = -1;
    const push = (): void => {
      if (start >= 0 && items.length < MAX_ITEMS) items.push({ start, end: last });
      start = -1;
    };
    const limit = Math.min(this.text.length, from + MAX_LENGTH);
    for (let at = from; at < limit; at++) {
      const skip = this.#skips.get(at);
      const unit = this.text.charAt(at);
      if (skip !== undefined) {
        if (!this.#comments.has(at)) {
          if (start < 0) start = at;
          last = skip;
        }
        at = skip - 1;
        continue;
      }
      if (toLineEnd && depth === 0 && (unit === ';' || (unit === '\n' && !this.#goesOn(last, at)))) {
        if (start < 0 && unit === '\n' && items.length === 0) continue;
        push();
        return { items, end: at };
      }
      if (/\s/.test(unit)) continue;
      if (unit === ',' && depth === 0 && !whole) {
        push();
        continue;
      }
      if (')]}'.includes(unit)) {
        if (depth === 0) {
          push();
          return { items, end: at };
        }
        depth--;
      } else if ('([{'.includes(unit)) depth++;
      if (start < 0) start = at;
      last = at + 1;
    }
    push();
    return { items, end: toLineEnd ? limit : null };
  }

  /** Whether a statement goes on behind a line break: an operator or a comma stands before it, or an operator behind it. */
  #goesOn(last: number, newline: number): boolean {
    const before = this.text.slice(Math.max(0, last - 2), last);
    const comma = this.text.slice(last, newline).trimStart().startsWith(',');
    return comma || /(?:[,\\=]|\|\||\|>|<>|&&|\?\?|->|\+|\.)$/.test(before) || /^\s*(?:\|\||\|>|<>|&&|\?\?|\.\w|\?|:(?=\s))/.test(this.text.slice(newline, newline + 100));
  }

  #value(span: Span, depth: number): Value {
    const { start, end } = span;
    const hidden: Value = { kind: 'hidden', span };
    if (start >= end || depth > MAX_DEPTH) return hidden;
    const literal = this.#literals.get(start);
    if (literal?.span.end === end) return asLiteral(literal);
    const read = this.#reads.find((each) => each.start >= start && each.end <= end && /^[\w.:$&!]{0,60}$/.test(this.text.slice(start, each.start)));
    if (read !== undefined) return this.#read(read, span);
    const word = this.text.slice(start, Math.min(end, start + 100)).trim();
    const known = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
    if (known !== undefined) return { kind: 'literal', value: known, span };
    if (/^\d+$/.test(word)) return { kind: 'literal', value: Number(word), span };
    const atom = /^:(\w+)$/.exec(word)?.[1];
    if (atom !== undefined) return { kind: 'literal', value: atom, span };
    OPENER.lastIndex = start;
    const bracket = OPENER.exec(this.text) === null ? start : OPENER.lastIndex;
    const inner = this.argumentsAt(bracket, depth);
    if (inner !== null && inner.span.end === end) return asValue(inner);
    return /^[$@]?[A-Za-z_]\w*$/.test(word) ? (this.#variable(word) ?? hidden) : hidden;
  }

  #read(read: VariableRead, span: Span): Value {
    // Not the default beside it, which may hold a password.
    const value: Value = { kind: 'hidden', name: read.name, span: { start: span.start, end: read.end } };
    for (let at = read.end - 1; at < span.end; at++) {
      const literal = this.#literals.get(at);
      if (literal === undefined || at < read.end - 1 || literal.value.text === read.name) continue;
      this.#fallbacks.set(value, literal.value);
      break;
    }
    return value;
  }

  /** What a name stands for; `undefined` where it is not given exactly one thing. */
  #variable(name: string): Value | undefined {
    const known = this.#given.get(name);
    if (known !== undefined) return known ?? undefined;
    // One that is given itself ends here.
    this.#given.set(name, null);
    const pattern = new RegExp(`^[ \\t]*(?:(?:const|let|var|val|final|static|private|public|protected|my|our|mut|auto|String|string)[ \\t]+)*${name.replace('$', '\\$')}(?:[ \\t]*:[^=\\n]{1,60})?[ \\t]*:?=(?![=~>])[ \\t]*`, 'gm');
    const [only, ...more] = [...this.matches(pattern)];
    const value = only === undefined || more.length > 0 ? null : this.valueFrom(only.index + only[0].length);
    this.#given.set(name, value);
    return value ?? undefined;
  }
}

function asLiteral({ value, span }: Literal): Value {
  const name = /^\$\{(\w+)\}$/.exec(value.text)?.[1];
  if (name !== undefined) return { kind: 'hidden', name, span };
  return value.text.includes('${') ? { kind: 'opaque', span } : { kind: 'literal', value: value.text, span: value.span, text: value };
}

function asValue({ entries, positional, open, span }: Arguments): Value {
  const [only, ...more] = positional;
  if (entries.length > 0 || only === undefined) return { kind: 'object', entries, open: open || only !== undefined, span };
  return more.length === 0 && only.kind === 'object' ? only : { kind: 'array', items: positional, span };
}
