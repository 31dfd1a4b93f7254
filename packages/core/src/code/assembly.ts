import { MappedText } from '../text.ts';
import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import type { Literal, Node } from './ast.ts';
import { combined, only } from './branches.ts';
import { MAX_BRANCHES } from './conditions.ts';
import type { Branch } from './conditions.ts';
import { literalText, quasiText } from './literals.ts';
import type { Tree } from './scope.ts';
import { hole } from './templates.ts';
import type { Part, Piece } from './templates.ts';
import type { Texts } from './texts.ts';

/** A connection string is never as long as this. */
const MAX_TEXT = 20_000;
const MAX_PARTS = 200;

/** Puts strings together. */
export class Assembly {
  readonly #tree: Tree;
  readonly #texts: Texts;
  readonly #evaluate: (node: Node) => readonly Branch<Value>[];

  constructor(tree: Tree, texts: Texts, evaluate: (node: Node) => readonly Branch<Value>[]) {
    this.#tree = tree;
    this.#texts = texts;
    this.#evaluate = evaluate;
  }

  /** A template or concatenation. A part that can't be known is a hole; a constant from elsewhere stands for its name as a whole. */
  template(parts: readonly Part[], span: Span, node?: Node): readonly Branch<Value>[] {
    let states = only<readonly Piece[]>([]);
    const appended = (pieces: readonly Piece[], next: Piece): readonly Piece[] => [...pieces, next];
    if (parts.length > MAX_PARTS) return only({ kind: 'opaque', span });
    for (const part of parts) {
      const next = combined(states, this.#pieces(part), appended);
      states = next.length <= MAX_BRANCHES ? next : combined(states, only(hole(part.place)), appended);
    }
    return states.map(({ value: pieces, when }) => {
      const length = pieces.reduce((sum, { text }) => sum + text.text.length, 0);
      if (length > MAX_TEXT) return { value: { kind: 'opaque', span }, when };
      const whole: Piece = { text: MappedText.whole('', span), origins: node === undefined ? [] : [node] };
      return { value: this.#texts.joined([...pieces, whole], span), when };
    });
  }

  #pieces({ node, place }: Part): readonly Branch<Piece>[] {
    if (node.type === 'TemplateElement') {
      const text = quasiText(node, this.#tree.source);
      return only(text === undefined ? hole(place) : { text, origins: [] });
    }
    return this.#evaluate(node).map(({ value, when }) => ({ value: this.#texts.pieceOf(value, place), when }));
  }

  /** A literal; of a string, its text is noted. */
  literal(node: Literal, span: Span): Value {
    const { value } = node;
    if (typeof value === 'string') {
      const text = this.#texts.note(literalText(node, value, this.#tree.source), node);
      return { kind: 'literal', value, span, text };
    }
    if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', value, span };
    // A regular expression, which the engine may not know, or a bigint is an object or a number; null is spelled so.
    return this.#tree.textOf(node) === 'null' ? { kind: 'literal', value: null, span } : { kind: 'opaque', span };
  }
}
