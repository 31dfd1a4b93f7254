import { MappedTextBuilder, type MappedText, type Span } from '../../../text.ts';
import { call } from './functions.ts';
import { parseTemplate, type Expression, type Part, type Pipeline } from './syntax.ts';
import { isTrue, NIL, textOf, unknown, type Text, type Value } from './values.ts';

/** Something that `define` gives a name. */
export interface Named {
  readonly home: MappedText;
  readonly body: readonly Part[];
}

/** What a template comes to. */
export interface Rendered {
  readonly text: MappedText;
  /** What actions of the template itself put in: where in the text, where they stand, and the places of values in it. */
  readonly actions: readonly { readonly span: Span; readonly at: Span; readonly from: readonly Span[] }[];
  /** Parts of the text of which another may be there instead. */
  readonly unsure: readonly Span[];
  /** Something is put in that is not known, and could be anything. */
  readonly isOpen: boolean;
}

interface Piece {
  readonly text: MappedText;
  readonly from: readonly Span[];
  /** All of it stands in a file of values. */
  readonly isValue: boolean;
  /** The action that it comes of; `null` for what the template says itself. */
  readonly action: Span | null;
  readonly isKnown: boolean;
  /** Not known, and no part of a line. */
  readonly isBlock?: boolean;
  readonly isUnsure: boolean;
}

interface Scope {
  readonly home: MappedText;
  readonly dot: Value;
  readonly root: Value;
  readonly variables: Map<string, Value>;
  readonly outer: Scope | null;
  readonly isUnsure: boolean;
}

/** How much is worked out for one template; real ones stay at a tenth. */
const MAX_WORK = 50_000;
const MAX_ITEMS = 100;
const MAX_INCLUDES = 20;

/** Blocks of metadata: whatever is in them, it is no connection. */
const HARMLESS = /label|annotation|selector|affinit|toleration|resource|security|image|pull|volume|mount|probe|checksum|capabilit|strategy|spread|service|ingress|lifecycle|namespace|version/i;

/** A template does more than anybody waits for. */
class TooMuch extends Error {}

