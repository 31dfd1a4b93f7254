import type { Span } from '../text.ts';
import { bare, nameOf, spanOf } from './ast.ts';
import type { Call, FunctionNode, Node } from './ast.ts';
import type { Condition } from './conditions.ts';
import type { Binding, Tree, Visit } from './scope.ts';

/** Whoever gives a parameter its value, as far as this file shows. */
export type Caller =
  /** A call of its function: the argument, `null` for none. */
  | { readonly kind: 'call'; readonly argument: Node | null; readonly place: Node }
  /** `list.map((parameter) => …)`: each of these in turn. */
  | { readonly kind: 'each'; readonly list: Node };

/** Methods of a list that call what they are given for each element. */
const ITERATES: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap']);

/** Who calls the function of a parameter in this file; nothing where nobody does, and for what is not followed. */
export function callersOf(parameter: Binding, tree: Tree): readonly Caller[] {
  // It is declared where it stands first; parsers differ in which part of a function comes first in the tree.
  let at = parameter.kind === 'parameter' ? tree.references(parameter).toSorted((a, b) => spanOf(a.node).start - spanOf(b.node).start)[0] : undefined;
  while (at !== undefined && at.key !== 'params') at = at.parent ?? undefined;
  const around = at?.parent;
  if (at === undefined || around == null || at.node.type === 'RestElement') return [];
  const index = (around.node as FunctionNode).params.indexOf(at.node);
  const list = listOver(around);
  if (list !== undefined) return index === 0 ? [{ kind: 'each', list }] : [];
  const name = nameOfFunction(around, tree);
  if (name === undefined || name.writes.length > 0) return [];
  const inside = spanOf(around.node);
  const calls = tree.references(name).flatMap(({ parent, key, node }): readonly Call[] => {
    const { start } = spanOf(node);
    const calls = parent?.node.type === 'CallExpression' || parent?.node.type === 'NewExpression';
    return calls && key === 'callee' && (start < inside.start || start > inside.end) ? [parent.node] : [];
  });
  return calls.flatMap((call): readonly Caller[] => {
    if (call.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement')) return [];
    return [{ kind: 'call', argument: call.arguments[index] ?? null, place: call }];
  });
}

/** The conditions that tell one of several apart: it, and none of the others. */
export function oneOf(places: readonly Span[], at: number | null, tree: Tree): readonly Condition[] {
  return places.map(({ start }, index): Condition => ({
    id: `given at ${start}`, holds: index === at, clause: `it is called as in line ${tree.lineAt(start)}`, loopback: false, isMinor: true, isSilent: index !== at,
  }));
}

/** The list that a function is called for each element of. */
function listOver({ node, parent, key }: Visit): Node | undefined {
  if (parent?.node.type !== 'CallExpression' || key !== 'arguments' || parent.node.arguments[0] !== node) return undefined;
  const callee = bare(parent.node.callee);
  return callee.type === 'MemberExpression' && ITERATES.has(nameOf(callee.property, callee.computed) ?? '') ? callee.object : undefined;
}

/** What a function is called by: its own name, the constant that it is, its class's where it is the constructor. */
function nameOfFunction({ node, parent }: Visit, tree: Tree): Binding | undefined {
  const { id } = node as FunctionNode;
  if (node.type === 'FunctionDeclaration' && id != null) return tree.resolve(id);
  if (parent?.node.type === 'VariableDeclarator') return tree.resolve(parent.node.id);
  const method = parent?.node as { readonly kind?: unknown } | undefined;
  const around = method?.kind === 'constructor' ? parent?.parent?.parent?.node : undefined;
  const named = around?.type === 'ClassDeclaration' ? around.id : undefined;
  return named == null ? undefined : tree.resolve(named);
}
