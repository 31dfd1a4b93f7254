import type { Reading } from '../../site.ts';
import { LineIndex, type Span } from '../../text.ts';
import { certificatesIn } from '../certificates.ts';
import { serversIn } from '../servers/documents.ts';
import { Containers } from './containers.ts';
import { walkTree, type Found } from './walk.ts';
import type { Node, Tree } from './tree.ts';
import { commentsOver, type RawComment } from './comments.ts';

/** A text as a parser took it apart. Where something is wrong it goes on, so that nothing is lost. */
export interface ParsedTree {
  readonly trees: readonly Tree[];
  readonly comments: readonly RawComment[];
  /** The first thing that cannot stand in a file of this kind; `null` for none. */
  readonly failure: { readonly at: number; readonly reason: string } | null;
  /** Trees of other files that are one with it: a module of Terraform is a folder. */
  readonly beside?: () => readonly Tree[];
}

/** Finds the connections of a file that is a tree. `title` is the kind as problems name it: "JSON"; comments cover what stands in `parts`. */
export function readTrees(path: string, text: string, title: string, { trees, comments, failure, beside }: ParsedTree, parts: readonly Tree[] = trees): Reading {
  const found: Found = { sites: [], bypasses: [], localNames: new Set(), claims: [], environments: [] };
  const containers = new Containers(path, text.length, trees, () => ({ trees: [], comments: [] }), undefined);
  for (const tree of trees) walkTree(tree, path, failure !== null, found, containers);
  found.sites.sort((a, b) => a.span.start - b.span.start);
  const servers = serversIn(trees, text, failure !== null, beside);
  const certificates = certificatesIn(trees, text);
  return {
    sites: found.sites,
    comments: commentsOver(text, comments, partsOf(parts)),
    bypasses: found.bypasses,
    problems: failure === null ? [] : [{ line: new LineIndex(text).position(failure.at).line, message: `read as text: not valid ${title} (${failure.reason})` }],
    localNames: [...found.localNames],
    ...(servers.length > 0 && { servers }),
    ...(certificates.length > 0 && { certificates }),
  };
}

/** Where entries, items and values stand. */
function partsOf(trees: readonly Tree[]): readonly Span[] {
  const spans: Span[] = [];
  const add = (node: Node): void => {
    if (node.kind === 'scalar') {
      spans.push(node.span);
      return;
    }
    for (const part of node.kind === 'map' ? node.entries : node.items) {
      if (part.shared) continue;
      spans.push(part.span);
      add(part.value);
    }
  };
  for (const { roots } of trees) for (const root of roots) add(root);
  return spans;
}
