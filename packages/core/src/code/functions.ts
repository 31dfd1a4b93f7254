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
