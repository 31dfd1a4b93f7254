import type { MappedText, Span } from '../text.ts';
import type { Entry, Value } from '../value.ts';
import { bare, nameOf, spanOf } from './ast.ts';
import type { FunctionNode, MemberExpression as Member, Node, ObjectNode } from './ast.ts';
import { Assembly } from './assembly.ts';
import { type ObjectState, combined, memberOf, mergedInto, obscured, only, single, spread, unlessHidden, withMember, withoutNames } from './branches.ts';
import { Calls } from './calls.ts';
import type { Given } from './calls.ts';
import { Choices } from './choices.ts';
import { fieldOf, isGetter } from './classes.ts';
import { MAX_BRANCHES, nameOfTest, setTest, testOf, wordTest } from './conditions.ts';
import type { Branch, Tested } from './conditions.ts';
import { constantsOf } from './constants.ts';
import { comparison, environmentName } from './environment.ts';
import { movedValue, placesOf } from './crossings.ts';
import type { Crossing } from './crossings.ts';
import { returnsNothing } from './functions.ts';
import type { Linked, Links, Modules } from './links.ts';
import { isLoaded, isNewUrl, loadedBy } from './modules.ts';
import { decided } from './decided.ts';
import { isDecisive } from './decisive.ts';
import { changesOf, escapes, withChange } from './mutations.ts';
import type { Change } from './mutations.ts';
import type { Binding, Imported, Tree } from './scope.ts';
import { withSeparator } from './separators.ts';
import { partsOfSum, partsOfTemplate } from './templates.ts';
import { Texts } from './texts.ts';

/** How much of a file one value may draw on, in nodes; what is beyond is hidden. Keeps hostile input linear. */
const BUDGET = 5000;
const MAX_DEPTH = 60;
const MAX_CHANGES = 50;

/** Parts of a URL object that say nothing about who is talked to. */
const HARMLESS_IN_URLS: ReadonlySet<string> = new Set(['username', 'password', 'pathname', 'port', 'hash']);

/** What is left of a value's budget, in all modules that it draws on. */
interface Meter {
  budget: number;
  depth: number;
}

/** What leads out of a file. */
export interface Outside {
  readonly links: Links<Evaluator>;
  readonly modules: Modules;
  /** Where the file's text stands behind that of the file that is read. */
  readonly start: number;
  readonly meter: Meter;
}

/** Works out what expressions are worth without running anything. */
export class Evaluator {
  readonly #tree: Tree;
  readonly #outside: Outside | null;
  readonly #texts = new Texts();
  readonly #calls: Calls;
  readonly #choices: Choices;
  readonly #assembly: Assembly;
  readonly #meter: Meter;
  /** The values of other modules that were met, in order. */
  readonly crossings: Crossing[] = [];

