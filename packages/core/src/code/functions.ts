import { bare, childrenOf, eachChild } from './ast.ts';
import type { FunctionNode, Node } from './ast.ts';

const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassDeclaration', 'ClassExpression']);

/** True where a function visibly never returns a value and never throws: as checkServerIdentity it accepts any name. */
export function returnsNothing({ body, async, generator }: FunctionNode): boolean {
  if (body === null || async === true || generator === true) return false;
  if (body.type !== 'BlockStatement') return isNothing(body);
  const stack: Node[] = [body];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'ThrowStatement' || (node.type === 'ReturnStatement' && node.argument !== null && !isNothing(node.argument))) return false;
    eachChild(node, (_, child) => {
      if (!FUNCTIONS.has(child.type)) stack.push(child);
    });
  }
  return true;
}

/** `undefined`, `void 0`, and what Node takes for no error as well: null and false. */
function isNothing(expression: Node): boolean {
  const node = bare(expression);
  if (node.type === 'Identifier') return node.name === 'undefined';
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  return node.type === 'Literal' && (node.value === false || (node.value === null && !('regex' in node) && !('bigint' in node)));
}

/** The one expression that a function returns: an arrow's, or that of its only `return`, which is its last statement. */
export function returnOf(node: Node | null): Node | undefined {
  const inner = node === null ? null : bare(node);
  if (inner?.type !== 'FunctionDeclaration' && inner?.type !== 'FunctionExpression' && inner?.type !== 'ArrowFunctionExpression') return undefined;
  if (inner.body === null || inner.generator === true) return undefined;
  if (inner.body.type !== 'BlockStatement') return inner.body;
  const last = inner.body.body.at(-1);
  if (last?.type !== 'ReturnStatement') return undefined;
  return returnsIn(inner.body) === 1 ? (last.argument ?? undefined) : undefined;
}

function returnsIn(body: Node): number {
  let count = 0;
  const stack: Node[] = [body];
  for (let node = stack.pop(); node !== undefined && count < 2; node = stack.pop()) {
    if (node.type === 'ReturnStatement') count++;
    eachChild(node, (_, child) => {
      if (!FUNCTIONS.has(child.type)) stack.push(child);
    });
  }
  return count;
}

/** The parameters of a function. */
export function parametersOf(node: Node): readonly Node[] {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression' ? node.params : [];
}

/** The names that a pattern declares. */
export function namesIn(pattern: Node): readonly Node[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'RestElement':
      return childrenOf(pattern).flatMap(([, child]) => namesIn(child));
    case 'Property':
      return namesIn(pattern.value);
    default:
      return [];
  }
}
