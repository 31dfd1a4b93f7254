import type { RawComment } from '../tree/comments.ts';
import type { Span } from '../../text.ts';

/** A configuration file of lines taken apart: what it says, its comments, and where its entries stand, for ignores. */
export interface Lines<T> {
  readonly entries: readonly T[];
  readonly comments: readonly RawComment[];
  readonly parts: readonly Span[];
}

/** One line without its break. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/** The lines of a text; `\n`, `\r\n` and a lone `\r` end them. With `continued`, a backslash at the end takes the next one in. */
export function* linesOf(text: string, continued = false): Generator<Line> {
  const line = /[^\r\n]*/y;
  for (let start = 0; start < text.length; ) {
    let end = start;
    for (;;) {
      line.lastIndex = end;
      line.exec(text);
      end = line.lastIndex;
      if (!continued || text[end - 1] !== '\\' || end >= text.length) break;
      end = nextLine(text, end);
    }
    yield { start, end };
    start = nextLine(text, end);
  }
}

function nextLine(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? end + 2 : end + 1;
}

/** A comment from its mark to the end of the line. */
export function comment(start: number, end: number): RawComment {
  return { span: { start, end }, inner: { start: start + 1, end } };
}
