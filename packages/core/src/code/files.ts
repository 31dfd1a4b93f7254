import type { Value } from '../value.ts';
import { bare, nameOf, spanOf } from './ast.ts';
import type { Call, Node } from './ast.ts';
import type { Tree } from './scope.ts';

/** How deep calls of `join` and `resolve` may stand in each other. */
const MAX_DEPTH = 5;

/** The content of a file, as a call of `readFileSync` gives it. */
export function contentOf(call: Call, tree: Tree, valueOf: (node: Node) => Value | undefined): Value {
  const [argument] = call.arguments;
  const file = argument === undefined ? undefined : fileOf(argument, tree, valueOf);
  return { kind: 'opaque', span: spanOf(call), ...(file !== undefined && { file }) };
}

/**
 * The path that `readFileSync(…)` is given, where it is written down: `'certs/root.crt'`, `join(__dirname, 'root.crt')`,
 * `new URL('root.crt', import.meta.url)`. Where a program runs is not known, so what it begins with there is left off.
 */
function fileOf(argument: Node, tree: Tree, valueOf: (node: Node) => Value | undefined, depth = 0): string | undefined {
  const node = bare(argument);
  if (depth > MAX_DEPTH) return undefined;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 1) {
    const [base] = node.expressions;
    const [head, tail] = node.quasis;
    const rest = tail?.value.cooked ?? '';
    return base !== undefined && isHere(base, tree) && head?.value.cooked === '' && rest.startsWith('/') ? `.${rest}` : undefined;
  }
  if (node.type === 'NewExpression') {
    const [path] = node.arguments;
    return tree.isGlobal(bare(node.callee), 'URL') && node.arguments.length === 2 && path !== undefined ? fileOf(path, tree, valueOf, depth + 1) : undefined;
  }
  if (node.type !== 'CallExpression') {
    const value = valueOf(node);
    return value?.kind === 'literal' && typeof value.value === 'string' && value.value !== '' ? value.value : undefined;
  }
  const callee = bare(node.callee);
  const called = callee.type === 'MemberExpression' ? nameOf(callee.property, callee.computed) : callee.type === 'Identifier' ? callee.name : undefined;
  const [first] = node.arguments;
  if (called === 'fileURLToPath' && first !== undefined) return fileOf(first, tree, valueOf, depth + 1);
  if (called !== 'join' && called !== 'resolve') return undefined;
  const parts = node.arguments.map((part, at) => (at === 0 && isHere(part, tree) ? '.' : fileOf(part, tree, valueOf, depth + 1)));
  // An absolute one in the middle begins anew in `resolve`, and nobody writes that.
  return parts.length > 0 && parts.every((part) => part !== undefined) && !parts.slice(1).some((part) => part.startsWith('/')) ? parts.join('/') : undefined;
}

/** `__dirname`, `import.meta.dirname`, `process.cwd()`. */
function isHere(expression: Node, tree: Tree): boolean {
  const node = bare(expression);
  if (node.type === 'MemberExpression') return nameOf(node.property, node.computed) === 'dirname' && (bare(node.object).type as string) === 'MetaProperty';
  if (node.type !== 'CallExpression') return tree.isGlobal(node, '__dirname');
  const callee = bare(node.callee);
  return callee.type === 'MemberExpression' && nameOf(callee.property, callee.computed) === 'cwd' && tree.isGlobal(bare(callee.object), 'process');
}
