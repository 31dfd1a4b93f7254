import type { Reading } from '../../site.ts';
import { buildTree } from './build.ts';
import { commentsOf } from './comments.ts';
import { readLines } from './lines.ts';
import { parseYaml } from './parse.ts';
import { certificatesIn } from '../certificates.ts';
import { mountsIn } from '../mounts.ts';
import { serversIn } from '../servers/documents.ts';
import { walkTree, type Found } from '../tree/walk.ts';

/** Reads YAML: Compose, Kubernetes, Helm, CI, Rails, Spring, or anything else. What does not parse is read line by line, and a problem says so. */
export function readYaml(path: string, text: string): Reading {
  const parsed = parseYaml(text);
  const trees = parsed.documents?.map((document) => buildTree(document, text)) ?? readLines(text);
  const found: Found = { sites: [], bypasses: [], localNames: new Set() };
  for (const tree of trees) walkTree(tree, path, parsed.failure !== null, found);
  found.sites.sort((a, b) => a.span.start - b.span.start);
  const servers = serversIn(trees, text, parsed.failure !== null);
  const certificates = certificatesIn(trees, text);
  const mounts = trees.flatMap(({ roots }) => mountsIn(roots[0]));
  return {
    sites: found.sites,
    comments: commentsOf(text, trees),
    bypasses: found.bypasses,
    problems: parsed.failure === null ? [] : [{ line: parsed.failure.line, message: `read as text: not valid YAML (${parsed.failure.reason})` }],
    localNames: [...found.localNames],
    ...(servers.length > 0 && { servers }),
    ...(certificates.length > 0 && { certificates }),
    ...(mounts.length > 0 && { mounts }),
  };
}
