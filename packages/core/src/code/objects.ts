import type { DriverId } from '../drivers/driver.ts';
import type { Site } from '../site.ts';
import { type Value, entryOf } from '../value.ts';
import { bare, nameOf, spanOf } from './ast.ts';
import type { Node, ObjectNode } from './ast.ts';
import { LIBRARIES } from './libraries/index.ts';
import { namesPostgres } from './libraries/library.ts';
import type { Shape } from './libraries/library.ts';
import { options } from './libraries/options.ts';
import type { Tree, Visit } from './scope.ts';

/** An object that may configure a library, wherever it stands. */
interface Shaped {
  readonly node: ObjectNode;
  readonly shape: Shape;
  /** Whose options it holds; `null` where its shape does not tell. */
  readonly driver: DriverId | null;
}

const SHAPES: readonly Omit<Shaped, 'node'>[] = [...LIBRARIES.flatMap(({ shape, driver }) => (shape === undefined ? [] : [{ shape, driver }])), { shape: options, driver: null }];

/** The objects that have the properties of a library's configuration, as far as their names are seen: the outer ones first. */
export function shapedObjects(tree: Tree): readonly Shaped[] {
  const found: Shaped[] = [];
  for (const node of tree.visits.keys()) {
    if (node.type !== 'ObjectExpression') continue;
    const values = new Map(node.properties.flatMap((property) => (property.type !== 'Property' ? [] : [[nameOf(property.key, property.computed), property.value]])));
    for (const { shape, driver } of SHAPES) {
      const { names, beside } = shape;
      const isNamed = names.some((name) => values.has(name) && !(KINDS.has(name) && isOther(values.get(name))));
      const isBeside = beside?.some((name) => values.has(name));
      if (!isNamed && isBeside !== true) continue;
      // What is spread, or added later, may bring the rest of them.
      if ((isNamed && isBeside !== false) || values.size < node.properties.length || usedAt(node, tree) !== node) found.push({ node, shape, driver });
    }
  }
  return found;
}

/** What names the kind of database, where it is a word. */
const KINDS: ReadonlySet<string> = new Set(['type', 'dialect', 'client', 'driver', 'DB_CLIENT']);

/** `type: 'button'`: most objects that have a property of such a name end here, before anything is worked out. */
function isOther(value: Node | undefined): boolean {
  return value?.type === 'Literal' && typeof value.value === 'string' && !namesPostgres(value.value);
}

/** Where an object with a name is used as a whole the last time, after all that is done to it; the object itself where nothing is. */
export function usedAt(node: Node, tree: Tree): Node {
  let around = tree.visits.get(node)?.parent;
  while (around != null && bare(around.node) === node) around = around.parent;
  const declarator = around?.node;
  const binding = declarator?.type === 'VariableDeclarator' ? tree.resolve(declarator.id) : undefined;
  if (binding === undefined || binding.mutations.length === 0) return node;
  const isWhole = ({ parent, key }: Visit): boolean => parent !== null && parent.node !== declarator && !(parent.node.type === 'MemberExpression' && key === 'object');
  return tree.references(binding).findLast(isWhole)?.node ?? node;
}

/** Whether a value has them all. */
export function isShaped(value: Value, { beside }: Shape): boolean {
  return beside?.some((name) => entryOf(value, name) !== undefined) !== false;
}

/** Notes where the properties of a value are written. */
export function noteEntries(value: Value | undefined, places: Set<number>): void {
  if (value?.kind === 'array') for (const item of value.items) noteEntries(item, places);
  if (value?.kind === 'function') noteEntries(value.returns, places);
  if (value?.kind !== 'object') return;
  for (const entry of value.entries) {
    places.add(entry.span.start);
    noteEntries(entry.value, places);
  }
}

/** True where a property of this object is part of what was read already. */
export function isRead(node: ObjectNode, places: ReadonlySet<number>): boolean {
  return node.properties.some((property: Node) => property.type === 'Property' && places.has(spanOf(property).start));
}

/** The evidence of a library's shape. */
export function evidenceAt({ node, driver }: Shaped, tree: Tree): Site['driver'] {
  return driver === null ? null : { id: driver, kind: 'code', line: tree.lineOf(node) };
}