/** Works out what a template says with these values; `null` where it cannot be followed. What is not known stays in the text as `$(…)`. */
export function render(home: MappedText, root: Value, definitionOf: (name: string) => Named | undefined): Rendered | null {
  const template = parseTemplate(home.text);
  if (template === null) return null;
  try {
    return new Renderer(definitionOf).document(home, template.parts, root);
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

class Renderer {
  readonly #definitionOf: (name: string) => Named | undefined;
  #work = 0;
  #depth = 0;
  #isOpen = false;

  constructor(definitionOf: (name: string) => Named | undefined) {
    this.#definitionOf = definitionOf;
  }

  document(home: MappedText, parts: readonly Part[], root: Value): Rendered {
    const pieces: Piece[] = [];
    this.#parts(parts, { home, dot: root, root, variables: new Map(), outer: null, isUnsure: false }, pieces);
    const unsure: Span[] = [];
    const actions: Rendered['actions'][number][] = [];
    const text = this.#together(pieces, home, (piece, span) => {
      if (piece.isUnsure) unsure.push(span);
      if (piece.action !== null) actions.push({ span, at: home.toSource(piece.action), from: piece.from });
    });
    return { text, actions, unsure, isOpen: this.#isOpen };
  }

  /** The pieces behind each other. A value that is alone on its line keeps the place where it is written; all else stands where the action stands. */
  #together(pieces: readonly Piece[], home: MappedText, placed: (piece: Piece, span: Span) => void = () => undefined): MappedText {
    const builder = new MappedTextBuilder();
    let length = 0;
    let line = '';
    for (const [index, piece] of pieces.entries()) {
      const { text, action } = piece;
      const rest = (): string => restOfLine(pieces, index + 1);
      // A whole block that is not known: to the parser it would be no YAML.
      if (!piece.isKnown && (piece.isBlock || (/^\s*$/.test(line) && /^\s*$/.test(rest())))) {
        if (!HARMLESS.test(text.text)) this.#isOpen = true;
        continue;
      }
      const isAlone = action === null || text.text.includes('\n') || (piece.isValue && BEFORE.test(line) && AFTER.test(rest()));
      if (isAlone) builder.addPart(text, 0, text.text.length);
      else builder.add(text.text, home.toSource(action), true);
      placed(piece, { start: length, end: length + text.text.length });
      length += text.text.length;
      const newline = text.text.lastIndexOf('\n');
      line = newline < 0 ? (line + text.text).slice(-MAX_LINE) : text.text.slice(newline + 1).slice(-MAX_LINE);
    }
    return builder.build(home.span.start);
  }

  #parts(parts: readonly Part[], scope: Scope, pieces: Piece[]): void {
    for (const part of parts) {
      if (++this.#work > MAX_WORK) throw new TooMuch();
      if (part.kind === 'text') {
        pieces.push({ text: scope.home.slice(part.span.start, part.span.end), from: [], isValue: false, action: null, isKnown: true, isUnsure: scope.isUnsure });
      } else if (part.kind === 'branch') this.#branch(part, scope, pieces);
      else this.#action(part, scope, pieces);
    }
  }

  #action({ span, pipeline }: Extract<Part, { kind: 'action' }>, scope: Scope, pieces: Piece[]): void {
    const value = this.#pipeline(pipeline, scope, span);
    if (pipeline !== null && pipeline.assigns.length > 0) return;
    const common = { action: span, isUnsure: scope.isUnsure };
    const isKnown = value.kind === 'text' && (value.text.text !== '' || value.from.length === 0);
    if (isKnown) pieces.push({ ...common, text: value.text, from: isValue(value) || isWithin(value.text, scope.home) ? value.from : [...value.from, value.text.span], isValue: isValue(value), isKnown });
    else pieces.push({ ...common, text: unknown(scope.home.slice(span.start + 2, span.end - 2)).shown, from: [], isValue: false, isKnown, isBlock: pipeline?.value.kind === 'call' && /^(?:n?indent|toYaml)$/.test(pipeline.value.name) });
  }

  #branch({ word, span, pipeline, body, otherwise }: Extract<Part, { kind: 'branch' }>, scope: Scope, pieces: Piece[]): void {
    const within: Scope = { ...scope, variables: new Map(), outer: scope };
    const value = this.#pipeline(pipeline, within, span);
    const is = isTrue(value);
    if (is === false) {
      this.#parts(otherwise, within, pieces);
      return;
    }
    if (is === null) {
      const unsure = { ...within, isUnsure: scope.isUnsure || otherwise.length > 0 };
      this.#parts(body, word === 'if' ? unsure : { ...unsure, dot: value }, pieces);
      this.#parts(otherwise, unsure, pieces);
      return;
    }
    if (word !== 'range' || value.kind === 'text' || value.kind === 'nothing') {
      this.#parts(body, word === 'if' ? within : { ...within, dot: value }, pieces);
      return;
    }
    const names = pipeline?.assigns ?? [];
    for (const key of value.keys.slice(0, MAX_ITEMS)) {
      const item = value.get(key);
      const [first, second] = names;
      const variables = new Map<string, Value>();
      // The name of an entry has no place of its own.
      if (second !== undefined && first !== undefined) variables.set(first, named(key, scope.home, span)).set(second, item);
      else if (first !== undefined) variables.set(first, item);
      this.#parts(body, { ...within, dot: item, variables, outer: within }, pieces);
    }
  }

  #pipeline(pipeline: Pipeline | null, scope: Scope, span: Span): Value {
    if (pipeline === null) return unknown(scope.home.slice(span.start, span.end));
    const value = this.#value(pipeline.value, scope);
    for (const name of pipeline.assigns) assign(name, scope.isUnsure && !pipeline.isNew ? unknown(scope.home.slice(span.start, span.end)) : value, pipeline.isNew, scope);
    return value;
  }

  #value(expression: Expression, scope: Scope): Value {
    if (++this.#work > MAX_WORK) throw new TooMuch();
    const { home } = scope;
    const written = (): MappedText => home.slice(expression.span.start, expression.span.end);
    if (expression.kind === 'literal') {
      const text = expression.inner === null ? named(expression.text, home, expression.span).text : home.slice(expression.inner.start, expression.inner.end);
      return textOf(text, [], expression.type);
    }
    if (expression.kind === 'path') {
      const { name, fields } = expression;
      const of = name === '' ? scope.dot : name === '$' ? scope.root : variable(name, scope);
      return shownAs(fieldOf(of, fields), written);
    }
    if (expression.kind === 'fields') return shownAs(fieldOf(this.#value(expression.of, scope), expression.fields), written);
    const args = expression.args.map((arg) => this.#value(arg, scope));
    if (expression.name === 'include') return this.#include(args) ?? unknown(written());
    if (expression.name === 'tpl') return this.#tpl(args, scope) ?? shownAs(args[0] ?? NIL, written);
    const shown = args.map((arg, at) => (arg.kind === 'nothing' && !arg.isNil ? arg.shown : unknown(partOf(home, expression.args[at])).shown));
    return call(expression.name, args, shown) ?? unknown(written());
  }

  #include([name, dot]: readonly Value[]): Text | null {
    const found = name?.kind === 'text' ? this.#definitionOf(name.text.text) : undefined;
    return found === undefined || dot === undefined ? null : this.#inner(found.home, found.body, dot);
  }

  /** A value that is a template itself. */
  #tpl([value, dot]: readonly Value[], scope: Scope): Value | null {
    if (value?.kind !== 'text' || !value.text.text.includes('{{')) return value ?? null;
    const parsed = parseTemplate(value.text.text);
    const inner = parsed === null ? null : this.#inner(value.text, parsed.parts, dot ?? scope.dot);
    return inner === null ? null : { ...inner, from: [...value.from, ...inner.from] };
  }

  #inner(home: MappedText, parts: readonly Part[], dot: Value): Text | null {
    if (this.#depth >= MAX_INCLUDES) throw new TooMuch();
    this.#depth++;
    const pieces: Piece[] = [];
    this.#parts(parts, { home, dot, root: dot, variables: new Map(), outer: null, isUnsure: false }, pieces);
    this.#depth--;
    if (pieces.some(({ isUnsure }) => isUnsure)) return null;
    const words = pieces.filter(({ text }) => text.text.trim() !== '');
    // All of it is one thing that is not known.
    if (words.length === 1 && words[0]?.isKnown === false) return null;
    return textOf(this.#together(pieces, home), pieces.flatMap(({ from }) => from));
  }
}

/** What is looked at of a line. */
const MAX_LINE = 200;
/** Nothing stands before it but what a value may stand behind: `- name: "`, `KEY=`. */
const BEFORE = /^\s*(?:-\s+)*(?:[\w."'/-]+:\s+|[\w.-]+\s*=\s*)?["']?$/;
const AFTER = /^["']?\s*(?:#.*)?$/;

function restOfLine(pieces: readonly Piece[], from: number): string {
  let rest = '';
  for (let at = from; at < pieces.length && rest.length < MAX_LINE; at++) {
    const { text } = pieces[at]?.text ?? { text: '' };
    const newline = text.indexOf('\n');
    if (newline >= 0) return rest + text.slice(0, newline);
    rest += text;
  }
  return rest;
}

function isValue({ text: { span }, from }: Text): boolean {
  return from.some(({ start, end }) => start <= span.start && span.end <= end);
}

function isWithin({ span }: MappedText, home: MappedText): boolean {
  return home.span.start <= span.start && span.end <= home.span.end;
}

function named(text: string, home: MappedText, { start }: Span): Text {
  const { start: at } = home.toSource({ start, end: start });
  return textOf(new MappedTextBuilder().add(text, { start: at, end: at }, true).build(at));
}

function partOf(home: MappedText, expression: Expression | undefined): MappedText {
  return home.slice(expression?.span.start ?? 0, expression?.span.end ?? 0);
}

/** What is not there is shown as it was asked for. */
function shownAs(value: Value, written: () => MappedText): Value {
  return value.kind === 'nothing' ? { ...value, shown: unknown(written()).shown } : value;
}

function fieldOf(value: Value, fields: readonly string[]): Value {
  let of = value;
  for (const field of fields) {
    if (of.kind === 'nothing') return of;
    if (of.kind !== 'map') return NIL;
    of = of.get(field);
  }
  return of;
}

function variable(name: string, scope: Scope): Value {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.variables.get(name);
    if (found !== undefined) return found;
  }
  return NIL;
}

function assign(name: string, value: Value, isNew: boolean, scope: Scope): void {
  let at: Scope | null = scope;
  while (!isNew && at !== null && !at.variables.has(name)) at = at.outer;
  (at ?? scope).variables.set(name, value);
}
