import type { Comment } from '../../site.ts';
import { LineIndex, type Span } from '../../text.ts';

/** A comment as a parser finds it. */
export interface RawComment {
  /** With its delimiters. */
  readonly span: Span;
  /** Without them. */
  readonly inner: Span;
}

/**
 * The comments that may be ignores, each with what it covers: what begins on the line below, comments in between left
 * out; or the line that it trails, where `trailing` says that the kind of file has such comments.
 *
 * @param parts entries, items, statements: of those that begin on one line the outermost counts.
 */
export function commentsOver(source: string, comments: readonly RawComment[], parts: Iterable<Span>, trailing = true): Comment[] {
  if (!source.includes('sslmode-ignore')) return [];
  const lines = new LineIndex(source);
  const lineOf = (at: number): number => lines.position(at).line;
  const below = outermostByLine(source, lines, parts);
  const found: Comment[] = [];
  // From below, so that a comment hands what it covers up to the one above it.
  for (const { span, inner } of comments.toReversed()) {
    const line = lineOf(span.start);
    const start = lines.startOf(line);
    const trails = !isBlank(source, start, span.start);
    let covers: Span;
    if (trails) covers = trailing ? { start, end: span.end } : span;
    else {
      covers = below.get(lineOf(span.end) + 1) ?? span;
      below.set(line, covers);
    }
    const text = source.slice(inner.start, inner.end);
    if (text.includes('sslmode-ignore')) found.push({ text: text.trim(), span, trailing: trails, covers });
  }
  return found.reverse();
}

function outermostByLine(source: string, lines: LineIndex, parts: Iterable<Span>): Map<number, Span> {
  const byLine = new Map<number, Span>();
  for (const part of parts) {
    const { line } = lines.position(part.start);
    const known = byLine.get(line);
    if (known === undefined ? isBlank(source, lines.startOf(line), part.start) : part.end > known.end) byLine.set(line, { start: known?.start ?? part.start, end: part.end });
  }
  return byLine;
}

function isBlank(source: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (source[at] !== ' ' && source[at] !== '\t') return false;
  return true;
}
