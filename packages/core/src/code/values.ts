import { MappedText } from '../text.ts';
import type { Span } from '../text.ts';
import { truthiness } from '../value.ts';
import type { Entry, Value } from '../value.ts';
import { bare, nameOf, operandsOf, spanOf } from './ast.ts';
import type { Binary, Call, FunctionNode, Literal, Node, ObjectNode } from './ast.ts';
import { combined, joined, memberOf, obscured, only, single, spread, under } from './branches.ts';
import type { ObjectState } from './branches.ts';
import { MAX_BRANCHES, nameOfTest, setTest, testOf } from './conditions.ts';
import type { Branch, Condition } from './conditions.ts';
import { environmentName } from './environment.ts';
import { contentOf } from './files.ts';
import { returnOf, returnsNothing } from './functions.ts';
import { HOLE, literalText, quasiText } from './literals.ts';
import { changesOf, withChange } from './mutations.ts';
import type { Change } from './mutations.ts';
import type { Binding, Tree } from './scope.ts';
import { withSeparator } from './separators.ts';
import { assemble, hole, partsOfSum, partsOfTemplate, piece } from './templates.ts';
import type { Part, Piece } from './templates.ts';

/** Properties whose branches are told apart; a conditional anywhere else hides that property alone. */
const DECISIVE: ReadonlySet<string> = new Set([
  'connectionString', 'connection', 'url', 'clientUrl', 'dialectOptions', 'driverOptions', 'extra', 'dbCredentials', 'replication', 'useFactory', 'pool', 'postgres',
  'databaseUrl', 'databaseDriverOptions', 'database_url', 'database_extra', 'datasources', 'datasourceUrl', 'datasource', 'db', 'DB_CONNECTION_STRING', 'DB_SSL',
  'host', 'hostname', 'path', 'ssl', 'tls', 'sslmode', 'sslnegotiation', 'rejectUnauthorized', 'checkServerIdentity', 'ca', 'minVersion', 'maxVersion', 'enabled', 'enforce',
]);

/** How much of a file one value may draw on, in nodes; what is beyond is hidden. Keeps hostile input linear. */
const BUDGET = 5000;
const MAX_DEPTH = 60;
/** A connection string is never as long as this. */
const MAX_TEXT = 20_000;
const MAX_PARTS = 200;
const MAX_CHANGES = 50;

/** Works out what expressions are worth without running anything. */
export class Evaluator {
  readonly #tree: Tree;
  /** The text of values that are no literals: templates with holes. */
  readonly #templates = new WeakMap<Value, MappedText>();
  readonly #origins = new WeakMap<MappedText, readonly Node[]>();
  #budget = 0;
  #depth = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** Every value that an expression may have, with the conditions; at least one. `keep` names further properties whose branches matter. */
  branches(expression: Node, keep: ReadonlySet<string> = new Set()): readonly Branch<Value>[] {
    this.#budget = BUDGET;
    return this.#evaluate(expression, keep);
  }

  /** The text of a string, holes included; `undefined` for what is no string. */
  textOf(value: Value): MappedText | undefined {
    return value.kind === 'literal' ? value.text : this.#templates.get(value);
  }

