import { bare, eachChild, stringOf } from './ast.ts';
import type { Node } from './ast.ts';

/** What decides whether a `return` is reached. */
export type Test =
  | { readonly kind: 'if'; readonly node: Node; readonly holds: boolean; /** It was passed by on the way to where it matters. */ readonly isPassed?: boolean }
  | { readonly kind: 'case'; readonly node: Node; readonly word: string; readonly holds: boolean; readonly isPassed?: boolean }
  /** What a `try` guards has thrown. */
  | { readonly kind: 'catch'; readonly node: Node };

/** A way through a function to one of its ends. */
export interface Way {
  /** What is returned; `null` for nothing. */
  readonly value: Node | null;
  readonly tests: readonly Test[];
}

const MAX_WAYS = 16;
const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'ClassDeclaration', 'ClassExpression']);

/** What a function may return, and when; `undefined` where that can't be followed: generators, returns out of loops. */
export function waysOf(node: Node | null): readonly Way[] | undefined {
  const inner = node === null ? null : bare(node);
  if (inner?.type !== 'FunctionDeclaration' && inner?.type !== 'FunctionExpression' && inner?.type !== 'ArrowFunctionExpression') return undefined;
  if (inner.body === null || inner.generator === true) return undefined;
  if (inner.body.type !== 'BlockStatement') return [{ value: inner.body, tests: [] }];
  const ways: Way[] = [];
  const rest = walk(inner.body.body, [], ways);
  if (rest === 'lost' || ways.length === 0 || ways.length > MAX_WAYS) return undefined;
  return rest === 'ends' ? ways : [...ways, { value: null, tests: rest }];
}

/** What must have been so where a statement is left behind; `ends` where it never is, `lost` where that can't be said. */
type Rest = readonly Test[] | 'ends' | 'lost';

function walk(statements: readonly Node[], before: readonly Test[], ways: Way[]): Rest {
  let tests = before;
  for (const statement of statements) {
    if (ways.length > MAX_WAYS) return 'lost';
    const rest = step(statement, tests, ways);
    if (typeof rest === 'string') return rest;
    tests = rest;
  }
  return tests;
}

function step(statement: Node, tests: readonly Test[], ways: Way[]): Rest {
  const type: string = statement.type;
  if (statement.type === 'ThrowStatement') return 'ends';
  if (statement.type === 'BlockStatement') return walk(statement.body, tests, ways);
  if (!holdsReturn(statement)) return tests;
  if (statement.type === 'ReturnStatement') {
    ways.push({ value: statement.argument, tests });
    return 'ends';
  }
  if (statement.type === 'IfStatement') {
    const { test, consequent, alternate } = statement;
    const then = step(consequent, [...tests, { kind: 'if', node: test, holds: true }], ways);
    const otherwise: Rest = alternate === null ? [...tests, { kind: 'if', node: test, holds: false, isPassed: true }] : step(alternate, [...tests, { kind: 'if', node: test, holds: false }], ways);
    return either(tests, [then, otherwise]);
  }
  if (type === 'SwitchStatement') return switched(statement, tests, ways);
  return type === 'TryStatement' ? guarded(statement, tests, ways) : 'lost';
}

/** Where one of several ways goes on, that one; where more do, all that is known is what held before. */
function either(before: readonly Test[], rests: readonly Rest[]): Rest {
  if (rests.includes('lost')) return 'lost';
  const onward = rests.filter((rest) => rest !== 'ends');
  const [only] = onward;
  return only === undefined ? 'ends' : onward.length === 1 ? only : before;
}

function switched(statement: Node, tests: readonly Test[], ways: Way[]): Rest {
  const { discriminant, cases } = statement as unknown as { readonly discriminant: Node; readonly cases: readonly { readonly test: Node | null; readonly consequent: readonly Node[] }[] };
  const words = cases.map(({ test }) => (test === null ? null : stringOf(test)));
  if (words.includes(undefined)) return 'lost';
  const others = words.flatMap((word): Test[] => (typeof word === 'string' ? [{ kind: 'case', node: discriminant, word, holds: false, isPassed: true }] : []));
  const rests: Rest[] = [];
  for (const [at, { consequent }] of cases.entries()) {
    // Several words for one.
    const target = consequent.length > 0 ? consequent : (cases.slice(at).find((later) => later.consequent.length > 0)?.consequent ?? []);
    const word = words[at] ?? null;
    const when: readonly Test[] = word === null ? [...tests, ...others] : [...tests, { kind: 'case', node: discriminant, word, holds: true }];
    const breaks = target.findIndex(({ type }) => (type as string) === 'BreakStatement');
    const rest = walk(breaks === -1 ? target : target.slice(0, breaks), when, ways);
    // Without `break` it goes on in the next.
    if (typeof rest !== 'string' && breaks === -1 && at < cases.length - 1) return 'lost';
    rests.push(rest);
  }
  if (!words.includes(null)) rests.push([...tests, ...others]);
  return either(tests, rests);
}

function guarded(statement: Node, tests: readonly Test[], ways: Way[]): Rest {
  const { block, handler, finalizer } = statement as unknown as { readonly block: Node; readonly handler: { readonly body: Node } | null; readonly finalizer: Node | null };
  if (finalizer !== null && holdsReturn(finalizer)) return 'lost';
  const rest = step(block, tests, ways);
  return handler === null ? rest : either(tests, [rest, step(handler.body, [...tests, { kind: 'catch', node: statement }], ways)]);
}

function holdsReturn(node: Node): boolean {
  const stack: Node[] = [node];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at.type === 'ReturnStatement') return true;
    eachChild(at, (_, child) => {
      if (!FUNCTIONS.has(child.type)) stack.push(child);
    });
  }
  return false;
}
