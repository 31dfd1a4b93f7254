import { MappedText, type Span } from '../text.ts';
import { type Entry, type Value, truthiness } from '../value.ts';
import { bare, nameOf, operandsOf, spanOf } from './ast.ts';
import type { Binary, Call, FunctionNode, Literal, MemberExpression as Member, Node, ObjectNode } from './ast.ts';
import { type ObjectState, combined, joined, memberOf, mergedInto, obscured, only, single, spread, under, withMember, withoutNames } from './branches.ts';
import { Calls } from './calls.ts';
import { MAX_BRANCHES, nameOfTest, setTest, testOf, wordTest } from './conditions.ts';
import type { Branch, Condition } from './conditions.ts';
import { constantsOf } from './constants.ts';
import { comparison, environmentName } from './environment.ts';
import { returnOf, returnsNothing } from './functions.ts';
import { literalText, quasiText } from './literals.ts';
import { isNewUrl } from './modules.ts';
import { isDecisive } from './decisive.ts';
import { changesOf, escapes, withChange } from './mutations.ts';
import type { Change } from './mutations.ts';
import type { Binding, Tree } from './scope.ts';
import { withSeparator } from './separators.ts';
import { hole, partsOfSum, partsOfTemplate } from './templates.ts';
import type { Part, Piece } from './templates.ts';
import { Texts } from './texts.ts';

/** How much of a file one value may draw on, in nodes; what is beyond is hidden. Keeps hostile input linear. */
const BUDGET = 5000;
const MAX_DEPTH = 60;
/** A connection string is never as long as this. */
const MAX_TEXT = 20_000;
const MAX_PARTS = 200;
const MAX_CHANGES = 50;

/** Parts of a URL object that say nothing about who is talked to. */
const HARMLESS_IN_URLS: ReadonlySet<string> = new Set(['username', 'password', 'pathname', 'port', 'hash']);

