import type { Span } from '../text.ts';
import { truthiness } from '../value.ts';
import type { Value } from '../value.ts';
import { operandsOf } from './ast.ts';
import type { Binary, Node } from './ast.ts';
import { joined, only, under } from './branches.ts';
import { MAX_BRANCHES, nameOfTest, setTest } from './conditions.ts';
import type { Branch, Condition, Tested } from './conditions.ts';
import type { Tree } from './scope.ts';

/** Works out expressions that choose between others: each outcome with its condition. */
export class Choices {
  readonly #tree: Tree;
  readonly #evaluate: (node: Node, keep: ReadonlySet<string>) => readonly Branch<Value>[];
  readonly #testOf: (test: Node) => Tested;

  constructor(tree: Tree, evaluate: (node: Node, keep: ReadonlySet<string>) => readonly Branch<Value>[], testOf: (test: Node) => Tested) {
    this.#tree = tree;
    this.#evaluate = evaluate;
    this.#testOf = testOf;
  }

  /** `test ? consequent : alternate` */
  either(test: Node, consequent: Node, alternate: Node | null, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    const tested = this.#testOf(test);
    const known = typeof tested === 'boolean' ? tested : undefined;
    const taken = known === false ? [] : this.#evaluate(consequent, keep);
    const other = known === true || alternate === null ? [] : this.#evaluate(alternate, keep);
    if (typeof tested === 'boolean') return tested ? taken : other;
    return [...under(taken, tested[0]), ...under(other, tested[1])];
  }

  /** `a && b`, `a || b`, `a ?? b` */
  logical({ operator, left, right }: Binary, span: Span, keep: ReadonlySet<string>): readonly Branch<Value>[] {
    if (operator !== '&&') return this.#firstOf(operandsOf(operator, left, right), operator === '||', span, keep);
    const first = this.#evaluate(left, keep);
    const tested = this.#testOf(left);
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
    const tested = this.#testOf(first);
    const name = nameOfTest(first, this.#tree);
    const test = name !== undefined ? setTest(name) : typeof tested === 'boolean' ? setTest('the value before it') : tested;
    return this.orElse(branches, test, () => this.#firstOf(rest, falsyToo, span, keep), falsyToo);
  }

  /** `first || second`, `first ?? second` and defaults: the second where the first is missing (or, with `||`, falsy). */
  orElse(first: readonly Branch<Value>[], test: readonly [Condition, Condition], second: () => readonly Branch<Value>[], falsyToo: boolean): readonly Branch<Value>[] {
    return first.flatMap((branch): readonly Branch<Value>[] => {
      const { value, when } = branch;
      if (value.kind === 'hidden') return [...under([branch], test[0]), ...under(joined(when, second()), test[1])];
      const missing = falsyToo ? truthiness(value) === false : value.kind === 'literal' && (value.value === undefined || value.value === null);
      return missing ? joined(when, second()) : [branch];
    });
  }

  /** `!value`, `void 0` */
  unary(operator: string, argument: Node, span: Span): readonly Branch<Value>[] {
    if (operator === 'void') return only({ kind: 'literal', value: undefined, span });
    if (operator !== '!') return only({ kind: 'hidden', span });
    return this.#evaluate(argument, new Set()).map(({ value, when }) => {
      const truth = truthiness(value);
      return { value: truth === undefined ? { kind: 'hidden', span } : { kind: 'literal', value: !truth, span }, when };
    });
  }
}
