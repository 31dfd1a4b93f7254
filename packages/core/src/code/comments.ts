import { LineIndex } from '../text.ts';
import type { Span } from '../text.ts';
import type { Comment } from '../site.ts';
import { spanOf } from './ast.ts';
import type { Node } from './ast.ts';
import type { Tree } from './scope.ts';

/** A comment as parsers give it. */
export interface SourceComment {
  readonly value: string;
  readonly range?: readonly [number, number];
  readonly start?: number;
  readonly end?: number;
}

const IGNORE = 'sslmode-ignore';

/** Of a function, a class or a block only the first line is covered: an ignore is meant for one connection. */
const BODIES: ReadonlySet<string> = new Set([
  'FunctionDeclaration', 'ClassDeclaration', 'MethodDefinition', 'BlockStatement', 'IfStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement',
  'WhileStatement', 'DoWhileStatement', 'TryStatement', 'SwitchStatement', 'LabeledStatement', 'TSModuleDeclaration',
]);

/** The comments that speak to us, with what they cover. */
export function commentsOf(comments: readonly SourceComment[], tree: Tree): readonly Comment[] {
  const spans = comments.map((comment) => spanOf(comment as unknown as Node)).sort((a, b) => a.start - b.start);
  const ours = comments.filter(({ value }) => value.includes(IGNORE));
  if (ours.length === 0) return [];
  const { source } = tree;
  const lines = new LineIndex(source);
  const found = ours.map((comment) => {
    const span = spanOf(comment as unknown as Node);
    const { line } = lines.position(span.start);
    const trailing = source.slice(lines.startOf(line), span.start).trim() !== '';
    return { text: comment.value, span, trailing, line, next: trailing ? -1 : nextCode(source, span.end, spans) };
  });
  const entries = outermostAt(new Set(found.map(({ next }) => next)), tree);
  return found.map(({ text, span, trailing, line, next }) => {
    const own: Span = { start: lines.startOf(line), end: endOfLine(source, span.end) };
    if (trailing) return { text, span, trailing, covers: own };
    const node = entries.get(next);
    const firstLine: Span = { start: next, end: endOfLine(source, next) };
    const covers = node === undefined || BODIES.has(node.type) ? firstLine : spanOf(node);
    return { text, span, trailing, covers };
  });
}

/** The first place after `from` that is neither white space nor a comment. */
function nextCode(source: string, from: number, comments: readonly Span[]): number {
  let at = from;
  let index = firstFrom(comments, from);
  for (;;) {
    while (at < source.length && /\s/.test(source[at] ?? '')) at++;
    const comment = comments[index];
    if (comment?.start !== at) return at;
    at = comment.end;
    index++;
  }
}

function firstFrom(spans: readonly Span[], from: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The outermost node that starts at each of these places. Parents are visited before what is in them. */
function outermostAt(places: ReadonlySet<number>, tree: Tree): ReadonlyMap<number, Node> {
  const found = new Map<number, Node>();
  for (const node of tree.visits.keys()) {
    const { start } = spanOf(node);
    if (places.has(start) && node.type !== 'Program' && !found.has(start)) found.set(start, exported(node));
  }
  return found;
}

/** What an `export` exports: whether that has a body decides. */
function exported(node: Node): Node {
  if (!(node.type as string).startsWith('Export') || !('declaration' in node)) return node;
  const declaration = node.declaration as Node | null;
  return declaration !== null && BODIES.has(declaration.type) ? declaration : node;
}

function endOfLine(source: string, from: number): number {
  const rest = /[\r\n]/.exec(source.slice(from, from + 10_000));
  return rest === null ? Math.min(source.length, from + 10_000) : from + rest.index;
}
