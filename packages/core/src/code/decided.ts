import { truthiness } from '../value.ts';
import type { Value } from '../value.ts';
import { bare } from './ast.ts';
import type { Node } from './ast.ts';

/** What a test comes to where all that decides it is known; `valueOf` tells only of what a call gave, and of what is written down. */
export function decided(test: Node, valueOf: (node: Node) => Value | undefined): boolean | undefined {
  const node = bare(test);
  if (node.type === 'UnaryExpression') {
    const inner = node.operator === '!' ? decided(node.argument, valueOf) : undefined;
    return inner === undefined ? undefined : !inner;
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const decisive = node.operator === '||';
    const sides = [decided(node.left, valueOf), decided(node.right, valueOf)];
    return sides.includes(decisive) ? decisive : sides.includes(undefined) ? undefined : !decisive;
  }
  if (node.type === 'BinaryExpression') {
    const [left, right] = [valueOf(node.left), valueOf(node.right)];
    if (!/^[!=]==?$/.test(node.operator) || left?.kind !== 'literal' || right?.kind !== 'literal') return undefined;
    return (left.value === right.value) === node.operator.startsWith('=');
  }
  return truthiness(valueOf(node) ?? { kind: 'hidden', span: { start: 0, end: 0 } });
}
