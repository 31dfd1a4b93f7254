import type { MappedText, Span } from '../text.ts';

/** One assignment of a file of variables. */
export interface Entry {
  readonly name: string;
  /** As the file's own parser gives it, references not yet filled in. */
  readonly value: MappedText;
  /** True for offsets in the value where a `$` is only a `$`. */
  readonly literal: (at: number) => boolean;
  /** From the beginning of its line to the end of the last, line break included. */
  readonly whole: Span;
}

/** A comment with where it stands; `trailing` behind an assignment. */
export interface RawComment {
  readonly span: Span;
  readonly trailing: boolean;
}

/** A file of variables taken apart, in source order. */
export interface Variables {
  readonly entries: readonly Entry[];
  readonly comments: readonly RawComment[];
}

/** The end of a line: where its break begins. `\n`, `\r\n` and a lone `\r` end lines. */
export function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}

/** Where the next line begins, given where a line ends. */
export function nextLine(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** Where the line of an offset begins. */
export function startOfLine(text: string, at: number): number {
  let start = at;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return start;
}
