import { withoutClaimed } from '../../joined.ts';
import type { Comment, Reading } from '../../site.ts';
import { buildTree } from './build.ts';
import { commentsOf } from './comments.ts';
import { readLines } from './lines.ts';
import { parseYaml } from './parse.ts';
import { certificatesIn } from '../certificates.ts';
import { mountsIn } from '../mounts.ts';
import { serversIn } from '../servers/documents.ts';
import { Containers } from '../tree/containers.ts';
import type { Tree } from '../tree/tree.ts';
import { walkTree, type Found } from '../tree/walk.ts';
import type { Includes } from '../kind.ts';
import { readWithChart } from './helm/reader.ts';

/** Reads YAML: Compose, Kubernetes, Helm, CI, Rails, Spring, or anything else. What does not parse is read line by line, and a problem says so. */
export function readYaml(path: string, text: string, includes?: Includes): Reading {
  const reading = readAlone(path, text, includes);
  // A template that takes in other files besides its chart's is rare.
  const chart = includes === undefined || reading.joined !== undefined ? null : readWithChart(path, text, reading.sites, includes, { treesOf: (other) => treesOf(other).trees, read: (other) => readAlone(path, other) });
  if (chart === null) return reading;
  return { ...reading, ...chart, sites: chart.sites.toSorted((a, b) => a.span.start - b.span.start), comments: [...reading.comments, ...chart.comments], localNames: [...reading.localNames, ...chart.localNames] };
}

function readAlone(path: string, text: string, includes?: Includes): Reading {
  const { trees, failure } = treesOf(text);
  const found: Found = { sites: [], bypasses: [], localNames: new Set(), claims: [], environments: [] };
  const other = (from: string): { trees: readonly Tree[]; comments: Comment[] } => {
    const parsed = treesOf(from);
    return { trees: parsed.trees, comments: commentsOf(from, parsed.trees) };
  };
  const containers = new Containers(path, text.length, trees, other, includes);
  for (const tree of trees) walkTree(tree, path, failure !== null, found, containers);
  const { texts } = containers.joined;
  const sites = withoutClaimed(found.sites, found.claims).toSorted((a, b) => a.span.start - b.span.start);
  const servers = serversIn(trees, text, failure !== null);
  const certificates = certificatesIn(trees, text);
  const mounts = trees.flatMap(({ roots }) => mountsIn(roots[0]));
  return {
    sites,
    comments: [...commentsOf(text, trees), ...containers.comments],
    bypasses: found.bypasses,
    problems: failure === null ? [] : [{ line: failure.line, message: `read as text: not valid YAML (${failure.reason})` }],
    localNames: [...found.localNames],
    ...(servers.length > 0 && { servers }),
    ...(certificates.length > 0 && { certificates }),
    ...(mounts.length > 0 && { mounts }),
    ...(found.environments.length > 0 && { environments: found.environments }),
    ...(texts.length > 0 && { joined: texts, claims: found.claims }),
  };
}

interface Parsed {
  readonly trees: readonly Tree[];
  readonly failure: ReturnType<typeof parseYaml>['failure'];
}

/** What was asked for last, by its text: a file is read for itself, for what it gives others and for what its services are called. */
const parsedLast = new Map<string, Parsed>();
const KEPT = 16;
const MAX_KEPT = 200_000;

function treesOf(text: string): Parsed {
  const known = parsedLast.get(text);
  if (known !== undefined) return known;
  const { documents, failure } = parseYaml(text);
  const parsed = { trees: documents?.map((document) => buildTree(document, text)) ?? readLines(text), failure };
  if (text.length > MAX_KEPT) return parsed;
  parsedLast.set(text, parsed);
  const [oldest] = parsedLast.size > KEPT ? parsedLast.keys() : [];
  if (oldest !== undefined) parsedLast.delete(oldest);
  return parsed;
}
