import type { Span } from '../text.ts';
import { childrenOf, nameOf, spanOf } from './ast.ts';
import type { Node } from './ast.ts';

/** A constant that an enum or a class declares. */
interface Constant {
  readonly name: string;
  readonly value: Node;
  readonly place: Span;
}

/** The members of an enum that have a value, the static properties of a class. */
export function constantsOf(node: Node): readonly Constant[] {
  return childrenOf(node).flatMap(([key, child]): readonly Constant[] => {
    const type: string = child.type;
    if (type === 'TSEnumBody' || type === 'ClassBody') return constantsOf(child);
    const isProperty = type === 'PropertyDefinition' || type === 'ClassProperty';
    if ((key !== 'members' && key !== 'body') || !(type === 'TSEnumMember' || isProperty)) return [];
    const fields = child as unknown as { readonly static?: boolean; readonly computed?: boolean };
    if (isProperty && fields.static !== true) return [];
    const parts = new Map(childrenOf(child));
    const named = parts.get('id') ?? parts.get('key');
    const name = named === undefined ? undefined : nameOf(named, isProperty && fields.computed === true);
    const value = parts.get('initializer') ?? parts.get('value');
    return name === undefined || value === undefined ? [] : [{ name, value, place: spanOf(child) }];
  });
}
