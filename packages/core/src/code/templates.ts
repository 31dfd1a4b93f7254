import { MappedText, MappedTextBuilder } from '../text.ts';
import type { Span } from '../text.ts';
import { spanOf } from './ast.ts';
import type { Binary, Node, TemplateElement } from './ast.ts';
import { HOLE, quasiText } from './literals.ts';

/** A part of a template or concatenation. */
export interface Piece {
  readonly text: MappedText;
  /** The literals that it comes from. */
  readonly origins: readonly Node[];
}

/** A part of a template and the stretch of source that stands for it: with `${` and `}` for a hole. */
export interface Part {
  readonly node: Node;
  readonly place: Span;
}

/** `a + b + c`, from left to right. */
export function partsOfSum(sum: Binary): readonly Part[] {
  const parts: Part[] = [];
  let at: Node = sum;
  while (at.type === 'BinaryExpression' && at.operator === '+') {
    parts.push({ node: at.right, place: spanOf(at.right) });
    at = at.left;
  }
  parts.push({ node: at, place: spanOf(at) });
  return parts.reverse();
}

/** A template's texts and holes, from left to right. */
export function partsOfTemplate(quasis: readonly TemplateElement[], expressions: readonly Node[], source: string): readonly Part[] {
  const texts = quasis.map((quasi) => quasiText(quasi, source)?.span ?? spanOf(quasi));
  return quasis.flatMap((quasi, index) => {
    const text = texts[index] ?? spanOf(quasi);
    const hole = expressions[index];
    const next = texts[index + 1];
    const part: Part = { node: quasi, place: text };
    return hole === undefined ? [part] : [part, { node: hole, place: { start: text.end, end: next?.start ?? spanOf(hole).end } }];
  });
}

/** What may be anything. */
export function hole(place: Span): Piece {
  return { text: MappedText.whole(HOLE, place), origins: [] };
}

/** A text that is written elsewhere: it can be read through its name, not edited there piece by piece. */
export function piece(text: MappedText, place: Span, origins: readonly Node[]): Piece {
  const { span } = text;
  const inside = span.start >= place.start && span.end <= place.end;
  return { text: inside ? text : MappedText.whole(text.text, place), origins };
}

/** All pieces as one text. */
export function assemble(pieces: readonly Piece[], start: number): MappedText {
  const builder = new MappedTextBuilder();
  for (const { text } of pieces) builder.addPart(text, 0, text.text.length);
  return builder.build(start);
}
