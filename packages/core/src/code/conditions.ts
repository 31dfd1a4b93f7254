import { bare, nameOf, stringOf } from './ast.ts';
import type { Call, Node } from './ast.ts';
import { environmentName } from './environment.ts';
import type { Tree } from './scope.ts';

/** A condition that decides between two values. */
export interface Condition {
  /** The same for equal tests: a test and its negation differ in `holds` alone. */
  readonly id: string;
  readonly holds: boolean;
  /** A clause: "NODE_ENV is not production". Made of names and plain words, never of a value that may be a secret. */
  readonly clause: string;
  /** It holds for hosts on the own machine only: `url.includes('localhost')`. */
  readonly loopback: boolean;
  /** It was passed by on the way to a `return`, or has no name: left out where others say more. */
  readonly isMinor?: boolean;
  /** It tells branches apart, and is never told. */
  readonly isSilent?: boolean;
  /** What it asks of one variable: whether it is this text, or (`null`) has any. */
  readonly tests?: { readonly name: string; readonly is: string | null };
}

/** What a test comes to: known, or the conditions that it holds and that it fails. */
export type Tested = boolean | readonly [holds: Condition, fails: Condition];

/** A value that is one of several, and when it is this one. */
export interface Branch<T> {
  readonly value: T;
  readonly when: readonly Condition[];
}

/** More branches than this are not told apart: what differs is hidden then. */
export const MAX_BRANCHES = 16;

/** Both conditions together; `undefined` where they exclude each other. */
export function both(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] | undefined {
  const added = b.filter((condition) => !a.some(({ id }) => id === condition.id));
  const excluded = b.some((condition) => a.some(({ id, holds }) => id === condition.id && holds !== condition.holds));
  return excluded ? undefined : [...a, ...added];
}

/** "when NODE_ENV is production and DB_SSL is set"; `null` for no condition. */
export function describe(all: readonly Condition[]): string | null {
  const when = all.filter(({ isSilent }) => isSilent !== true);
  const major = when.filter(({ isMinor }) => isMinor !== true);
  // What is sure makes idle a choice that it is one of: `a or b` where a holds.
  const told = major.filter(({ clause }) => !major.some((other) => clause.split(' or ').some((one) => one !== clause && one === other.clause)));
  const shown = told.length > 0 ? told : when.slice(-2);
  return shown.length === 0 ? null : `when ${shown.map(({ clause }) => clause).join(' and ')}`;
}

/** The test whether something of this name has a value. */
export function setTest(name: string): readonly [holds: Condition, fails: Condition] {
  const id = `${name} set`;
  return [
    { id, holds: true, clause: `${name} is set`, loopback: false, tests: { name, is: null } },
    { id, holds: false, clause: `${name} is not set`, loopback: false, tests: { name, is: null } },
  ];
}

/** The test whether something of this name is this word. */
export function wordTest(name: string, word: string): readonly [holds: Condition, fails: Condition] {
  const id = `${name} is ${word}`;
  // Of `credentials.ssl` the last name says what it is.
  const shown = WORD.test(word) && !SECRET.test(name.slice(name.lastIndexOf('.') + 1)) ? word : 'that value';
  return [
    { id, holds: true, clause: `${name} is ${shown}`, loopback: false, tests: { name, is: word } },
    { id, holds: false, clause: `${name} is not ${shown}`, loopback: false, tests: { name, is: word } },
  ];
}

/** What a test says where it holds and where it doesn't; a boolean where it is decided already. */
export function testOf(test: Node, tree: Tree, depth = 0): Tested {
  const { atom, negated, local } = strip(test, tree);
  if (atom.type === 'Literal') return Boolean(atom.value) !== negated;
  const { id, yes, no, tests } = clauses(atom, tree, depth);
  const common = { id, ...(tests !== undefined && { tests }), ...(yes.startsWith(NAMELESS) && { isMinor: true }) };
  return [
    { ...common, holds: !negated, clause: negated ? no : yes, loopback: local === true },
    { ...common, holds: negated, clause: negated ? yes : no, loopback: local === false },
  ];
}

const LOCAL_NAME = /^is_?(?:local|loopback)/i;
const LOCAL_TEST = /localhost|127\.0\.0\.1|::1/i;

/**
 * Follows constants and takes off `!`, `!!` and `Boolean(…)`. `local` is what the test comes to for hosts on the own
 * machine (`url.includes('localhost')`, `isLocal`), where it is about them.
 */
