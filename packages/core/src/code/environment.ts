import { bare, nameOf, spanOf, stringOf } from './ast.ts';
import type { Value } from '../value.ts';
import type { Binary, Node, Property } from './ast.ts';
import { isObjectAssign } from './builtins.ts';
import { moduleOf } from './modules.ts';
import type { Tree } from './scope.ts';

/** The environment variable that an expression reads: `process.env.X`, `import.meta.env.X`, `Deno.env.get('X')`, a destructured `X`. */
export function environmentName(expression: Node, tree: Tree): string | undefined {
  const node = bare(expression);
  switch (node.type) {
    case 'MemberExpression':
      return isEnvironment(node.object, tree) ? nameOf(node.property, node.computed) : undefined;
    case 'CallExpression': {
      const callee = bare(node.callee);
      const [argument] = node.arguments;
      if (callee.type !== 'MemberExpression' || argument === undefined || nameOf(callee.property, callee.computed) !== 'get') return undefined;
      return isMember(callee.object, 'Deno', 'env', tree) ? stringOf(argument) : undefined;
    }
    case 'Identifier': {
      const binding = tree.resolve(node);
      if (binding?.kind !== 'variable' || binding.init === null || binding.writes.length > 0) return undefined;
      const [step, ...more] = binding.steps ?? [];
      if (binding.steps === null) return undefined;
      if (step === undefined) return bare(binding.init).type === 'Identifier' ? undefined : environmentName(binding.init, tree);
      return more.length === 0 && 'name' in step && step.fallback === null && isEnvironment(binding.init, tree) ? step.name : undefined;
    }
    default:
      return undefined;
  }
}

/** `process.env.DB_SSL === 'true'`: what it comes to is known where the variable is. */
export function comparison(node: Binary, tree: Tree): Value {
  const { operator, left, right } = node;
  const span = spanOf(node);
  const holds = operator === '===' || operator === '==';
  if (!holds && operator !== '!==' && operator !== '!=') return { kind: 'hidden', span };
  for (const [one, other] of [[left, right], [right, left]] as const) {
    const [name, text] = [environmentName(one, tree), stringOf(other)];
    if (name !== undefined && text !== undefined) return { kind: 'hidden', name, is: { text, holds }, span };
  }
  return { kind: 'hidden', span };
}

/** True for `process.env`, however it is got at, and what stands for it elsewhere: `Bun.env`, `import.meta.env`. */
function isEnvironment(expression: Node, tree: Tree): boolean {
  const node = bare(expression);
  if (node.type === 'Identifier') {
    const binding = tree.resolve(node);
    if (binding === undefined || binding.writes.length > 0) return false;
    if (binding.imported !== null) return isProcess(binding.imported.module) && binding.imported.path.join('.') === 'env';
    if (binding.init === null || binding.kind !== 'variable') return false;
    const init = bare(binding.init);
    const [step] = binding.steps ?? [];
    if (binding.steps?.length === 1) return step !== undefined && 'name' in step && step.name === 'env' && isProcessObject(init, tree);
    return binding.steps?.length === 0 && init.type === 'MemberExpression' && isEnvironment(init, tree);
  }
  if (node.type !== 'MemberExpression' || nameOf(node.property, node.computed) !== 'env') return false;
  const object = bare(node.object);
  return isProcessObject(object, tree) || tree.isGlobal(object, 'Bun') || (object.type as string) === 'MetaProperty';
}

function isProcessObject(node: Node, tree: Tree): boolean {
  if (tree.isGlobal(node, 'process')) return true;
  if (node.type === 'MemberExpression') {
    const object = bare(node.object);
    return nameOf(node.property, node.computed) === 'process' && (tree.isGlobal(object, 'globalThis') || tree.isGlobal(object, 'global'));
  }
  const imported = moduleOf(node, tree);
  return imported !== undefined && isProcess(imported.module) && imported.path.length === 0;
}

function isProcess(module: string): boolean {
  return module === 'process' || module === 'node:process';
}

function isMember(node: Node, object: string, property: string, tree: Tree): boolean {
  const inner = bare(node);
  return inner.type === 'MemberExpression' && nameOf(inner.property, inner.computed) === property && tree.isGlobal(bare(inner.object), object);
}

/** A value that the program gives to an environment variable. */
export interface Assigned {
  readonly name: string;
  readonly value: Node;
  /** The whole assignment or property. */
  readonly whole: Node;
  /** It concerns another process (`spawn('node', { env: { … } })`), not the connections of this file. */
  readonly elsewhere: boolean;
}

/** What an assignment, `Object.assign(process.env, …)` or an object literal gives to environment variables. */
export function assignedIn(node: Node, tree: Tree): readonly Assigned[] {
  if (node.type === 'AssignmentExpression' && ['=', '||=', '??='].includes(node.operator)) {
    const left = bare(node.left);
    if (isEnvironment(left, tree)) return propertiesOf(node.right).map((property) => ({ ...property, elsewhere: false }));
    if (left.type !== 'MemberExpression' || !isEnvironment(left.object, tree)) return [];
    const name = nameOf(left.property, left.computed);
    return name === undefined ? [] : [{ name, value: node.right, whole: node, elsewhere: false }];
  }
  if (node.type === 'CallExpression') {
    const [target, ...sources] = node.arguments;
    if (!isObjectAssign(bare(node.callee), tree) || target === undefined || !isEnvironment(target, tree)) return [];
    return sources.flatMap((from) => propertiesOf(from).map((property) => ({ ...property, elsewhere: false })));
  }
  // `env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' }`: nothing else is called so.
  if (node.type === 'Property' && nameOf(node.key, node.computed) === BYPASS && node.kind === 'init') {
    return isPartOfAssignment(node, tree) ? [] : [{ name: BYPASS, value: node.value, whole: node, elsewhere: true }];
  }
  return [];
}

/** The variable that switches certificate checks off in Node. */
export const BYPASS = 'NODE_TLS_REJECT_UNAUTHORIZED';

function propertiesOf(expression: Node): { name: string; value: Node; whole: Property }[] {
  const node = bare(expression);
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.kind !== 'init') return [];
    const name = nameOf(property.key, property.computed);
    return name === undefined ? [] : [{ name, value: property.value, whole: property }];
  });
}

/** The object of this property is itself what process.env is given: it is reported there. */
function isPartOfAssignment(property: Node, tree: Tree): boolean {
  const object = tree.visits.get(property)?.parent;
  const parent = object?.parent?.node;
  if (object?.node.type !== 'ObjectExpression') return true;
  return parent !== undefined && assignedIn(parent, tree).some(({ whole }) => spanOf(whole).start === spanOf(property).start);
}
