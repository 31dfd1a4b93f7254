import { MappedText } from '../text.ts';
import type { Span } from '../text.ts';
import type { Value } from '../value.ts';
import { bare, nameOf, spanOf, stringOf } from './ast.ts';
import type { Call, MemberExpression as Member, Node } from './ast.ts';
import { assignedTo, combined, joined, only, single } from './branches.ts';
import { COPIES, copiedAsJson, mergedWith, mergingOf, ofTestcontainer, readsConnectionString } from './builtins.ts';
import { callersOf, oneOf } from './callers.ts';
import type { Merging } from './builtins.ts';
import { nameOfTest, wordTest } from './conditions.ts';
import type { Branch, Condition, Tested } from './conditions.ts';
import { DECISIVE } from './decisive.ts';
import { contentOf } from './files.ts';
import { methodOf } from './classes.ts';
import { namesIn, parametersOf } from './functions.ts';
import { waysOf } from './returns.ts';
import type { Test } from './returns.ts';
import { isLoaded, isNewUrl, moduleOf } from './modules.ts';
import type { Binding, Tree } from './scope.ts';
import type { Part } from './templates.ts';
import type { Texts } from './texts.ts';

/** What works out the parts of a call. */
interface Surroundings {
  readonly tree: Tree;
  readonly texts: Texts;
  readonly evaluate: (node: Node, keep: ReadonlySet<string>) => readonly Branch<Value>[];
  readonly testOf: (test: Node) => Tested;
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

  /** What a parameter is given by the calls of the file; hidden where there are none, and in what others call. */
  givenInFile(parameter: Binding, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const { tree, evaluate } = this.#on;
    const seen = callersOf(parameter, tree).flatMap((caller): readonly { readonly place: Node | Span; readonly branches: readonly Branch<Value>[] }[] => {
      if (caller.kind === 'call') return [{ place: caller.place, branches: caller.argument === null ? only({ kind: 'literal', value: undefined, span }) : evaluate(caller.argument, new Set([...keep, ...DECISIVE])) }];
      const list = single(evaluate(caller.list, keep));
      return list?.kind === 'array' ? list.items.map((item) => ({ place: item.span, branches: only(item) })) : [];
    });
    const known = seen.filter(({ branches }) => branches.some(({ value }) => value.kind !== 'hidden'));
    const hidden: Value = { kind: 'hidden', span };
    if (known.length === 0) return only(hidden);
    if (seen.length === 1) return known.flatMap(({ branches }) => branches);
    const spans = known.map(({ place }) => ('type' in place ? spanOf(place) : place));
    const told = known.flatMap(({ branches }, at) => joined(oneOf(spans, at, tree), branches));
    return known.length === seen.length ? told : [...told, ...joined(oneOf(spans, null, tree), only(hidden))];
  }

  /** A literal, or something of what is given. */
  isGiven(expression: Node): boolean {
    let node = bare(expression);
    while (node.type === 'MemberExpression') node = bare(node.object);
    const parameter = this.#on.tree.resolve(node);
    return parameter === undefined ? node.type === 'Literal' || this.#on.tree.isGlobal(node, 'undefined') : this.#given.has(parameter);
  }