  /** The literals that a text was put together from. */
  originsOf(text: MappedText): readonly Node[] {
    return this.#origins.get(text) ?? [];
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
        return this.#template(node, partsOfTemplate(node.quasis, node.expressions, this.#tree.source), span);
      case 'BinaryExpression':
        return node.operator === '+' ? this.#template(node, partsOfSum(node), span) : only({ kind: 'hidden', span });
      case 'Identifier':
        return this.#identifier(node, node.name, span, keep);
      case 'MemberExpression': {
        const property = nameOf(node.property, node.computed);
        if (property === undefined) return only({ kind: 'hidden', span });
        return this.#evaluate(node.object, new Set(keep).add(property)).map(({ value, when }) => ({ value: memberOf(value, property, span), when }));
      }
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
        return this.#call(node, span, keep);
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
      case 'ClassExpression':
        return only({ kind: 'opaque', span });
      default:
        return only({ kind: 'hidden', span });
    }
  }

  #literal(node: Literal, span: Span): Value {
    const { value } = node;
    if (typeof value === 'string') {
      const text = literalText(node, value, this.#tree.source);
      this.#origins.set(text, [node]);
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
    let branches = this.#initial(binding, span, new Set([...keep, ...binding.steps.map((step) => step.name)]));
    for (const step of binding.steps) {
      const taken = branches.map(({ value, when }): Branch<Value> => ({ value: memberOf(value, step.name, span), when }));
      const { fallback } = step;
      branches = fallback === null ? taken : this.#orElse(taken, setTest(step.name), () => this.#evaluate(fallback, keep), false);
    }
    if (binding.writes.length + binding.mutations.length > MAX_CHANGES) return only({ kind: 'hidden', span });
    for (const change of changesOf(binding, node, this.#tree)) {
      const test = change.test === null ? null : testOf(change.test.node, this.#tree);
      branches = withChange(branches, change, this.#given(change, keep), test);
      if (branches.length > MAX_BRANCHES) return only({ kind: 'hidden', span });
    }
    return branches;
  }

  #given({ value, removes, span }: Change, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    if (value !== null) return this.#evaluate(value, keep);
    return only(removes ? { kind: 'literal', value: undefined, span } : { kind: 'hidden', span });
  }

  /** What a name starts with. A parameter may be given anything; its default counts where it is not. */
  #initial({ name, kind, init }: Binding, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    if (kind === 'variable') return init === null ? only({ kind: 'literal', value: undefined, span }) : this.#evaluate(init, keep);
    const given = only<Value>({ kind: 'hidden', span });
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
      const told = found.length === 1 || DECISIVE.has(name) || keep.has(name) ? found : only(hidden);
      const whole = withSeparator(property, properties[index - 1], properties[index + 1], this.#tree.source);
      const entry = (value: Value): Entry => ({ name, value, span: spanOf(property), whole });
      const next = combined(states, told, (state, value) => ({ entries: [...state.entries, entry(value)], open: state.open }));
      states = next.length <= MAX_BRANCHES ? next : combined(states, only(hidden), (state, value) => ({ entries: [...state.entries, entry(value)], open: state.open }));
    }
    return states.map(({ value: { entries, open }, when }) => ({ value: { kind: 'object', entries, open, span }, when }));
  }

  #call(node: Call, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const callee = bare(node.callee);
    const called = callee.type === 'MemberExpression' ? nameOf(callee.property, callee.computed) : callee.type === 'Identifier' ? callee.name : undefined;
    const [argument] = node.arguments;
    if (called === 'readFileSync' || called === 'readFile') return only(contentOf(node, this.#tree, (part) => single(this.#evaluate(part, keep))));
    if (callee.type === 'MemberExpression') {
      const isObject = this.#tree.isGlobal(bare(callee.object), 'Object');
      if (isObject && called === 'freeze' && argument !== undefined) return this.#evaluate(argument, keep);
      if (isObject && called === 'assign') return this.#assigned(node.arguments, span, keep);
      if (called === 'from' && this.#tree.isGlobal(bare(callee.object), 'Buffer')) return only({ kind: 'opaque', span });
      // What is made of a file's content is as opaque as that.
      const of = called === 'toString' ? single(this.#evaluate(callee.object, keep)) : undefined;
      return only(of?.kind === 'opaque' ? { ...of, span } : { kind: 'hidden', span });
    }
    const returned = callee.type === 'Identifier' ? returnOf(this.#tree.resolve(callee)?.init ?? null) : undefined;
    return returned === undefined ? only({ kind: 'hidden', span }) : this.#evaluate(returned, keep);
  }

  /** `connection: () => ({ … })`: each of the values that it may return is a function of its own. */
  #function(node: FunctionNode, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const plain: Value = { kind: 'function', returnsNothing: returnsNothing(node), span };
    const returned = returnOf(node);
    if (returned === undefined || plain.returnsNothing) return only(plain);
    return this.#evaluate(returned, keep).map(({ value, when }) => ({ value: { ...plain, returns: value }, when }));
  }

  #assigned(parts: readonly Node[], span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    let states = only<ObjectState>({ entries: [], open: false });
    for (const part of parts) {
      const found = part.type === 'SpreadElement' ? only<Value>({ kind: 'hidden', span }) : this.#evaluate(part, keep);
      states = combined(states, found, (state, value) => spread(state, value));
    }
    return states.map(({ value: { entries, open }, when }) => ({ value: { kind: 'object', entries, open, span }, when }));
  }

  /** `new URL(text)`: what is done to it afterwards (`searchParams.set`) is not followed, so more may come. Others are objects. */
  #construct(node: Call, span: Span): readonly Branch<Value>[] {
    const [argument] = node.arguments;
    if (argument === undefined || !this.#tree.isGlobal(bare(node.callee), 'URL')) return only({ kind: 'opaque', span });
    return this.#evaluate(argument, new Set()).map(({ value, when }) => {
      const text = this.textOf(value);
      return { value: text === undefined ? { kind: 'opaque', span } : this.opened(text, span), when };
    });
  }

  /** A text to which something unknown may still be added. */
  opened(text: MappedText, span: Span): Value {
    const end: Span = { start: text.span.end, end: text.span.end };
    return this.#withText({ kind: 'opaque', span }, [{ text, origins: this.originsOf(text) }, hole(end)], span);
  }

  #withText(value: Value, pieces: readonly Piece[], span: Span): Value {
    const text = assemble(pieces, span.start);
    const found: Value = value.kind === 'literal' ? { ...value, value: text.text, text } : value;
    if (value.kind !== 'literal') this.#templates.set(found, text);
    this.#origins.set(text, pieces.flatMap(({ origins }) => origins));
    return found;
  }

  /** A template or concatenation. A part that can't be known is a hole; a constant from elsewhere stands for its name as a whole. */
  #template(node: Node, parts: readonly Part[], span: Span): readonly Branch<Value>[] {
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
      const complete = pieces.every(({ text }) => !text.text.includes(HOLE));
      return { value: this.#withText(complete ? { kind: 'literal', value: '', span } : { kind: 'opaque', span }, [...pieces, { text: MappedText.whole('', span), origins: [node] }], span), when };
    });
  }

  #pieces({ node, place }: Part): readonly Branch<Piece>[] {
    if (node.type === 'TemplateElement') {
      const text = quasiText(node, this.#tree.source);
      return only(text === undefined ? hole(place) : { text, origins: [] });
    }
    return this.#evaluate(node, new Set()).map(({ value, when }) => {
      const text = this.textOf(value);
      if (text !== undefined) return { value: piece(text, place, this.originsOf(text)), when };
      const plain = value.kind === 'literal' && value.value !== undefined && value.value !== null;
      return { value: plain ? { text: MappedText.whole(String(value.value), place), origins: [] } : hole(place), when };
    });
  }
}
