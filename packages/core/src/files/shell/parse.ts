import { closers } from '../../settings/template.ts';
import { MappedText, MappedTextBuilder, type Span } from '../../text.ts';
import { append } from '../append.ts';
import { endOfLine, nextLine, startOfLine, type Entry, type RawComment, type Variables } from '../entry.ts';
import { templateEnd } from '../inline-template.ts';
import { LineFinder } from './heredocs.ts';

/** Commands whose arguments are assignments. */
const DECLARES = /^(?:export|declare|typeset|local|readonly)$/;
/** Words before a command that leave it the command that it is. */
const BEFORE = /^(?:then|do|else|if|elif|while|until|time|!|exec|command|nohup|env)$/;
const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/** A word without quotes, escapes and references. */
const PLAIN = /[\w./:@=+,%~^*?![\]-]+(?=[\s;&|<>()]|$)/y;
const NOWHERE = (): boolean => false;

/** One word of a command, its quotes taken off. */
export interface Word {
  readonly value: MappedText;
  /** True for offsets in the value where a `$` is only a `$`. */
  readonly literal: (at: number) => boolean;
  /** With its quotes. */
  readonly span: Span;
}

/** A simple command (XCU 2.9.1). */
export interface Command {
  /** Its own variables: `PGSSLMODE=require psql`. */
  readonly assignments: readonly Entry[];
  readonly words: readonly Word[];
  readonly span: Span;
}

/** A script taken apart; everything in source order. */
export interface Script extends Variables {
  /** Those of the whole script among `entries`: not of one command alone. */
  readonly variables: readonly Entry[];
  readonly commands: readonly Command[];
  /** What stands in here-documents. */
  readonly documents: readonly Span[];
}

/**
 * Takes a shell script apart, or a stretch of a text that is one. Words are decoded as POSIX says (XCU 2.2); what a
 * command would print, `$(…)`, stays as it is: a template, and its commands are listed too. Linear, never fails.
 */
export function parseShell(text: string, range: Span = { start: 0, end: text.length }): Script {
  const script = { entries: [], variables: [], commands: [], documents: [], comments: [] };
  new ShellParser(text, range, script, new Shared(text), 0).parse();
  return script;
}

/** How deep commands may stand in commands. */
const MAX_DEPTH = 10;

interface OpenScript {
  readonly entries: Entry[];
  readonly variables: Entry[];
  readonly commands: Command[];
  readonly documents: Span[];
  readonly comments: RawComment[];
}

/** What is found out about the text once for all of its parts. */
class Shared {
  readonly lines: LineFinder;
  readonly #text: string;
  #parentheses: ReadonlyMap<number, number> | undefined;
  #braces: ReadonlyMap<number, number> | undefined;

  constructor(text: string) {
    this.#text = text;
    this.lines = new LineFinder(text);
  }

