import { MappedText } from '../text.ts';
import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import type { Node } from './ast.ts';
import { HOLE } from './literals.ts';
import type { Kind } from './mutations.ts';
import { assemble, hole, piece } from './templates.ts';
import type { Piece } from './templates.ts';

/** The texts of values, and what they were put together from. */
export class Texts {
  /** The text of values that are no literals: templates with holes, URL objects. */
  readonly #texts = new WeakMap<Value, MappedText>();
  readonly #origins = new WeakMap<MappedText, readonly Node[]>();

  /** The text of a string, holes included; `undefined` for what is no string. */
  of(value: Value): MappedText | undefined {
    return value.kind === 'literal' ? value.text : this.#texts.get(value);
  }

  /** The literals that a text was put together from. */
  originsOf(text: MappedText): readonly Node[] {
    return this.#origins.get(text) ?? [];
  }

  /** The text of a literal. */
  note(text: MappedText, origin: Node): MappedText {
    this.#origins.set(text, [origin]);
    return text;
  }

  /** Hands the text of a value to the same value in another place. */
  moved(from: Value, to: Value, by: number, of: Texts): void {
    const text = of.of(from);
    if (text !== undefined && to.kind !== 'literal') this.#texts.set(to, text.moved(by));
  }

  /** A text made of pieces; a literal where none of them has a hole. */
  joined(pieces: readonly Piece[], span: Span): Value {
    const text = assemble(pieces, span.start);
    this.#origins.set(text, pieces.flatMap(({ origins }) => origins));
    if (!text.text.includes(HOLE)) return { kind: 'literal', value: text.text, span, text };
    const value: Value = { kind: 'opaque', begins: text.text.slice(0, text.text.indexOf(HOLE)), span };
    this.#texts.set(value, text);
    return value;
  }

  /** What a value is in a template or a sum: its text, or a hole. */
  pieceOf(value: Value, place: Span): Piece {
    const text = this.of(value);
    if (text !== undefined) return piece(text, place, this.originsOf(text));
    const plain = value.kind === 'literal' && value.value !== undefined && value.value !== null;
    return plain ? { text: MappedText.whole(String(value.value), place), origins: [] } : hole(place);
  }

  /** A text to which something unknown may still be added. */
  opened(text: MappedText, span: Span): Value {
    return this.joined([this.#whole(text), hole({ start: text.span.end, end: text.span.end })], span);
  }

  /** An object that stands for a text: a URL. It is true, and no string. */
  object(text: MappedText, span: Span): Value {
    const value: Value = { kind: 'opaque', span };
    this.#texts.set(value, text);
    return value;
  }

  /** A URL after `searchParams.set(name, value)` and its kin. `undefined` for what is no URL. */
  withParameter(url: Value, { method, parameter }: Exclude<Kind, string>, value: Value, span: Span): Value | undefined {
    const text = this.of(url);
    if (text === undefined) return undefined;
    if (parameter === null) return this.opened(text, span);
    const fragment = text.text.indexOf('#');
    const end = fragment < 0 ? text.text.length : fragment;
    const query = text.text.slice(0, end).indexOf('?');
    const kept: Piece[] = [this.#slice(text, 0, query < 0 ? end : query)];
    let separator = '?';
    const add = (piece_: Piece): void => {
      kept.push(constant(separator, piece_.text.span.start), piece_);
      separator = '&';
    };
    for (const { start, end: stop } of query < 0 ? [] : parametersIn(text.text, query + 1, end)) {
      const isSame = text.text.slice(start, stop).replace(/=.*/s, '') === parameter;
      if (!isSame || method === 'append') add(this.#slice(text, start, stop));
    }
    if (method !== 'delete') {
      const next = this.pieceOf(value, value.span);
      add({ text: assemble([constant(`${parameter}=`, value.span.start), next], value.span.start), origins: next.origins });
    }
    return this.object(this.#noted([...kept, this.#slice(text, end, text.text.length)], span), span);
  }

  #noted(pieces: readonly Piece[], span: Span): MappedText {
    const text = assemble(pieces, span.start);
    this.#origins.set(text, pieces.flatMap(({ origins }) => origins));
    return text;
  }

  #whole(text: MappedText): Piece {
    return { text, origins: this.originsOf(text) };
  }

  #slice(text: MappedText, start: number, end: number): Piece {
    return { text: text.slice(start, end), origins: this.originsOf(text) };
  }
}

/** Text that stands nowhere in the source. */
function constant(text: string, at: number): Piece {
  return { text: MappedText.whole(text, { start: at, end: at }), origins: [] };
}

function parametersIn(text: string, from: number, end: number): readonly Span[] {
  const found: Span[] = [];
  for (let start = from; start < end; ) {
    const next = text.indexOf('&', start);
    const stop = next < 0 || next > end ? end : next;
    if (stop > start) found.push({ start, end: stop });
    start = stop + 1;
  }
  return found;
}