/** Works out what expressions are worth without running anything. */
export class Evaluator {
  readonly #tree: Tree;
  readonly #texts = new Texts();
  readonly #calls: Calls;
  #budget = 0;
  #depth = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
    this.#calls = new Calls({ tree, texts: this.#texts, evaluate: (node, keep) => this.#evaluate(node, keep), assemble: (parts, span) => this.#template(parts, span) });
  }

  /** Every value that an expression may have, with the conditions; at least one. `keep` names further properties whose branches matter. */
  branches(expression: Node, keep: ReadonlySet<string> = new Set()): readonly Branch<Value>[] {
    this.#budget = BUDGET;
    return this.#evaluate(expression, keep);
  }

  /** The text of a string, holes included; `undefined` for what is no string. */
  textOf(value: Value): MappedText | undefined {
    return this.#texts.of(value);
  }

  /** The literals that a text was put together from. */
  originsOf(text: MappedText): readonly Node[] {
    return this.#texts.originsOf(text);
  }

  /** A text to which something unknown may still be added. */
  opened(text: MappedText, span: Span): Value {
    return this.#texts.opened(text, span);
  }

  #evaluate(expression: Node, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const span = spanOf(expression);
    if (--this.#budget < 0 || this.#depth >= MAX_DEPTH) return only({ kind: 'hidden', span });
    this.#depth++;
    try {
      const found = this.#branchesOf(bare(expression), keep);
      return found.length > 0 && found.length <= MAX_BRANCHES ? found : only({ kind: 'hidden', span });
    } finally {
      this.#depth--;
    }
  }

  #branchesOf(node: Node, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const span = spanOf(node);
    const name = environmentName(node, this.#tree);
    if (name !== undefined) return only({ kind: 'hidden', name, span });
    switch (node.type) {
      case 'Literal':
        return only(this.#literal(node, span));
      case 'TemplateLiteral':
        return this.#template(partsOfTemplate(node.quasis, node.expressions, this.#tree.source), span, node);
      case 'BinaryExpression':
        return node.operator === '+' ? this.#template(partsOfSum(node), span, node) : only(comparison(node, this.#tree));
      case 'Identifier':
        return this.#identifier(node, node.name, span, keep);
      case 'MemberExpression':
        return this.#member(node, span, keep);
      case 'ConditionalExpression':
        return this.#either(node.test, node.consequent, node.alternate, keep);
      case 'LogicalExpression':
        return this.#logical(node, span, keep);
      case 'UnaryExpression':
        return this.#unary(node.operator, node.argument, span);
      case 'ObjectExpression':
        return this.#object(node.properties, span, keep);
      case 'ArrayExpression': {
        const items = node.elements.map((element): Value => {
          const found = element === null || element.type === 'SpreadElement' ? [] : this.#evaluate(element, keep);
          return single(found) ?? { kind: 'hidden', span: element === null ? span : spanOf(element) };
        });
        return only({ kind: 'array', items, span });
      }
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
        return this.#function(node, span, keep);
      case 'CallExpression':
        return this.#calls.valueOf(node, span, keep);
      case 'NewExpression':
        return this.#construct(node, span);
      case 'AwaitExpression':
        return this.#evaluate(node.argument, keep);
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        return last === undefined ? [] : this.#evaluate(last, keep);
      }
      case 'AssignmentExpression':
        return node.operator === '=' ? this.#evaluate(node.right, keep) : only({ kind: 'hidden', span });
      case 'ClassDeclaration':
      case 'ClassExpression':
        return only(this.#constants(node, span));
      default:
        return only((node.type as string) === 'TSEnumDeclaration' ? this.#constants(node, span) : { kind: 'hidden', span });
    }
  }

  /** An enum's members, a class's static properties. There may be more. */
  #constants(node: Node, span: Span): Value {
    const entries = constantsOf(node).map(({ name, value, place }): Entry => ({ name, value: single(this.#evaluate(value, new Set())) ?? { kind: 'hidden', span: place }, span: place }));
    return { kind: 'object', entries, open: true, span };
  }

  #member(node: Member, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const property = nameOf(node.property, node.computed);
    if (property === undefined) return this.#chosen(node, span, keep);
    return this.#evaluate(node.object, new Set(keep).add(property)).map(({ value, when }) => {
      const text = property === 'href' ? this.textOf(value) : undefined;
      return { value: text === undefined ? memberOf(value, property, span) : this.#texts.joined([{ text, origins: this.originsOf(text) }], span), when };
    });
  }

  /** `config[process.env.NODE_ENV]`: each of the object's values, with its name as the condition. */
  #chosen({ object, property }: Member, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const hidden = only<Value>({ kind: 'hidden', span });
    const name = nameOfTest(property, this.#tree);
    const all = name === undefined ? undefined : single(this.#evaluate(object, keep));
    if (name === undefined || all?.kind !== 'object' || all.open || all.entries.length === 0) return hidden;
    return all.entries.map(({ name: word, value }) => ({ value, when: [wordTest(name, word)[0]] }));
  }

  #literal(node: Literal, span: Span): Value {
    const { value } = node;
    if (typeof value === 'string') {
      const text = this.#texts.note(literalText(node, value, this.#tree.source), node);
      return { kind: 'literal', value, span, text };
    }
    if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', value, span };
    // A regular expression, which the engine may not know, or a bigint is an object or a number; null is spelled so.
    return this.#tree.textOf(node) === 'null' ? { kind: 'literal', value: null, span } : { kind: 'opaque', span };
  }

  #identifier(node: Node, name: string, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const binding = this.#tree.resolve(node);
    if (binding === undefined) return only(name === 'undefined' ? { kind: 'literal', value: undefined, span } : { kind: 'hidden', span });
    if (binding.kind === 'function' && binding.init !== null) return this.#evaluate(binding.init, keep);
    if ((binding.kind !== 'variable' && binding.kind !== 'parameter') || binding.steps === null) return only({ kind: 'hidden', span });
    let branches = this.#initial(binding, span, new Set([...keep, ...binding.steps.flatMap((step) => ('name' in step ? step.name : []))]));
    for (const step of binding.steps) {
      if ('without' in step) {
        branches = branches.map(({ value, when }) => ({ value: withoutNames(value, step.without), when }));
        continue;
      }
      const taken = branches.map(({ value, when }): Branch<Value> => ({ value: memberOf(value, step.name, span), when }));
      const { fallback } = step;
      branches = fallback === null ? taken : this.#orElse(taken, setTest(step.name), () => this.#evaluate(fallback, keep), false);
    }
    if (binding.writes.length + binding.mutations.length > MAX_CHANGES) return only({ kind: 'hidden', span });
    for (const change of changesOf(binding, node, this.#tree)) {
      const test = change.test === null ? null : testOf(change.test.node, this.#tree);
      branches = withChange(branches, change, this.#valuesOf(change, keep), test, (value, next) => this.#changed(value, change, next));
      if (branches.length > MAX_BRANCHES) return only({ kind: 'hidden', span });
    }
    const isUrl = binding.init !== null && isNewUrl(binding.init, this.#tree) && branches.some(({ value }) => this.textOf(value) !== undefined);
    return isUrl && escapes(binding, node, this.#tree) ? branches.map(({ value, when }) => ({ value: this.#reopened(value, span), when })) : branches;
  }

  #valuesOf({ value, removes, span }: Change, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    if (value !== null) return this.#evaluate(value, keep);
    return only(removes ? { kind: 'literal', value: undefined, span } : { kind: 'hidden', span });
  }

  #changed(value: Value, { kind, path, span }: Change, next: Value): Value {
    const hidden: Value = { kind: 'hidden', span };
    const [name] = path;
    if (typeof kind === 'object') return path.length === 0 ? (this.#texts.withParameter(value, kind, next, span) ?? hidden) : withMember(value, path, hidden, span);
    if (kind === 'append') {
      const text = path.length === 0 ? this.textOf(value) : undefined;
      return text === undefined ? withMember(value, path, hidden, span) : this.#texts.joined([{ text, origins: this.originsOf(text) }, this.#texts.pieceOf(next, next.span)], span);
    }
    if (kind === 'merge') return mergedInto(value, path, next, span);
    // Of a URL object: who logs in, and to which database.
    if (name !== undefined && HARMLESS_IN_URLS.has(name) && value.kind === 'opaque' && this.textOf(value) !== undefined) return value;
    return withMember(value, path, next, span);
  }

  #reopened(value: Value, span: Span): Value {
    const text = this.textOf(value);
    return text === undefined ? value : this.opened(text, span);
  }

  /** What a name starts with. A parameter may be given anything; its default counts where it is not. */
  #initial(binding: Binding, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const { name, kind, init } = binding;
    if (kind === 'variable') return init === null ? only({ kind: 'literal', value: undefined, span }) : this.#evaluate(init, keep);
    const given = this.#calls.given(binding) ?? only<Value>({ kind: 'hidden', span });
    return init === null ? given : this.#orElse(given, setTest(name), () => this.#evaluate(init, keep), false);
  }

  #either(test: Node, consequent: Node, alternate: Node | null, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const tested = testOf(test, this.#tree);
    const known = typeof tested === 'boolean' ? tested : undefined;
    const taken = known === false ? [] : this.#evaluate(consequent, keep);
    const other = known === true || alternate === null ? [] : this.#evaluate(alternate, keep);
    if (typeof tested === 'boolean') return tested ? taken : other;
    return [...under(taken, tested[0]), ...under(other, tested[1])];
  }

  #logical({ operator, left, right }: Binary, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    if (operator !== '&&') return this.#firstOf(operandsOf(operator, left, right), operator === '||', span, keep);
    const first = this.#evaluate(left, keep);
    const tested = testOf(left, this.#tree);
    const test = typeof tested === 'boolean' ? setTest('the value before it') : tested;
    return first.flatMap((branch): readonly Branch<Value>[] => {
      const truth = truthiness(branch.value);
      if (truth === false) return [branch];
      const then = this.#evaluate(right, keep);
      if (truth === true) return joined(branch.when, then);
      const falsy: Branch<Value> = { value: { kind: 'literal', value: false, span }, when: branch.when };
      return [...under(joined(branch.when, then), test[0]), ...under([falsy], test[1])];
    });
  }

  /** `a ?? b ?? c`, from left to right: so `c` counts where neither of the others is set. */
  #firstOf([first, ...rest]: readonly Node[], falsyToo: boolean, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    if (first === undefined || rest.length > MAX_BRANCHES) return only({ kind: 'hidden', span });
    const branches = this.#evaluate(first, keep);
    if (rest.length === 0) return branches;
    const tested = testOf(first, this.#tree);
    const name = nameOfTest(first, this.#tree);
    const test = name !== undefined ? setTest(name) : typeof tested === 'boolean' ? setTest('the value before it') : tested;
    return this.#orElse(branches, test, () => this.#firstOf(rest, falsyToo, span, keep), falsyToo);
  }

  /** `first || second`, `first ?? second` and defaults: the second where the first is missing (or, with `||`, falsy). */
  #orElse(first: readonly Branch<Value>[], test: readonly [Condition, Condition], second: () => readonly Branch<Value>[], falsyToo: boolean): readonly Branch<Value>[] {
    return first.flatMap((branch): readonly Branch<Value>[] => {
      const { value, when } = branch;
      if (value.kind === 'hidden') return [...under([branch], test[0]), ...under(joined(when, second()), test[1])];
      const missing = falsyToo ? truthiness(value) === false : value.kind === 'literal' && (value.value === undefined || value.value === null);
      return missing ? joined(when, second()) : [branch];
    });
  }

  #unary(operator: string, argument: Node, span: Span): readonly Branch<Value>[] {
    if (operator === 'void') return only({ kind: 'literal', value: undefined, span });
    if (operator !== '!') return only({ kind: 'hidden', span });
    return this.#evaluate(argument, new Set()).map(({ value, when }) => {
      const truth = truthiness(value);
      return { value: truth === undefined ? { kind: 'hidden', span } : { kind: 'literal', value: !truth, span }, when };
    });
  }

  #object(properties: ObjectNode['properties'], span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    let states = only<ObjectState>({ entries: [], open: false });
    for (const [index, property] of properties.entries()) {
      if (property.type === 'SpreadElement') {
        states = combined(states, this.#evaluate(property.argument, keep), (state, value) => spread(state, value));
        continue;
      }
      const name = property.type === 'Property' ? nameOf(property.key, property.computed) : undefined;
      if (property.type !== 'Property' || name === undefined) {
        states = states.map(({ value, when }) => ({ value: obscured(value), when }));
        continue;
      }
      const hidden: Value = { kind: 'hidden', span: spanOf(property.value) };
      const found = property.kind === 'init' ? this.#evaluate(property.value, keep) : only(hidden);
      const told = found.length === 1 || isDecisive(name, found) || keep.has(name) ? found : only(hidden);
      const whole = withSeparator(property, properties[index - 1], properties[index + 1], this.#tree.source);
      const entry = (value: Value): Entry => ({ name, value, span: spanOf(property), whole });
      const next = combined(states, told, (state, value) => ({ entries: [...state.entries, entry(value)], open: state.open }));
      states = next.length <= MAX_BRANCHES ? next : combined(states, only(hidden), (state, value) => ({ entries: [...state.entries, entry(value)], open: state.open }));
    }
    return states.map(({ value: { entries, open }, when }) => ({ value: { kind: 'object', entries, open, span }, when }));
  }

  /** `connection: () => ({ … })`: each of the values that it may return is a function of its own. */
  #function(node: FunctionNode, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const plain: Value = { kind: 'function', returnsNothing: returnsNothing(node), span };
    const returned = returnOf(node);
    if (returned === undefined) return only(plain);
    return this.#evaluate(returned, keep).map(({ value, when }) => ({ value: { ...plain, returns: value }, when }));
  }

  /** `new URL(text)`. Others are objects. */
  #construct(node: Call, span: Span): readonly Branch<Value>[] {
    const [argument, base] = node.arguments;
    if (argument === undefined || base !== undefined || !isNewUrl(node, this.#tree)) return only({ kind: 'opaque', span });
    return this.#evaluate(argument, new Set()).map(({ value, when }) => {
      const text = this.textOf(value);
      return { value: text === undefined ? { kind: 'opaque', span } : this.#texts.object(text, span), when };
    });
  }

  /** A template or concatenation. A part that can't be known is a hole; a constant from elsewhere stands for its name as a whole. */
  #template(parts: readonly Part[], span: Span, node?: Node): readonly Branch<Value>[] {
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
    return this.#evaluate(node, new Set()).map(({ value, when }) => ({ value: this.#texts.pieceOf(value, place), when }));
  }
}
