import type { Site } from '../site.ts';
import type { Value } from '../value.ts';
import { nameOf, spanOf } from './ast.ts';
import type { Node, ObjectNode } from './ast.ts';
import { LIBRARIES } from './libraries/index.ts';
import { namesPostgres } from './libraries/library.ts';
import type { Library } from './libraries/library.ts';
import type { Tree } from './scope.ts';

/** An object that may configure a library, wherever it stands. */
export interface Shaped {
  readonly node: ObjectNode;
  readonly library: Library;
}

const SHAPES = LIBRARIES.flatMap((library) => (library.shape === undefined ? [] : [{ library, names: new Set(library.shape.names) }]));

/** The objects that have a property of a library's configuration: the outer ones first. */
export function shapedObjects(tree: Tree): readonly Shaped[] {
  const found: Shaped[] = [];
  for (const node of tree.visits.keys()) {
    if (node.type !== 'ObjectExpression') continue;
    const names = node.properties.flatMap((property) => (property.type !== 'Property' || isOther(property.value) ? [] : (nameOf(property.key, property.computed) ?? [])));
    for (const { library, names: telling } of SHAPES) if (names.some((name) => telling.has(name))) found.push({ node, library });
  }
  return found;
}

/** `type: 'button'`: most objects that have a property of such a name end here, before anything is worked out. */
function isOther(value: Node): boolean {
  return value.type === 'Literal' && typeof value.value === 'string' && !namesPostgres(value.value);
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
export function evidenceAt(node: Node, library: Library, tree: Tree): Site['driver'] {
  return { id: library.driver, kind: 'code', line: tree.lineOf(node) };
}
