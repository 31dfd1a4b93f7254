import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import { bare, nameOf, spanOf, stringOf } from './ast.ts';
import type { Call, MemberExpression as Member, Node } from './ast.ts';
import { assignedTo, combined, only, single } from './branches.ts';
import { COPIES, mergedWith, mergingOf } from './builtins.ts';
import type { Merging } from './builtins.ts';
import type { Branch } from './conditions.ts';
import { DECISIVE } from './decisive.ts';
import { contentOf } from './files.ts';
import { namesIn, parametersOf, returnOf } from './functions.ts';
import { moduleOf } from './modules.ts';
import type { Binding, Tree } from './scope.ts';
import type { Part } from './templates.ts';
import type { Texts } from './texts.ts';

/** What works out the parts of a call. */
interface Surroundings {
  readonly tree: Tree;
  readonly texts: Texts;
  readonly evaluate: (node: Node, keep: ReadonlySet<string>) => readonly Branch<Value>[];
  /** A text of parts. */
  readonly assemble: (parts: readonly Part[], span: Span) => readonly Branch<Value>[];
  /** What a function of another module gives; `undefined` where it is not to be seen. */
  readonly linked: (callee: Node, values: Given, span: Span, keep: ReadonlySet<string>) => readonly Branch<Value>[] | undefined;
}

/** What a call gives a function, by the number of the parameter; `undefined` where that is hidden. */
export type Given = (index: number) => readonly Branch<Value>[] | undefined;

/** Works out calls: of functions of the file with one expression, and of those that everybody has. */
export class Calls {
  readonly #on: Surroundings;
  /** What the parameters of the functions that are being worked out were given. */
  readonly #given = new Map<Binding, readonly Branch<Value>[]>();

  constructor(on: Surroundings) {
    this.#on = on;
  }

  /** What a parameter is given, while its function is worked out for a call. */
  given(parameter: Binding): readonly Branch<Value>[] | undefined {
    return this.#given.get(parameter);
  }

  /** What a call gives, as far as it is seen. */
  valueOf(node: Call, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const callee = bare(node.callee);
    const called = callee.type === 'MemberExpression' ? nameOf(callee.property, callee.computed) : callee.type === 'Identifier' ? callee.name : undefined;
    const [argument] = node.arguments;
    if (called === 'readFileSync' || called === 'readFile') return only(contentOf(node, this.#on.tree, (part) => single(this.#on.evaluate(part, keep))));
    const isObject = callee.type === 'MemberExpression' && this.#on.tree.isGlobal(bare(callee.object), 'Object');
    if (isObject && called === 'assign') return this.#merged(node.arguments, 'assign', span, keep);
    const merging = mergingOf(moduleOf(callee, this.#on.tree));
    if (merging !== undefined) return this.#merged(node.arguments, merging, span, keep);
    if (argument !== undefined && called !== undefined && COPIES.has(called) && this.#on.tree.resolve(callee)?.kind !== 'function') return this.#on.evaluate(argument, keep);
    if (callee.type === 'MemberExpression') {
      if (called === 'from' && this.#on.tree.isGlobal(bare(callee.object), 'Buffer')) return only({ kind: 'opaque', span });
      const text = this.#textMethod(callee, called, node.arguments, span);
      if (text !== undefined) return text;
    }
    if (argument !== undefined && this.#on.tree.isGlobal(callee, 'String')) return this.#on.assemble([{ node: argument, place: spanOf(argument) }], span);
    return this.#returned(node, callee, span, keep) ?? only({ kind: 'hidden', span });
  }

  /** `url.toString()`, `'…'.concat(…)`, `[…].join('')`; what is made of a file's content is as opaque as that. */
  #textMethod({ object }: Member, called: string | undefined, parts: readonly Node[], span: Span): readonly Branch<Value>[] | undefined {
    if (called === 'concat') return this.#on.assemble([object, ...parts].map((part) => ({ node: part, place: spanOf(part) })), span);
    if (called === 'join') {
      const array = bare(object);
      const separator = parts[0] === undefined ? undefined : stringOf(parts[0]);
      if (separator !== '' || array.type !== 'ArrayExpression' || array.elements.includes(null)) return undefined;
      return this.#on.assemble(array.elements.flatMap((element) => (element === null ? [] : [{ node: element, place: spanOf(element) }])), span);
    }
    if (called !== 'toString' && called !== 'trim' && called !== 'toJSON') return undefined;
    const found = this.#on.evaluate(object, new Set());
    if (found.some(({ value }) => this.#on.texts.of(value) !== undefined)) {
      return found.map(({ value, when }) => ({ value: this.#on.texts.of(value) === undefined ? { kind: 'hidden', span } : this.#on.texts.joined([this.#on.texts.pieceOf(value, value.span)], span), when }));
    }
    const of = single(found);
    return of?.kind === 'opaque' ? only({ ...of, span }) : undefined;
  }

  /** What a function of one expression gives for these arguments. */
  #returned(node: Call, callee: Node, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] | undefined {
    if (callee.type === 'MemberExpression') {
      const method = single(this.#on.evaluate(callee, keep));
      return method?.kind === 'function' && method.returns !== undefined ? only(method.returns) : undefined;
    }
    const given: Given = (index) => {
      if (node.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement')) return undefined;
      const argument = node.arguments[index];
      return argument === undefined ? only({ kind: 'literal', value: undefined, span }) : this.#on.evaluate(argument, new Set([...keep, ...DECISIVE]));
    };
    return this.ofFunction(callee, given, keep) ?? this.#on.linked(callee, given, span, keep);
  }

  /** What the function of a name gives for these arguments; `undefined` for one that is not of this file, or not followed. */
  ofFunction(name: Node, given: Given, keep: ReadonlySet<string>): readonly Branch<Value>[] | undefined {
    const binding = name.type === 'Identifier' ? this.#on.tree.resolve(name) : undefined;
    const init = bare(binding?.init ?? name);
    const returned = returnOf(init);
    if (returned === undefined || (binding !== undefined && (binding.writes.length > 0 || binding.steps?.length !== 0))) return undefined;
    const before = new Map(this.#given);
    for (const [index, parameter] of parametersOf(init).entries()) {
      const values = given(index);
      for (const part of values === undefined ? [] : namesIn(parameter)) {
        const bound = this.#on.tree.resolve(part);
        if (bound?.kind === 'parameter' && values !== undefined) this.#given.set(bound, values);
      }
    }
    try {
      return this.#on.evaluate(returned, keep);
    } finally {
      this.#given.clear();
      for (const [bound, values] of before) this.#given.set(bound, values);
    }
  }

  #merged(parts: readonly Node[], how: Merging, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    let states = only<Value>({ kind: 'object', entries: [], open: false, span });
    for (const part of parts) {
      const found = part.type === 'SpreadElement' ? only<Value>({ kind: 'hidden', span }) : this.#on.evaluate(part, keep);
      states = combined(states, found, (state, value) => (how === 'assign' ? assignedTo(state, value) : mergedWith(state, value, how)));
    }
    return states.map(({ value, when }) => ({ value: value.kind === 'object' ? { ...value, span } : value, when }));
  }
}