function strip(test: Node, tree: Tree): { atom: Node; negated: boolean; local: boolean | undefined } {
  let atom = bare(test);
  let negated = false;
  let local: boolean | undefined;
  for (let steps = 0; steps < 20; steps++) {
    if (atom.type === 'UnaryExpression' && atom.operator === '!') {
      negated = !negated;
      atom = bare(atom.argument);
      continue;
    }
    if (atom.type === 'CallExpression' && tree.isGlobal(atom.callee, 'Boolean') && atom.arguments[0] !== undefined) {
      atom = bare(atom.arguments[0]);
      continue;
    }
    if (atom.type === 'BinaryExpression' && (atom.operator === '!==' || atom.operator === '!=')) {
      negated = !negated;
      break;
    }
    if (atom.type === 'Identifier' && LOCAL_NAME.test(atom.name)) local = !negated;
    const binding = tree.resolve(atom);
    if (binding?.kind !== 'variable' || binding.steps?.length !== 0 || binding.writes.length > 0 || binding.init === null) break;
    const init = bare(binding.init);
    if (!isTest(init)) break;
    atom = init;
  }
  if (isAboutLocalHosts(atom, tree)) local ??= !negated;
  return { atom, negated, local };
}

function isAboutLocalHosts(node: Node, tree: Tree): boolean {
  const inner = bare(node);
  if (inner.type === 'LogicalExpression') return inner.operator === '||' && isAboutLocalHosts(inner.left, tree) && isAboutLocalHosts(inner.right, tree);
  if (inner.type !== 'CallExpression' && inner.type !== 'BinaryExpression') return false;
  return LOCAL_TEST.test(tree.textOf(inner));
}

function isTest(node: Node): boolean {
  switch (node.type) {
    case 'BinaryExpression':
    case 'MemberExpression':
    case 'LogicalExpression':
    case 'CallExpression':
      return true;
    case 'UnaryExpression':
      return node.operator === '!';
    case 'Literal':
      return typeof node.value === 'boolean';
    default:
      return false;
  }
}

/** A word that may be shown: what people call their environments, never a key or a password. */
const WORD = /^(?:[a-z][a-z_-]{0,15}|[a-z]{2,12}(?:[_-][a-z]{2,12}){1,3}|[01])$/i;
const SECRET = /pass|secret|token|key|cred/i;

function clauses(atom: Node, tree: Tree, depth: number): { id: string; yes: string; no: string; tests?: Condition['tests'] } {
  if (atom.type === 'BinaryExpression' && /^[!=]==?$/.test(atom.operator)) {
    const right = stringOf(atom.right);
    const named = right === undefined ? atom.right : atom.left;
    const name = nameOfTest(named, tree);
    const word = right ?? stringOf(atom.left);
    if (name !== undefined && word !== undefined) {
      const [holds, fails] = wordTest(name, word);
      return { id: holds.id, yes: holds.clause, no: fails.clause, tests: holds.tests };
    }
  }
  if (atom.type === 'LogicalExpression' && atom.operator !== '??' && depth < MAX_NESTED) {
    const [left, right] = [atom.left, atom.right].map((side) => clausesOfSide(side, tree, depth + 1));
    const isAnd = atom.operator === '&&';
    if (left !== undefined && right !== undefined) return { id: tree.textOf(atom), yes: `${left.yes} ${isAnd ? 'and' : 'or'} ${right.yes}`, no: `${left.no} ${isAnd ? 'or' : 'and'} ${right.no}` };
  }
  const name = nameOfTest(atom, tree);
  if (name !== undefined) {
    const isVariable = environmentName(atom, tree) !== undefined;
    const [yes, no] = isVariable ? ['set', 'not set'] : ['true', 'false'];
    return { id: `${name} set`, yes: `${name} is ${yes}`, no: `${name} is ${no}`, ...(isVariable && { tests: { name, is: null } }) };
  }
  const line = tree.lineOf(atom);
  return { id: tree.textOf(atom), yes: `${NAMELESS} ${line} holds`, no: `${NAMELESS} ${line} does not hold` };
}

/** How a condition is told for which there are no words. */
const NAMELESS = 'the condition in line';

/** Conditions of conditions are told to this depth. */
const MAX_NESTED = 2;

/** One side of `a && b`, where there are words for it. */
function clausesOfSide(side: Node, tree: Tree, depth: number): { yes: string; no: string } | undefined {
  const test = testOf(side, tree, depth);
  if (typeof test === 'boolean' || /^the condition|that value/.test(test[0].clause)) return undefined;
  return { yes: test[0].clause, no: test[1].clause };
}

/** A variable or environment variable by its name: `process.env.NODE_ENV`, `isProduction`, `config.ssl`. */
export function nameOfTest(node: Node, tree: Tree): string | undefined {
  const inner = bare(node);
  const variable = environmentName(inner, tree);
  if (variable !== undefined) return variable;
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'CallExpression') return nameAskedFor(inner);
  if (inner.type !== 'MemberExpression') return undefined;
  const object = bare(inner.object);
  const property = nameOf(inner.property, inner.computed);
  return object.type === 'Identifier' && property !== undefined && WORD.test(property) ? `${object.name}.${property}` : undefined;
}

/** `env.bool('DB_SSL', false)`, `config.get('DB_SSL')`: whoever answers, it is asked for by the name of a variable. */
function nameAskedFor({ arguments: [argument] }: Call): string | undefined {
  const name = argument === undefined ? undefined : stringOf(argument);
  return name !== undefined && /^[A-Z][A-Z\d_]{2,60}$/.test(name) ? name : undefined;
}