  /** What a call gives, as far as it is seen. */
  valueOf(node: Call, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const callee = bare(node.callee);
    const called = callee.type === 'MemberExpression' ? nameOf(callee.property, callee.computed) : callee.type === 'Identifier' ? callee.name : undefined;
    const [argument] = node.arguments;
    if (called === 'readFileSync' || called === 'readFile') return only(contentOf(node, this.#on.tree, (part) => single(this.#on.evaluate(part, keep))));
    const copied = copiedAsJson(node, this.#on.tree);
    if (copied !== undefined) return this.#on.evaluate(copied, keep);
    const isObject = callee.type === 'MemberExpression' && this.#on.tree.isGlobal(bare(callee.object), 'Object');
    if (isObject && called === 'assign') return this.#merged(node.arguments, 'assign', span, keep);
    const module = moduleOf(callee, this.#on.tree);
    if (argument !== undefined && readsConnectionString(module)) return this.#urlOf(argument, span);
    const ofContainer = ofTestcontainer(module);
    if (ofContainer !== undefined) return only(this.#on.texts.joined([{ text: MappedText.whole(ofContainer, span), origins: [] }], span));
    const merging = mergingOf(module);
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

  /** `new URL(text)`. Others are objects. */
  constructed(node: Call, span: Span): readonly Branch<Value>[] {
    const [argument, base] = node.arguments;
    if (argument === undefined || base !== undefined || !isNewUrl(node, this.#on.tree)) return only({ kind: 'opaque', span });
    return this.#urlOf(argument, span);
  }

  /** An object that says what a text does. Of one that is hidden more can be said later: `url.searchParams.set(…)`. */
  #urlOf(argument: Node, span: Span): readonly Branch<Value>[] {
    return this.#on.evaluate(argument, new Set()).map(({ value, when }) => {
      const text = this.#on.texts.of(value);
      if (text === undefined) return { value: value.kind === 'hidden' ? this.#on.texts.joined([this.#on.texts.pieceOf(value, span)], span) : { kind: 'opaque', span }, when };
      return { value: this.#on.texts.object(text, span), when };
    });
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
    const given: Given = (index) => {
      if (node.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement')) return undefined;
      const argument = node.arguments[index];
      return argument === undefined ? only({ kind: 'literal', value: undefined, span }) : this.#on.evaluate(argument, new Set([...keep, ...DECISIVE]));
    };
    const found = this.ofFunction(methodOf(callee, this.#on.tree) ?? callee, given, keep) ?? this.#on.linked(callee, given, span, keep);
    const named = this.#on.tree.resolve(callee);
    if (found !== undefined || (callee.type !== 'MemberExpression' && (named === undefined || !isLoaded(named)))) return found;
    const methods = this.#on.evaluate(callee, keep);
    return methods.flatMap(({ value, when }) => (value.kind === 'function' && value.returns !== undefined ? [{ value: value.returns, when }] : []));
  }

  /** What the function of a name gives for these arguments; `undefined` for one that is not of this file, or not followed. */
  ofFunction(name: Node, given: Given, keep: ReadonlySet<string>): readonly Branch<Value>[] | undefined {
    const binding = name.type === 'Identifier' ? this.#on.tree.resolve(name) : undefined;
    const init = bare(binding?.init ?? name);
    const isFunction = init.type === 'FunctionDeclaration' || init.type === 'FunctionExpression' || init.type === 'ArrowFunctionExpression';
    if (!isFunction || waysOf(init) === undefined || (binding !== undefined && (binding.writes.length > 0 || binding.steps?.length !== 0))) return undefined;
    const before = new Map(this.#given);
    for (const [index, parameter] of parametersOf(init).entries()) {
      const values = given(index);
      for (const part of values === undefined ? [] : namesIn(parameter)) {
        const bound = this.#on.tree.resolve(part);
        if (bound?.kind === 'parameter' && values !== undefined) this.#given.set(bound, values);
      }
    }
    try {
      return this.returned(init, keep);
    } finally {
      this.#given.clear();
      for (const [bound, values] of before) this.#given.set(bound, values);
    }
  }

  /** Each value that a function may return, and when; `undefined` where that can't be followed. */
  returned(node: Node, keep: ReadonlySet<string>): readonly Branch<Value>[] | undefined {
    return waysOf(node)?.flatMap(({ value, tests }): readonly Branch<Value>[] => {
      const conditions = tests.map((test) => this.#conditionOf(test));
      if (conditions.includes(false)) return [];
      const values = value === null ? only<Value>({ kind: 'literal', value: undefined, span: spanOf(node) }) : this.#on.evaluate(value, keep);
      return conditions.reduceRight((branches, condition) => (typeof condition === 'boolean' ? branches : joined([condition], branches)), values);
    });
  }

  #conditionOf(test: Test): boolean | Condition {
    if (test.kind === 'catch') {
      const clause = `the \`try\` in line ${this.#on.tree.lineOf(test.node)} fails`;
      return { id: clause, holds: true, clause, loopback: false };
    }
    const { isPassed = false, holds } = test;
    const line = this.#on.tree.lineOf(test.node);
    const asked = test.kind === 'if' ? this.#on.testOf(test.node) : this.#caseOf(test.node, test.word) ?? wordTest(nameOfTest(test.node, this.#on.tree) ?? `the value in line ${line}`, test.word);
    if (typeof asked === 'boolean') return asked === holds;
    return { ...asked[holds ? 0 : 1], ...(isPassed && { isMinor: true }) };
  }

  /** Whether it is this word, where a call gave it. */
  #caseOf(node: Node, word: string): boolean | undefined {
    const parameter = node.type === 'Identifier' ? this.#on.tree.resolve(node) : undefined;
    const value = parameter === undefined ? undefined : single(this.#given.get(parameter) ?? []);
    return value?.kind === 'literal' ? value.value === word : undefined;
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
