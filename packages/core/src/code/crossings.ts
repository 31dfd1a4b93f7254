import { movedSpan } from '../joined.ts';
import type { Site } from '../site.ts';
import type { Span } from '../text.ts';
import type { Value } from '../value.ts';

/** A value of another module, and where the file that is read uses it. */
export type Crossing = NonNullable<Site['crossings']>[number];

/** A value whose text stands behind others. `texts` is told which value of the result has come of which. */
export function movedValue(value: Value, by: number, texts: (from: Value, to: Value) => void): Value {
  const span = movedSpan(value.span, by);
  const inner = (part: Value): Value => movedValue(part, by, texts);
  const moved = ((): Value => {
    switch (value.kind) {
      case 'literal':
        return { ...value, span, ...(value.text !== undefined && { text: value.text.moved(by) }) };
      case 'object':
        return {
          ...value,
          span,
          entries: value.entries.map(({ name, value: of, span: at, whole }) => ({ name, value: inner(of), span: movedSpan(at, by), ...(whole !== undefined && { whole: movedSpan(whole, by) }) })),
        };
      case 'array':
        return { ...value, span, items: value.items.map(inner) };
      case 'function':
        return { ...value, span, ...(value.returns !== undefined && { returns: inner(value.returns) }) };
      default:
        return { ...value, span };
    }
  })();
  texts(value, moved);
  return moved;
}

/** Where a value and all of its parts are written. */
export function placesOf(value: Value): readonly Span[] {
  switch (value.kind) {
    case 'literal':
      return [value.text?.span ?? value.span];
    case 'object':
      return [value.span, ...value.entries.flatMap((entry) => [entry.span, ...placesOf(entry.value)])];
    case 'array':
      return [value.span, ...value.items.flatMap(placesOf)];
    case 'function':
      return [value.span, ...(value.returns === undefined ? [] : placesOf(value.returns))];
    default:
      return [value.span];
  }
}
