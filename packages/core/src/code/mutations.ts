import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import { bare, nameOf, spanOf, stringOf } from './ast.ts';
import type { Call, Node } from './ast.ts';
import { combined, under } from './branches.ts';
import type { Branch, Tested } from './conditions.ts';
import { isSearchParams, searchParamsOf } from './scope.ts';
import type { Binding, Tree, Visit } from './scope.ts';

/** What a change does with its value. */
export type Kind =
  /** It takes the place of what was there; also where that is deleted. */
  | 'set'
  /** An object that is assigned into it: `Object.assign(target, value)`. */
  | 'merge'
  /** A text that is added at its end: `url += value`. */
  | 'append'
  /** A parameter of a URL: `url.searchParams.set(name, value)`. */
  | { readonly method: 'set' | 'append' | 'delete'; /** `null` for any. */ readonly parameter: string | null };

/** Something that is done to a name or its object after it was made, and before it is used. */
export interface Change {
  readonly kind: Kind;
  /** The property that is changed; empty for the name itself. */
  readonly path: readonly string[];
  /** The new value; `null` where it is not known, or gone. */
  readonly value: Node | null;
  /** A `delete`. */
  readonly removes: boolean;
  /** The one condition that it stands under, and the side of it. */
  readonly test: { readonly node: Node; readonly side: 'consequent' | 'alternate' } | null;
  readonly span: Span;
}

/** The changes to a binding that are made before `use`, in their order. One that can't be followed hides what it changes. */
export function changesOf(binding: Binding, use: Node, tree: Tree): readonly Change[] {
  return [...binding.writes, ...binding.mutations]
    .sort((a, b) => spanOf(a).start - spanOf(b).start)
    .flatMap((node): readonly Change[] => (isTooLate(node, binding, use, tree) ? [] : changes(node, placeOf(node, binding, tree), tree)));
}

/** In one function what comes later comes too late. A function is called when all around it has been done. */
function isTooLate(node: Node, binding: Binding, use: Node, tree: Tree): boolean {
  const later = spanOf(node).end > spanOf(use).start && tree.visits.get(use)?.scope.function === binding.scope.function;
  const itself = spanOf(node).start <= spanOf(use).start && spanOf(node).end >= spanOf(use).end;
  return later || itself;
}

/** True where an object is out of sight before `use`: given to a function, or its `searchParams` to a name. Then anything may have been done to it. */
export function escapes(binding: Binding, use: Node, tree: Tree): boolean {
  return tree.references(binding).some(({ node, parent, key }) => {
    if (node === use || parent === null || isTooLate(node, binding, use, tree)) return false;
    if (parent.node.type === 'MemberExpression' && key === 'object') {
      return isSearchParams(parent.node) && !(parent.parent?.node.type === 'MemberExpression' && parent.key === 'object') && !isWorkedOnOnly(parent.parent, tree);
    }
    if (parent.node.type === 'VariableDeclarator' && key === 'init') return takesSearchParams(parent.node.id, tree);
    return (parent.node.type === 'CallExpression' || parent.node.type === 'NewExpression') && key === 'arguments' && !tree.isGlobal(parent.node.callee, 'String');
  });
}

/** `const params = url.searchParams` of which nothing but methods are used. */
function isWorkedOnOnly(declarator: Visit | null, tree: Tree): boolean {
  return declarator?.node.type === 'VariableDeclarator' && isNameForMethods(declarator.node.id, tree);
}

/** `const { searchParams } = url` that is given to others. */
function takesSearchParams(pattern: Node, tree: Tree): boolean {
  if (pattern.type !== 'ObjectPattern') return false;
  return pattern.properties.some((property) => property.type === 'Property' && nameOf(property.key, property.computed) === 'searchParams' && !isNameForMethods(property.value, tree));
}

function isNameForMethods(name: Node, tree: Tree): boolean {
  const alias = tree.resolve(name);
  // Where it is declared it is the key as well, in short.
  return alias !== undefined && tree.references(alias).every(({ parent, key }) => parent?.parent?.node.type === 'ObjectPattern' || parent?.node.type === 'VariableDeclarator' || (parent?.node.type === 'MemberExpression' && key === 'object'));
}

type Place = Change['test'] | 'elsewhere';

