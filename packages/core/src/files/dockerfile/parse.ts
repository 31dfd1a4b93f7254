import { MappedTextBuilder, type MappedText, type Span } from '../../text.ts';
import { endOfLine, nextLine } from '../entry.ts';
import { templateEnd } from '../inline-template.ts';
import { LineFinder } from '../shell/heredocs.ts';
import type { RawComment } from '../tree/comments.ts';

/** One instruction. */
export interface Instruction {
  /** In upper case. */
  readonly name: string;
  /** What stands behind the name, lines that go on included. */
  readonly body: Span;
  /** With its here-documents, whole lines. */
  readonly whole: Span;
  readonly documents: readonly Span[];
}

/** A word, its quotes taken off. */
export interface Word {
  readonly value: MappedText;
  /** True for offsets in the value where a `$` is only a `$`. */
  readonly literal: (at: number) => boolean;
  readonly span: Span;
}

/** A Dockerfile taken apart. */
export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  readonly comments: readonly RawComment[];
  /** `\`, or what the directive at the top says. */
  readonly escape: string;
}

/** Takes a Dockerfile apart (https://docs.docker.com/reference/dockerfile/#format); linear, never fails. */
export function parseDockerfile(text: string): Dockerfile {
  const instructions: Instruction[] = [];
  const comments: RawComment[] = [];
  const lines = new LineFinder(text);
  const escape = /^(?:[ \t]*#[^\r\n]*\r?\n)*?[ \t]*#[ \t]*escape[ \t]*=[ \t]*`[ \t]*\r?$/im.test(text.slice(0, 500)) ? '`' : '\\';
  for (let at = 0; at < text.length; ) {
    const { first, end } = lineAt(text, at);
    if (text[first] === '#') comments.push(commentAt(first, end));
    const name = /^[A-Za-z]{2,20}(?=\s|$)/.exec(text.slice(first, Math.min(end, first + 30)))?.[0];
    if (name === undefined) {
      at = nextLine(text, end);
      continue;
    }
    const start = at;
    let last = end;
    while (goesOn(text, first, last, escape) && last < text.length) {
      const next = lineAt(text, nextLine(text, last));
      if (text[next.first] === '#') comments.push(commentAt(next.first, next.end));
      // Neither a comment nor an empty line is an end.
      last = next.end;
      for (let more = next; (text[more.first] === '#' || more.first === more.end) && more.end < text.length; last = more.end) {
        more = lineAt(text, nextLine(text, more.end));
        if (text[more.first] === '#') comments.push(commentAt(more.first, more.end));
      }
    }
    const body = { start: first + name.length, end: last };
    const documents = documentsOf(text, body, lines);
    at = nextLine(text, documents.at(-1) === undefined ? last : endOfLine(text, documents.at(-1)?.end ?? last));
    instructions.push({ name: name.toUpperCase(), body, whole: { start, end: at }, documents });
  }
  return { instructions, comments, escape };
}

function lineAt(text: string, start: number): { first: number; end: number } {
  const end = endOfLine(text, start);
  let first = start;
  while (first < end && ' \t\uFEFF'.includes(text.charAt(first))) first++;
  return { first, end };
}

function commentAt(first: number, end: number): RawComment {
  return { span: { start: first, end }, inner: { start: first + 1, end } };
}

function goesOn(text: string, first: number, end: number, escape: string): boolean {
  let last = end - 1;
  while (last > first && (text[last] === ' ' || text[last] === '\t')) last--;
  return text[last] === escape;
}

function documentsOf(text: string, body: Span, lines: LineFinder): readonly Span[] {
  const names = text.slice(body.start, body.end).matchAll(/<<(-?)(["']?)([A-Za-z_]\w{0,50})\2/g);
  const documents: Span[] = [];
  let at = nextLine(text, body.end);
  for (const [, dash, , name = ''] of names) {
    const end = lines.find(name, at, dash === '-' ? 'tabs' : 'none');
    if (end === null) break;
    documents.push({ start: at, end: end.start });
    at = end.next;
  }
  return documents;
}

/** The words of ENV and ARG. Comments between lines that go on are left out. */
export function wordsOf(text: string, body: Span, escape: string): readonly Word[] {
  const words: Word[] = [];
  for (let at = body.start; at < body.end; ) {
    at = skipBlanks(text, at, body.end, escape);
    if (at >= body.end) break;
    const word = wordAt(text, at, body.end, escape);
    words.push(word);
    at = Math.max(word.span.end, at + 1);
  }
  return words;
}

/** Blanks, line breaks that are escaped, and lines that are comments. */
export function skipBlanks(text: string, from: number, end: number, escape: string): number {
  const blank = /[ \t\r\n]*/y;
  let at = from;
  for (;;) {
    blank.lastIndex = at;
    blank.exec(text);
    const next = Math.min(end, blank.lastIndex);
    const hasBreak = text[next - 1] === '\n' || text[next - 1] === '\r' || /[\r\n]/.test(text.slice(at, next));
    at = next;
    if (text[at] === escape && /^[ \t]*[\r\n]/.test(text.slice(at + 1, Math.min(end, at + 100)))) at++;
    else if (text[at] === '#' && hasBreak) at = Math.min(end, endOfLine(text, at));
    else return at;
  }
}

function wordAt(text: string, start: number, end: number, escape: string): Word {
  const builder = new MappedTextBuilder();
  const literals = new Set<number>();
  let length = 0;
  let quote = '';
  let at = start;
  let first = -1;
  const add = (from: number, to: number, literal: boolean): void => {
    if (first < 0) first = from;
    const piece = text.charAt(to - 1);
    if (literal && piece === '$') literals.add(length);
    builder.add(piece, { start: from, end: to }, to - from > 1);
    length++;
  };
  for (; at < end; at++) {
    const unit = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === '' && /\s/.test(unit)) break;
    const template = unit === '{' || unit === '<' ? templateEnd(text, at) : -1;
    if (template >= 0 && template <= end) {
      for (; at < template; at++) add(at, at + 1, false);
      at--;
      continue;
    }
    if (unit === quote) quote = '';
    else if (quote === '' && (unit === '"' || unit === "'")) quote = unit;
    else if (unit === escape && quote !== "'" && (next === '\n' || next === '\r')) {
      at = nextLine(text, at + 1) - 1;
    } else if (unit === escape && at + 1 < end && (quote === '' || (quote === '"' && `"$${escape}`.includes(next)))) {
      add(at, at + 2, true);
      at++;
    } else add(at, at + 1, quote === "'");
  }
  return { value: builder.build(first < 0 ? start : first), literal: (offset) => literals.has(offset), span: { start, end: Math.min(at, end) } };
}
