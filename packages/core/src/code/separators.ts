import type { Span } from '../text.ts';
import { spanOf } from './ast.ts';
import type { Node } from './ast.ts';

const COMMA = /[^\S\r\n]*,[^\S\r\n]*/y;
const LINE_END = /\r?\n/y;

/** A property with what has to go with it: one comma, and its line where it stands alone on one. */
export function withSeparator(property: Node, before: Node | undefined, after: Node | undefined, source: string): Span {
  const { start, end } = spanOf(property);
  COMMA.lastIndex = end;
  const comma = COMMA.exec(source);
  if (comma === null) {
    // The last one: the comma before it goes, or that and a comment are left as they are.
    if (after !== undefined) return { start, end: spanOf(after).start };
    const previous = before === undefined ? start : spanOf(before).end;
    return /^\s*,\s*$/.test(source.slice(previous, start)) ? { start: previous, end } : { start, end };
  }
  const stop = end + comma[0].length;
  // An indent is not as long as a file that is one line.
  const nearby = source.slice(Math.max(0, start - 300), start);
  const indent = /(?:^|[\r\n])([^\S\r\n]*)$/.exec(nearby)?.[1];
  LINE_END.lastIndex = stop;
  const lineEnd = LINE_END.exec(source);
  return lineEnd !== null && indent !== undefined ? { start: start - indent.length, end: stop + lineEnd[0].length } : { start, end: stop };
}
