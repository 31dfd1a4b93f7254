import type { ServerSetting } from '../../server.ts';
import { append } from '../append.ts';
import { textAt, valueAt, type MapNode, type Node, type Tree } from '../tree/tree.ts';
import { readAws } from './aws.ts';
import { readAzure } from './azure.ts';
import { readContainer } from './containers.ts';
import { readGoogle } from './google.ts';
import { readOperator } from './operators.ts';
import { resourcesOf } from './resources.ts';

/** What none of them can do without: most documents are not walked at all. */
const WORTH = /ssl|hba|tls|secure.?transport|publicly|authorized/i;

/** How deep it is looked; real files stay far below. */
const MAX_DEPTH = 60;

/** What the documents of a file say of servers: infrastructure, operators, charts, containers. */
export function serversIn(trees: readonly Tree[], text: string, unparsed: boolean, beside: () => readonly Tree[] = () => []): readonly ServerSetting[] {
  if (!WORTH.test(text)) return [];
  const found: ServerSetting[] = [];
  for (const { roots, merged } of trees) {
    const document = { text, roots, beside: () => beside().flatMap((tree) => tree.roots) };
    const resources = resourcesOf(roots);
    for (const read of [readAws, readGoogle, readAzure]) append(found, read(document, resources));
    const visit = (node: Node, path: string, depth: number): void => {
      if (node.kind === 'scalar' || depth > MAX_DEPTH) return;
      if (node.kind === 'map' && !merged.has(node)) append(found, ofMap(node, path).map((server) => named(server, roots[0], path)));
      const parts: readonly (readonly [Node, string])[] = node.kind === 'map' ? node.entries.flatMap(({ name, value, shared }) => (shared ? [] : [[value, join(path, name)] as const])) : node.items.flatMap(({ value, shared }, at) => (shared ? [] : [[value, `${path}[${at}]`] as const]));
      for (const [value, where] of parts) visit(value, where, depth + 1);
    };
    for (const root of roots) visit(root, '', 0);
  }
  return distinct(found.map((each) => (unparsed ? { ...each, unparsed } : each)));
}

function ofMap(map: MapNode, path: string): readonly ServerSetting[] {
  return [...readContainer(map, path), ...readOperator(map, path)];
}

/** With the names by which clients come to it. */
function named(server: ServerSetting, root: Node | undefined, path: string): ServerSetting {
  const names = namesAt(root, path, server.product);
  return names.length === 0 ? server : { ...server, names };
}

/**
 * Of a service of Compose its own; of what Kubernetes makes those of the services that come with it: CloudNativePG
 * (https://cloudnative-pg.io/documentation/current/service_management/), Zalando
 * (https://opensource.zalando.com/postgres-operator/docs/user.html#connect-to-postgresql), Crunchy
 * (https://access.crunchydata.com/documentation/postgres-operator/latest/tutorials/basic-setup/connect-cluster).
 */
function namesAt(root: Node | undefined, path: string, product: string): readonly string[] {
  const service = /^services\.([^.]+)$/.exec(path)?.[1];
  if (service !== undefined) return [service, ...['container_name', 'hostname'].flatMap((name) => textAt(valueAt(valueAt(valueAt(root, 'services'), service), name)) ?? [])];
  const name = textAt(valueAt(valueAt(root, 'metadata'), 'name'));
  if (name === undefined) return [];
  switch (textAt(valueAt(root, 'kind'))) {
    case 'Cluster':
      return ['rw', 'ro', 'r'].map((end) => `${name}-${end}`);
    case 'postgresql':
      return [name, `${name}-repl`];
    case 'PostgresCluster':
      return product === 'PgBouncer' ? [`${name}-pgbouncer`] : [`${name}-primary`, `${name}-replicas`];
    case 'Pooler':
      return [name];
    default:
      return [];
  }
}

/** Deep nesting must not make paths that grow with its square. */
function join(path: string, name: string): string {
  return path === '' ? name : `${path.slice(-500)}.${name}`;
}

function distinct(found: readonly ServerSetting[]): readonly ServerSetting[] {
  return [...new Map(found.map((each) => [`${each.span.start} ${each.span.end}`, each])).values()];
}