  constructor(tree: Tree, outside: Outside | null = null) {
    this.#tree = tree;
    this.#outside = outside;
    this.#meter = outside?.meter ?? { budget: 0, depth: 0 };
    this.#assembly = new Assembly(tree, this.#texts, (node) => this.#evaluate(node, new Set()));
    this.#choices = new Choices(tree, (node, keep) => this.#evaluate(node, keep), (test) => this.#testOf(test));
    this.#calls = new Calls({
      tree,
      texts: this.#texts,
      evaluate: (node, keep) => this.#evaluate(node, keep),
      testOf: (test) => this.#testOf(test),
      assemble: (parts, span) => this.#assembly.template(parts, span),
      linked: (callee, given, span, keep) => this.#calledElsewhere(callee, given, span, keep),
    });
  }

  /** Every value that an expression may have, with the conditions; at least one. `keep` names further properties whose branches matter. */
  branches(expression: Node, keep: ReadonlySet<string> = new Set()): readonly Branch<Value>[] {
    this.#meter.budget = BUDGET;
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
    if (--this.#meter.budget < 0 || this.#meter.depth >= MAX_DEPTH) return only({ kind: 'hidden', span });
    this.#meter.depth++;
    try {
      const found = this.#branchesOf(bare(expression), keep);
      return found.length > 0 && found.length <= MAX_BRANCHES ? found : only({ kind: 'hidden', span });
    } finally {
      this.#meter.depth--;
    }
  }

  #branchesOf(node: Node, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const span = spanOf(node);
    const name = environmentName(node, this.#tree);
    if (name !== undefined) return only({ kind: 'hidden', name, span });
    switch (node.type) {
      case 'Literal':
        return only(this.#assembly.literal(node, span));
      case 'TemplateLiteral':
        return this.#assembly.template(partsOfTemplate(node.quasis, node.expressions, this.#tree.source), span, node);
      case 'BinaryExpression':
        return node.operator === '+' ? this.#assembly.template(partsOfSum(node), span, node) : only(comparison(node, this.#tree));
      case 'Identifier':
        return this.#identifier(node, node.name, span, keep);
      case 'MemberExpression':
        return this.#member(node, span, keep);
      case 'ConditionalExpression':
        return this.#choices.either(node.test, node.consequent, node.alternate, keep);
      case 'LogicalExpression':
        return this.#choices.logical(node, span, keep);
      case 'UnaryExpression':
        return this.#choices.unary(node.operator, node.argument, span);
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
      case 'ImportExpression': {
        const loaded = this.#outside === null ? undefined : loadedBy(node);
        if (loaded !== undefined) return this.#module(loaded, span, keep);
        return node.type === 'CallExpression' ? this.#calls.valueOf(node, span, keep) : only({ kind: 'hidden', span });
      }
      case 'NewExpression':
        return this.#calls.constructed(node, span);
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
    return { kind: 'object', entries: constantsOf(node).map(({ name, value, place }) => ({ name, value: single(this.#evaluate(value, new Set())) ?? { kind: 'hidden', span: place }, span: place })), open: true, span };
  }

  #member(node: Member, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const property = nameOf(node.property, node.computed);
    if (property === undefined) return this.#chosen(node, span, keep);
    const field = fieldOf(node, this.#tree);
    // What it was given, or what its getter gives.
    if (field !== undefined) return this.#evaluate(field, keep).map(({ value, when }) => ({ value: value.kind === 'function' && isGetter(field, this.#tree) ? (value.returns ?? { kind: 'hidden', span: value.span }) : value, when }));
    const linked = this.#linkOfMember(bare(node.object), property);
    if (linked !== undefined) return this.#brought(linked, keep, span);
    const met = this.crossings.length;
    const found = this.#evaluate(node.object, new Set(keep).add(property)).map(({ value, when }): Branch<Value> => {
      const text = property === 'href' ? this.textOf(value) : undefined;
      return { value: text === undefined ? memberOf(value, property, span) : this.#texts.joined([{ text, origins: this.originsOf(text) }], span), when };
    });
    if (this.crossings.length > met) for (const { value } of found) this.crossings.push({ use: span, places: placesOf(value) });
    return found;
  }

  /** A test, decided where a call decides it. */
  #testOf(test: Node): Tested {
    return decided(test, (node) => this.#calls.isGiven(node) ? single(this.#evaluate(node, new Set())) : undefined) ?? testOf(test, this.#tree);
  }

  /** `config[process.env.NODE_ENV]`: each of the object's values, with its name as the condition. */
  #chosen({ object, property }: Member, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const hidden = only<Value>({ kind: 'hidden', span });
    const name = nameOfTest(property, this.#tree);
    const all = single(this.#evaluate(object, keep));
    if (name === undefined || all?.kind !== 'object' || all.open || all.entries.length === 0) return hidden;
    return all.entries.map(({ name: word, value }) => ({ value, when: [wordTest(name, word)[0]] }));
  }

  #identifier(node: Node, name: string, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const binding = this.#tree.resolve(node);
    if (binding === undefined) return only(name === 'undefined' ? { kind: 'literal', value: undefined, span } : { kind: 'hidden', span });
    if (binding.imported?.isNamespace === true && this.#outside !== null) return this.#module(binding.imported.module, span, keep);
    if (binding.imported !== null) return this.#linked(binding.imported, span, keep);
    if (binding.kind === 'function' && binding.init !== null) return this.#evaluate(binding.init, keep);
    if ((binding.kind !== 'variable' && binding.kind !== 'parameter') || binding.steps === null) return only({ kind: 'hidden', span });
    const met = this.crossings.length;
    let branches = this.#initial(binding, span, new Set([...keep, ...binding.steps.flatMap((step) => ('name' in step ? step.name : []))]));
    for (const step of binding.steps) {
      if ('without' in step) {
        branches = branches.map(({ value, when }) => ({ value: withoutNames(value, step.without), when }));
        continue;
      }
      const taken = branches.map(({ value, when }): Branch<Value> => ({ value: memberOf(value, step.name, span), when }));
      const { fallback } = step;
      branches = fallback === null ? taken : this.#choices.orElse(taken, setTest(step.name), () => this.#evaluate(fallback, keep), false);
    }
    // It crosses into this file where it is used, as what is imported does.
    if (this.crossings.length > met && isLoaded(binding)) for (const { value } of branches) this.crossings.push({ use: span, places: placesOf(value) });
    if (binding.writes.length + binding.mutations.length > MAX_CHANGES) return only({ kind: 'hidden', span });
    for (const change of changesOf(binding, node, this.#tree)) {
      const test = change.test === null ? null : this.#testOf(change.test.node);
      branches = withChange(branches, change, this.#valuesOf(change, keep), test, (value, next) => this.#changed(value, change, next));
      if (branches.length > MAX_BRANCHES) return only({ kind: 'hidden', span });
    }
    const isUrl = binding.init !== null && isNewUrl(binding.init, this.#tree) && branches.some(({ value }) => this.textOf(value) !== undefined);
    return isUrl && escapes(binding, node, this.#tree) ? branches.map(({ value, when }) => ({ value: this.#reopened(value, span), when })) : branches;
  }

  /** What another module of the program exports, as it is used here. */
  #linked(imported: Imported, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const linked = this.#linkOf(imported);
    return linked === undefined ? only({ kind: 'hidden', span }) : this.#brought(linked, keep, span);
  }

  /** What a member of a module is: `import * as config`, `export * as config`. */
  #linkOfMember(object: Node, property: string): Linked<Evaluator> | undefined {
    const imported = this.#outside === null ? undefined : this.#tree.resolve(object)?.imported;
    if (imported == null) return undefined;
    const base = imported.isNamespace !== true && imported.path.length === 0 ? ['default'] : imported.path;
    return this.#linkOf({ module: imported.module, path: [...base, property] });
  }

  /** All of a module: `require('./config')`, `await import('./config.js')`. There may be more in it than is seen. */
  #module(module: string, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const names = this.#outside?.links.everythingOf(module, this.#outside.modules) ?? new Set();
    if (names.size === 0) return only({ kind: 'hidden', span });
    if (names.has(null)) return this.#linked({ module, path: [] }, span, keep);
    const entries = [...names].slice(0, MAX_CHANGES).flatMap((name): Entry[] => {
      const value = name === null ? undefined : single(this.#linked({ module, path: [name] }, span, keep));
      return name === null || value === undefined ? [] : [{ name, value, span: value.span }];
    });
    return only({ kind: 'object', entries, open: true, span });
  }

  #calledElsewhere(callee: Node, given: Given, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] | undefined {
    const imported = this.#tree.resolve(callee)?.imported ?? null;
    const linked = imported === null ? undefined : this.#linkOf(imported);
    if (linked === undefined) return undefined;
    const { evaluator, start } = linked.unit;
    const there: Given = (index) => given(index)?.map(({ value, when }) => ({ value: evaluator.#taken(value, (this.#outside?.start ?? 0) - start, this), when }));
    const found = evaluator.#calls.ofFunction(linked.node, there, keep);
    return found === undefined ? undefined : this.#brought(linked, keep, span, found);
  }

  #linkOf(imported: Imported): Linked<Evaluator> | undefined {
    const found = this.#outside?.links.follow(imported, this.#outside.modules);
    return found !== undefined && 'unit' in found ? found : undefined;
  }

  #brought({ unit, node }: Linked<Evaluator>, keep: ReadonlySet<string>, use: Span, branches = unit.evaluator.#evaluate(node, keep)): readonly Branch<Value>[] {
    const brought = branches.map(({ value, when }) => ({ value: this.#taken(value, unit.start - (this.#outside?.start ?? 0), unit.evaluator), when }));
    for (const { value } of brought) this.crossings.push({ use, places: placesOf(value) });
    return brought;
  }

  /** Another evaluator's value as one of this. */
  #taken(value: Value, by: number, from: Evaluator): Value {
    return movedValue(value, by, (before, after) => {
      this.#texts.moved(before, after, by, from.#texts);
    });
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
    const given = this.#calls.given(binding) ?? this.#calls.givenInFile(binding, span, keep);
    return init === null ? given : this.#choices.orElse(given, setTest(name), () => this.#evaluate(init, keep), false);
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
      const found = property.kind === 'init' ? this.#evaluate(property.value, keep) : property.kind === 'get' ? (this.#calls.returned(property.value, keep) ?? only(hidden)) : only(hidden);
      const told = found.length === 1 || isDecisive(name, found) || keep.has(name) ? unlessHidden(found) : only(hidden);
      const whole = withSeparator(property, properties[index - 1], properties[index + 1], this.#tree.source);
      const entry = (value: Value): Entry => ({ name, value, span: spanOf(property), whole });
      const next = combined(states, told, (state, value) => ({ entries: [...state.entries, entry(value)], open: state.open }));
      states = next.length <= MAX_BRANCHES ? next : combined(states, only(hidden), (state, value) => ({ entries: [...state.entries, entry(value)], open: state.open }));
    }
    return states.map(({ value: { entries, open }, when }) => ({ value: { kind: 'object', entries, open, span }, when }));
  }

  /** `connection: () => ({ … })`: each of the values that it may return is a function of its own. */
  #function(node: FunctionNode, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const plain: Extract<Value, { kind: 'function' }> = { kind: 'function', returnsNothing: returnsNothing(node), span };
    return this.#calls.returned(node, keep)?.map(({ value, when }) => ({ value: { ...plain, returns: value }, when })) ?? only(plain);
  }
}
