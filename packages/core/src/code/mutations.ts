import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import { bare, nameOf, spanOf } from './ast.ts';
import type { Node } from './ast.ts';
import { combined, under, withMember } from './branches.ts';
import type { Branch, Condition } from './conditions.ts';
import type { Binding, Tree } from './scope.ts';

/** Something that is done to a name or its object after it was made, and before it is used. */
export interface Change {
  /** The property that is changed; empty for the name itself. */
  readonly path: readonly string[];
  /** The new value; `null` where it is not known, or gone. */
  readonly value: Node | null;
  /** A `delete`. */
  readonly removes: boolean;
  /** The value is an object that is assigned into it: `Object.assign(target, value)`. */
  readonly merges: boolean;
  /** The one condition that it stands under, and the side of it. */
  readonly test: { readonly node: Node; readonly side: 'consequent' | 'alternate' } | null;
  readonly span: Span;
}

/** The changes to a binding that are made before `use`, in their order. One that can't be followed hides what it changes. */
export function changesOf(binding: Binding, use: Node, tree: Tree): readonly Change[] {
  const inFunction = tree.visits.get(use)?.scope.function;
  return [...binding.writes, ...binding.mutations]
    .sort((a, b) => spanOf(a).start - spanOf(b).start)
    .flatMap((node): readonly Change[] => {
      // In one function what comes later comes too late. A function is called when all around it has been done.
      const later = spanOf(node).end > spanOf(use).start && inFunction === binding.scope.function;
      const itself = spanOf(node).start <= spanOf(use).start && spanOf(node).end >= spanOf(use).end;
      if (later || itself) return [];
      return changes(node, placeOf(node, binding, tree));
    });
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

function changes(node: Node, place: Place): readonly Change[] {
  const span = spanOf(node);
  const test = place === 'elsewhere' ? null : place;
  const known = place !== 'elsewhere';
  const common = { removes: false, merges: false, test, span };
  switch (node.type) {
    case 'AssignmentExpression':
      return [{ ...common, path: pathOf(node.left), value: known && node.operator === '=' && isName(node.left) ? node.right : null }];
    case 'UnaryExpression':
      return [{ ...common, path: pathOf(node.argument), value: null, removes: known }];
    case 'CallExpression': {
      const [target, ...sources] = node.arguments;
      const path = target === undefined ? [] : pathOf(target);
      return sources.map((source) => ({ ...common, path, value: known && source.type !== 'SpreadElement' ? source : null, merges: true }));
    }
    case 'UpdateExpression':
      return [{ ...common, path: pathOf(node.argument), value: null }];
    default:
      return [{ ...common, path: [], value: null }];
  }
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

/** The values after a change. `given` is what the change's value may be. */
export function withChange(
  before: readonly Branch<Value>[], change: Change, given: readonly Branch<Value>[], test: boolean | readonly [holds: Condition, fails: Condition] | null,
): readonly Branch<Value>[] {
  const apply = (branches: readonly Branch<Value>[]): readonly Branch<Value>[] =>
    combined(branches, given, (value, next) => (change.merges ? merged(value, change, next) : withMember(value, change.path, next, change.span)));
  if (test === null) return apply(before);
  const onConsequent = change.test?.side === 'consequent';
  if (typeof test === 'boolean') return test === onConsequent ? apply(before) : before;
  const [taken, other] = onConsequent ? test : [test[1], test[0]];
  return [...before.flatMap((branch) => under(apply([branch]), taken)), ...under(before, other)];
}

function merged(value: Value, change: Change, next: Value): Value {
  if (next.kind !== 'object' || next.open) {
    return next.kind === 'literal' ? value : withMember(value, change.path, { kind: 'hidden', span: change.span }, change.span);
  }
  return next.entries.reduce((object, entry) => withMember(object, [...change.path, entry.name], entry.value, entry.span), value);
}