  get parentheses(): ReadonlyMap<number, number> {
    return (this.#parentheses ??= closers(this.#text, '(', ')'));
  }

  get braces(): ReadonlyMap<number, number> {
    return (this.#braces ??= closers(this.#text, '{', '}'));
  }
}

interface OpenCommand {
  readonly start: number;
  readonly assignments: Entry[];
  readonly words: Word[];
  declares: boolean;
  end: number;
}

class ShellParser {
  readonly #text: string;
  readonly #range: Span;
  readonly #script: OpenScript;
  readonly #shared: Shared;
  readonly #depth: number;
  /** Quotes that are known not to be closed any more: then they are ordinary letters. */
  readonly #unclosed = new Set<string>();
  /** Commands in commands, to be read when this is done. */
  readonly #inner: Span[] = [];
  #documents: { readonly name: string; readonly tabs: boolean }[] = [];
  #command: OpenCommand | null = null;
  #line: Span = { start: 0, end: -1 };

  constructor(text: string, range: Span, script: OpenScript, shared: Shared, depth: number) {
    this.#text = text;
    this.#range = range;
    this.#script = script;
    this.#shared = shared;
    this.#depth = depth;
  }

  parse(): void {
    const { end } = this.#range;
    let at = this.#range.start;
    while (at < end) at = this.#step(at);
    this.#finish();
    if (this.#depth >= MAX_DEPTH) return;
    for (const inner of this.#inner) new ShellParser(this.#text, inner, this.#script, this.#shared, this.#depth + 1).parse();
  }

  #step(at: number): number {
    const text = this.#text;
    const unit = text.charAt(at);
    if (unit === '\r' || unit === '\n') {
      this.#finish();
      return this.#documents.length > 0 ? this.#readDocuments(nextLine(text, at)) : at + 1;
    }
    if (unit === '\\' && (text[at + 1] === '\n' || text[at + 1] === '\r')) return nextLine(text, at + 1);
    if (';&|(){}'.includes(unit) && !text.startsWith('{{', at)) {
      this.#finish();
      return at + 1;
    }
    if (unit === ' ' || unit === '\t' || unit === '\\') return at + 1;
    if ((unit === '<' && text[at + 1] !== '%') || unit === '>') return this.#redirection(at);
    if (unit === '#') {
      const { start, end } = this.#lineOf(at);
      this.#script.comments.push({ span: { start: at, end: Math.min(end, this.#range.end) }, trailing: text.slice(start, Math.min(at, start + 500)).trim() !== '' });
      return Math.min(end, this.#range.end);
    }
    return this.#word(at);
  }

  /** `>&2` ends no command; `<<EOF` begins a here-document below. */
  #redirection(at: number): number {
    const operator = /(?:<<<|<<-?|>>|[<>])[&|]?/y;
    operator.lastIndex = at;
    const found = operator.exec(this.#text)?.[0] ?? '';
    if (found !== '<<' && found !== '<<-') return at + found.length;
    const name = /[ \t]*(?:"([^"\r\n]{1,100})"|'([^'\r\n]{1,100})'|\\?([\w.-]{1,100}))/y;
    name.lastIndex = at + found.length;
    const match = name.exec(this.#text);
    if (match === null) return at + found.length;
    this.#documents.push({ name: match[1] ?? match[2] ?? match[3] ?? '', tabs: found === '<<-' });
    return name.lastIndex;
  }

  /** Leads behind the here-documents that begin here. */
  #readDocuments(from: number): number {
    let at = from;
    for (const { name, tabs } of this.#documents) {
      const end = this.#shared.lines.find(name, at, tabs ? 'tabs' : 'none');
      if (end === null || end.start > this.#range.end) break;
      this.#script.documents.push({ start: at, end: end.start });
      at = end.next;
    }
    this.#documents = [];
    return at;
  }

  /** The line of an offset. Remembered, for a line may hold very many words. */
  #lineOf(at: number): Span {
    if (at < this.#line.start || at > this.#line.end) this.#line = { start: startOfLine(this.#text, at), end: endOfLine(this.#text, at) };
    return this.#line;
  }

  #word(start: number): number {
    const text = this.#text;
    const command = (this.#command ??= { start, assignments: [], words: [], declares: false, end: start });
    const raw = text.slice(start, Math.min(this.#range.end, start + 200));
    const name = command.declares || command.words.length === 0 ? ASSIGNMENT.exec(raw) : null;
    const from = start + (name?.[0].length ?? 0);
    const { value, literal, end } = this.#decode(from);
    command.end = Math.max(end, start + 1);
    if (name?.[1] !== undefined) command.assignments.push({ name: name[1], value, literal, whole: this.#wholeOf(start, end) });
    else if (command.words.length === 0 && DECLARES.test(value.text)) command.declares = true;
    else if (!(command.declares && value.text.startsWith('-')) && !(command.words.length === 0 && BEFORE.test(value.text))) command.words.push({ value, literal, span: { start, end } });
    return command.end;
  }

  #finish(): void {
    const command = this.#command;
    if (command === null) return;
    this.#command = null;
    const { assignments, words, declares, start, end } = command;
    append(this.#script.entries, assignments);
    const isOwn = words.length > 0 && !declares;
    if (!isOwn && this.#depth === 0) append(this.#script.variables, assignments);
    this.#script.commands.push({ assignments: isOwn ? assignments : [], words, span: { start, end } });
  }

  #wholeOf(wordStart: number, wordEnd: number): Span {
    const text = this.#text;
    const { start } = this.#lineOf(wordStart);
    const { end } = this.#lineOf(wordEnd);
    const isShort = wordStart - start < 200 && end - wordEnd < 200;
    const alone = isShort && text.slice(wordEnd, end).trim() === '' && /^\s*(?:export\s+)?$/.test(text.slice(start, wordStart));
    return alone ? { start, end: nextLine(text, end) } : { start: wordStart, end: wordEnd };
  }

  #decode(from: number): { value: MappedText; literal: (at: number) => boolean; end: number } {
    // Most words are plain, and scripts have very many.
    PLAIN.lastIndex = from;
    if (PLAIN.exec(this.#text) !== null && PLAIN.lastIndex <= this.#range.end) return { value: MappedText.verbatim(this.#text, from, PLAIN.lastIndex), literal: NOWHERE, end: PLAIN.lastIndex };
    const builder = new MappedTextBuilder();
    let literals: Set<number> | undefined;
    let length = 0;
    const add = (piece: string, start: number, end: number, literal: boolean): void => {
      if (literal) for (let at = piece.indexOf('$'); at >= 0; at = piece.indexOf('$', at + 1)) (literals ??= new Set()).add(length + at);
      builder.add(piece, { start, end });
      length += piece.length;
    };
    const end = this.#pieces(from, add);
    const first = this.#text[from];
    const known = literals;
    return { value: builder.build(first === '"' || first === "'" ? from + 1 : from), literal: known === undefined ? NOWHERE : (at) => known.has(at), end };
  }

  /** Walks over one word and hands over its decoded pieces; leads to its end. */
  #pieces(start: number, add: (piece: string, start: number, end: number, literal: boolean) => void): number {
    const text = this.#text;
    const limit = this.#range.end;
    let at = start;
    while (at < limit) {
      const unit = text.charAt(at);
      if (' \t\r\n;&|<>()'.includes(unit) && (unit !== '<' || text[at + 1] !== '%')) break;
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
      const template = unit === '{' || unit === '$' || unit === '<' ? templateEnd(text, at) : -1;
      const end = template >= 0 && template <= limit ? template : unit === '$' || unit === '`' ? this.#substitution(at) : null;
      if (end !== null) {
        add(text.slice(at, end), at, end, false);
        at = end;
      } else if (unit === '\\' && at + 1 < limit) {
        const next = text.charAt(at + 1);
        if (next !== '\n' && next !== '\r') add(next, at, at + 2, true);
        at += text.startsWith('\r\n', at + 1) ? 3 : 2;
      } else {
        add(unit, at, at + 1, false);
        at++;
      }
    }
    return Math.min(at, limit);
  }

  #doubleQuoted(start: number, end: number, add: (piece: string, start: number, end: number, literal: boolean) => void): void {
    const text = this.#text;
    let copied = start;
    for (let at = start; at < end; at++) {
      if (text[at] === '$' || text[at] === '`') {
        const close = this.#substitution(at);
        if (close !== null && close <= end) at = close - 1;
        continue;
      }
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
    const limit = this.#range.end;
    for (let at = open + 1; at < limit; at++) {
      if (quote === '"' && text[at] === '\\') at++;
      else if (quote === '"' && text[at] === '$' && text[at + 1] === '(') at = this.#within(this.#shared.parentheses.get(at + 1)) ?? at;
      else if (text[at] === quote) return at;
    }
    this.#unclosed.add(quote);
    return null;
  }

  #within(at: number | undefined): number | null {
    return at === undefined || at >= this.#range.end ? null : at;
  }

  /** The end of `$(…)`, `${…}` or a command between backticks; `null` where it is none or isn't closed. */
  #substitution(at: number): number | null {
    const text = this.#text;
    if (text[at] === '`') {
      const close = this.#close('`', at);
      if (close !== null) this.#inner.push({ start: at + 1, end: close });
      return close === null ? null : close + 1;
    }
    const next = text[at + 1];
    const close = this.#within(next === '(' ? this.#shared.parentheses.get(at + 1) : next === '{' ? this.#shared.braces.get(at + 1) : undefined);
    if (close === null) return null;
    if (next === '(' && text[at + 2] !== '(') this.#inner.push({ start: at + 2, end: close });
    return close + 1;
  }
}
