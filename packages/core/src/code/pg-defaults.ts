import { driverOf } from '../drivers/index.ts';
import type { Site } from '../site.ts';
import { type Value, entryOf } from '../value.ts';
import { spanOf } from './ast.ts';
import type { Node } from './ast.ts';
import { isObjectAssign } from './builtins.ts';
import type { Branch } from './conditions.ts';
import { moduleOf } from './modules.ts';
import type { Tree } from './scope.ts';
import type { Evaluator } from './values.ts';

/** What `pg.defaults.ssl = …` and `Object.assign(pg.defaults, { ssl: … })` come to, as the options of a connection. */
export function defaultsOf(tree: Tree, evaluator: Evaluator): readonly Branch<Value>[] {
  for (const node of tree.visits.keys()) {
    const found = givenAt(node, tree, evaluator);
    if (found.length > 0) return found;
  }
  return [];
}

function givenAt(node: Node, tree: Tree, evaluator: Evaluator): readonly Branch<Value>[] {
  if (node.type === 'AssignmentExpression' && node.operator === '=' && node.left.type === 'MemberExpression' && isDefaults(node.left, tree, 'defaults.ssl')) {
    const span = spanOf(node);
    return evaluator.branches(node.right).map(({ value, when }) => ({ value: { kind: 'object', entries: [{ name: 'ssl', value, span }], open: false, span }, when }));
  }
  const [target, ...sources] = node.type === 'CallExpression' && isObjectAssign(node.callee, tree) ? node.arguments : [];
  if (target === undefined || !isDefaults(target, tree, 'defaults')) return [];
  return sources.flatMap((source) => evaluator.branches(source)).filter(({ value }) => entryOf(value, 'ssl') !== undefined);
}

function isDefaults(node: Node, tree: Tree, path: string): boolean {
  const target = moduleOf(node, tree);
  return target?.module === 'pg' && target.path.join('.') === path;
}

/**
 * A connection in a program with `pg.defaults.ssl = …`: pg reads that where neither the connection nor PGSSLMODE says
 * anything (pg 8.23.1 lib/connection-parameters.js readSSLConfigFromEnvironment()), beneath every wrapper. What it comes to
 * is judged where it is written, so here it counts as one more option that may be there.
 */
export function withDefaults(site: Site): Site {
  const id = site.driver?.id;
  const isOverPg = id === 'node-postgres' || (id !== undefined && driverOf(id)?.sameAs === 'node-postgres');
  const { options } = site;
  if (!isOverPg || entryOf(options, 'ssl') !== undefined || (options !== undefined && options.kind !== 'object')) return site;
  const { span } = site;
  return { ...site, options: { ...(options ?? { kind: 'object', entries: [], span }), open: true } };
}
