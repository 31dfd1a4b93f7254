import type { Comment } from '../../site.ts';
import type { Span } from '../../text.ts';
import type { Node, Tree } from '../tree/tree.ts';

/** What is needed of the trees to tell comments from text, and what stands below them. */
class Layout {
  /** By the beginning of its line: the outermost entry, item or value that begins there. */
  readonly entries = new Map<number, Span>();
  /** By the beginning of its line: the value of a block whose `|` stands there. */
  readonly blocks = new Map<number, Span>();
  /** Text in which a `#` is no comment. */
  readonly scalars: Span[] = [];
  readonly #source: string;

  constructor(source: string, trees: readonly Tree[]) {
    this.#source = source;
    for (const { roots } of trees) for (const root of roots) this.#add(root);
    this.scalars.sort((a, b) => a.start - b.start);
  }

  isText(at: number): boolean {
    let low = 0;
    let high = this.scalars.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.scalars[middle]?.start ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const scalar = this.scalars[low];
    return scalar !== undefined && scalar.start <= at && at < scalar.end;
  }

  lineStart(at: number): number {
    return this.#source.lastIndexOf('\n', at - 1) + 1;
  }

  #add(node: Node): void {
    if (node.kind === 'scalar') {
      this.#begins(node.span);
      this.scalars.push(node.body === null ? node.span : { start: node.body, end: node.span.end });
      if (node.body !== null) this.blocks.set(this.lineStart(node.span.start), node.span);
      return;
    }
    for (const part of node.kind === 'map' ? node.entries : node.items) {
      if (part.shared) continue;
      this.#begins(part.span);
      this.#add(part.value);
    }
  }

  #begins(span: Span): void {
    const line = this.#indentedStart(span.start);
    if (line !== null && !this.entries.has(line)) this.entries.set(line, span);
  }

  /** The beginning of the line, if only white space stands before the entry. */
  #indentedStart(at: number): number | null {
    let start = at;
    while (start > 0 && (this.#source[start - 1] === ' ' || this.#source[start - 1] === '\t')) start--;
    return start === 0 || this.#source[start - 1] === '\n' ? start : null;
  }
}

/** The comments of a YAML file that may be ignores. */
export function commentsOf(source: string, trees: readonly Tree[]): Comment[] {
  if (!source.includes('sslmode-ignore')) return [];
  const layout = new Layout(source, trees);
  const found: Comment[] = [];
  // By the beginning of a comment's line: what stands below it. From below, so that each hands it up to the one above.
  const covered = new Map<number, Span>();
  for (const span of findComments(source, layout).toReversed()) {
    const line = layout.lineStart(span.start);
    const trailing = source.slice(line, span.start).trim() !== '';
    const below = span.end + 1 + (source[span.end] === '\r' ? 1 : 0);
    let covers: Span;
    if (trailing) {
      const block = layout.blocks.get(line);
      covers = { start: line, end: block === undefined ? span.end : Math.max(block.end, span.end) };
    } else {
      covers = layout.entries.get(below) ?? covered.get(below) ?? span;
      covered.set(line, covers);
    }
    const text = source.slice(span.start + 1, span.end);
    if (text.includes('sslmode-ignore')) found.push({ text: text.trim(), span, trailing, covers });
  }
  return found.reverse();
}

function findComments(source: string, layout: Layout): Span[] {
  const comments: Span[] = [];
  for (let at = source.indexOf('#'); at >= 0; at = source.indexOf('#', at + 1)) {
    const before = source[at - 1];
    if ((before !== undefined && !' \t\r\n'.includes(before)) || layout.isText(at)) continue;
    const newline = source.indexOf('\n', at);
    let end = newline < 0 ? source.length : newline;
    if (source[end - 1] === '\r') end--;
    comments.push({ start: at, end });
    at = end;
  }
  return comments;
}