/** Where a change stands: beside the declaration, under one `if` beside it, or elsewhere (a loop, another function). */
function placeOf(node: Node, binding: Binding, tree: Tree): Place {
  const statement = tree.visits.get(node)?.parent;
  if (statement?.node.type !== 'ExpressionStatement') return 'elsewhere';
  if (statement.scope === binding.scope) return statement.parent?.node.type === 'IfStatement' ? testAt(statement.parent.node, statement.key) : null;
  const block = statement.parent;
  const branch = block?.parent;
  if (block?.node.type !== 'BlockStatement' || branch?.node.type !== 'IfStatement' || branch.scope !== binding.scope) return 'elsewhere';
  // `else if` is under two conditions.
  return branch.parent?.node.type === 'IfStatement' ? 'elsewhere' : testAt(branch.node, block.key);
}

function testAt(node: Node, key: string): Place {
  if (node.type !== 'IfStatement' || (key !== 'consequent' && key !== 'alternate')) return 'elsewhere';
  return { node: node.test, side: key };
}

function changes(node: Node, place: Place, tree: Tree): readonly Change[] {
  const span = spanOf(node);
  const test = place === 'elsewhere' ? null : place;
  const known = place !== 'elsewhere';
  const common = { kind: 'set', removes: false, test, span } as const;
  switch (node.type) {
    case 'AssignmentExpression': {
      const isKnown = known && isName(node.left);
      if (isKnown && node.operator === '+=') return [{ ...common, kind: 'append', path: pathOf(node.left), value: node.right }];
      return [{ ...common, path: pathOf(node.left), value: isKnown && node.operator === '=' ? node.right : null }];
    }
    case 'UnaryExpression':
      return [{ ...common, path: pathOf(node.argument), value: null, removes: known }];
    case 'CallExpression': {
      const callee = bare(node.callee);
      const searchParams = callee.type === 'MemberExpression' ? searchParamsOf(callee.object, tree) : undefined;
      if (callee.type === 'MemberExpression' && searchParams !== undefined) return [{ ...common, ...parameterChange(node, searchParams, nameOf(callee.property, callee.computed), known) }];
      const [target, ...sources] = node.arguments;
      const path = target === undefined ? [] : pathOf(target);
      return sources.map((source) => ({ ...common, kind: 'merge', path, value: known && source.type !== 'SpreadElement' ? source : null }));
    }
    case 'UpdateExpression':
      return [{ ...common, path: pathOf(node.argument), value: null }];
    default:
      return [{ ...common, path: [], value: null }];
  }
}

/** `url.searchParams.set('sslmode', value)`. One that is not known adds anything. */
function parameterChange({ arguments: [name, value] }: Call, searchParams: Node, method: string | undefined, known: boolean): Pick<Change, 'kind' | 'path' | 'value'> {
  const parameter = name === undefined || !known ? null : (stringOf(name) ?? null);
  const kind: Kind = { method: method === 'append' || method === 'delete' ? method : 'set', parameter };
  return { kind, path: pathOf(searchParams).slice(0, -1), value: value ?? null };
}

/** Destructuring into a name is not followed. */
function isName(target: Node): boolean {
  const node = bare(target);
  return node.type === 'Identifier' || node.type === 'MemberExpression';
}

/** The names of `root.a.b`, up to the first that is computed: that one may be any, so what it stands in is changed. */
function pathOf(target: Node): readonly string[] {
  const names: (string | undefined)[] = [];
  let at = bare(target);
  while (at.type === 'MemberExpression') {
    names.unshift(nameOf(at.property, at.computed));
    at = bare(at.object);
  }
  const unknown = names.indexOf(undefined);
  return names.slice(0, unknown === -1 ? names.length : unknown).filter((name) => name !== undefined);
}

/** The values after a change. `given` is what the change's value may be, `apply` makes one of a value and that. */
export function withChange(
  before: readonly Branch<Value>[], change: Change, given: readonly Branch<Value>[], test: Tested | null, apply: (value: Value, next: Value) => Value,
): readonly Branch<Value>[] {
  const changed = (branches: readonly Branch<Value>[]): readonly Branch<Value>[] => combined(branches, given, apply);
  if (test === null) return changed(before);
  const onConsequent = change.test?.side === 'consequent';
  if (typeof test === 'boolean') return test === onConsequent ? changed(before) : before;
  const [taken, other] = onConsequent ? test : [test[1], test[0]];
  return [...before.flatMap((branch) => under(changed([branch]), taken)), ...under(before, other)];
}
