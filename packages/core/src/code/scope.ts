import { LineIndex } from '../text.ts';
import { bare, childrenOf, eachChild, isNode, nameOf, spanOf } from './ast.ts';
import type { Node } from './ast.ts';

/** Where an imported name comes from. */
export interface Imported {
  readonly module: string;
  /** The exported names that lead to it; `default` is left out, for CommonJS modules it is the module itself. */
  readonly path: readonly string[];
  /** It is the module itself, with all that it exports: `import * as config`. */
  readonly isNamespace?: boolean;
}

/** A step from a destructured value to one of its names. */
type Step =
  | { readonly name: string; /** What counts when the property is undefined. */ readonly fallback: Node | null }
  /** `...rest`: all but these. */
  | { readonly without: readonly string[] };

/** A name and what gives it its value. */
export interface Binding {
  readonly name: string;
  readonly kind: 'import' | 'variable' | 'function' | 'parameter' | 'other';
  readonly scope: Scope;
  readonly imported: Imported | null;
  /** The initial value: an initializer, a function, a parameter's default. */
  readonly init: Node | null;
  /** From the initial value to this name, where it is destructured; `null` where it is destructured in a way that isn't followed. */
  readonly steps: readonly Step[] | null;
  /** Assignments to the name itself, `+=` and `++` among them. */
  readonly writes: Node[];
  /** Assignments to and deletions of its properties, and `Object.assign` into it. */
  readonly mutations: Node[];
}

/** A scope; `isFunction` for functions and the program, which `var` belongs to. */
export class Scope {
  readonly parent: Scope | null;
  readonly isFunction: boolean;
  readonly bindings = new Map<string, Binding>();

  constructor(parent: Scope | null, isFunction: boolean) {
    this.parent = parent;
    this.isFunction = isFunction;
  }

  /** The function (or the program) that this scope belongs to. */
  get function(): Scope {
    return this.isFunction || this.parent === null ? this : this.parent.function;
  }
}

/** Where a node stands in the tree. */
export interface Visit {
  readonly node: Node;
  readonly parent: Visit | null;
  /** The key of the parent that it is at. */
  readonly key: string;
  readonly scope: Scope;
}

const OPENS_SCOPE: ReadonlySet<string> = new Set([
  'BlockStatement', 'StaticBlock', 'TSModuleBlock', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement', 'CatchClause',
  'ClassDeclaration', 'ClassExpression',
]);
const FUNCTIONS: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A syntax tree with its names resolved: no more than is needed to follow constants. */
export class Tree {
  /** Every node, in the order of the source. */
  readonly visits = new Map<Node, Visit>();
  readonly source: string;
  readonly #root = new Scope(null, true);
  #lines: LineIndex | undefined;
  #references: Map<Binding, Visit[]> | undefined;

  constructor(program: Node, source: string) {
    this.source = source;
    const assignments: Visit[] = [];
    // A stack of our own: a concatenation of ten thousand parts is a tree that deep.
    const stack: Visit[] = [{ node: program, parent: null, key: '', scope: this.#root }];
    for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
      const { node } = visit;
      // A parser's private links may lead to a node twice.
      if (this.visits.has(node)) continue;
      this.visits.set(node, visit);
      const inside = this.#scopeWithin(visit);
      declare(visit, inside);
      if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression' || node.type === 'CallExpression') assignments.push(visit);
      if ((node.type === 'UnaryExpression' && node.operator === 'delete') || isLoopOverTarget(node)) assignments.push(visit);
      const below = stack.length;
      const parent = visit;
      eachChild(node, (key, child) => {
        stack.push({ node: child, parent, key, scope: inside });
      });
      // What was put on first comes off first.
      for (const child of stack.splice(below).reverse()) stack.push(child);
    }
    for (const visit of assignments) this.#record(visit);
  }

  /** The binding of an identifier; `undefined` for a global. */
  resolve(identifier: Node): Binding | undefined {
    if (identifier.type !== 'Identifier') return undefined;
    let scope = this.visits.get(identifier)?.scope ?? null;
    for (; scope !== null; scope = scope.parent) {
      const binding = scope.bindings.get(identifier.name);
      if (binding !== undefined) return binding;
    }
    return undefined;
  }

  /** True for the global of this name. */
  isGlobal(node: Node, name: string): boolean {
    return node.type === 'Identifier' && node.name === name && this.resolve(node) === undefined;
  }

  /** Where a binding is named, its declaration among them. */
  references(binding: Binding): readonly Visit[] {
    if (this.#references === undefined) {
      this.#references = new Map();
      for (const visit of this.visits.values()) {
        const named = this.resolve(visit.node);
        if (named === undefined) continue;
        const sofar = this.#references.get(named);
        if (sofar === undefined) this.#references.set(named, [visit]);
        else sofar.push(visit);
      }
    }
    return this.#references.get(binding) ?? [];
  }

  /** The name of a binding of the whole file, as it is used when all of that has run. */
  nameAtEnd(name: string): Node | undefined {
    if (!this.#root.bindings.has(name)) return undefined;
    const end = this.source.length;
    const node: Node = { type: 'Identifier', name, range: [end, end] };
    this.visits.set(node, { node, parent: null, key: '', scope: this.#root });
    return node;
  }

  /** The source of a node. */
  textOf(node: Node): string {
    const { start, end } = spanOf(node);
    return this.source.slice(start, end);
  }

  /** The line, from 1, that a node starts on. */
  lineOf(node: Node): number {
    return this.lineAt(spanOf(node).start);
  }

  /** The line of a place. */
  lineAt(place: number): number {
    this.#lines ??= new LineIndex(this.source);
    return this.#lines.position(place).line;
  }

  #scopeWithin({ node, scope }: Visit): Scope {
    if (FUNCTIONS.has(node.type)) return new Scope(scope, true);
    return OPENS_SCOPE.has(node.type) ? new Scope(scope, false) : scope;
  }

  /** Notes what an assignment changes at the binding that it changes. */
  #record({ node }: Visit): void {
    const target = targetOf(node, this);
    if (target === undefined) return;
    const pending = [target];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      switch (at.type) {
        case 'Identifier':
          this.resolve(at)?.[node.type === 'CallExpression' ? 'mutations' : 'writes'].push(node);
          break;
        case 'MemberExpression': {
          const root = rootOf(at);
          this.resolve(root)?.mutations.push(node);
          break;
        }
        case 'ObjectPattern':
        case 'ArrayPattern':
        case 'Property':
        case 'AssignmentPattern':
        case 'RestElement':
          pending.push(...childrenOf(at).filter(([key]) => key !== 'key' && key !== 'right').map(([, child]) => child));
          break;
        case 'TSAsExpression':
        case 'TSNonNullExpression':
        case 'ParenthesizedExpression':
          pending.push(at.expression);
          break;
        default:
      }
    }
  }
}

function isLoopOverTarget(node: Node): boolean {
  return (node.type === 'ForInStatement' || node.type === 'ForOfStatement') && node.left.type !== 'VariableDeclaration';
}

/** What an assignment, `++`, `delete`, a loop, `Object.assign(target, …)` or `url.searchParams.set(…)` changes. */
function targetOf(node: Node, tree: Tree): Node | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left;
    case 'UpdateExpression':
    case 'UnaryExpression':
      return node.argument;
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type !== 'MemberExpression') return undefined;
      const method = nameOf(callee.property, callee.computed);
      if (method === 'assign' && callee.object.type === 'Identifier' && callee.object.name === 'Object') return node.arguments[0];
      return ['set', 'append', 'delete'].includes(method ?? '') ? searchParamsOf(callee.object, tree) : undefined;
    }
    default:
      return undefined;
  }
}

/** `url.searchParams` */
export function isSearchParams(node: Node): boolean {
  return node.type === 'MemberExpression' && nameOf(node.property, node.computed) === 'searchParams';
}

/** The URL's own `url.searchParams` where a node is that, or a name for it: `const params = url.searchParams`, `const { searchParams } = url`. */
export function searchParamsOf(node: Node, tree: Tree): Node | undefined {
  if (isSearchParams(node)) return node;
  const binding = tree.resolve(node);
  if (binding?.kind !== 'variable' || binding.init === null || binding.writes.length > 0) return undefined;
  const init = bare(binding.init);
  const [step, ...more] = binding.steps ?? [{ without: [] }];
  if (step === undefined) return isSearchParams(init) ? init : undefined;
  const isTaken = more.length === 0 && 'name' in step && step.name === 'searchParams';
  // As if it were written out: whoever asks reads no more than the names.
  return isTaken ? { type: 'MemberExpression', object: init, property: { type: 'Identifier', name: 'searchParams' }, computed: false } : undefined;
}

/** The `a` of `a.b.c`. */
function rootOf(member: Node): Node {
  let at = member;
  for (;;) {
    if (at.type === 'MemberExpression') at = at.object;
    else if (at.type === 'TSNonNullExpression' || at.type === 'TSAsExpression' || at.type === 'ParenthesizedExpression' || at.type === 'ChainExpression') at = at.expression;
    else return at;
  }
}

function add(scope: Scope, name: Node | null | undefined, given: Partial<Binding> & Pick<Binding, 'kind'>): void {
  if (name?.type !== 'Identifier') return;
  const known = scope.bindings.get(name.name);
  // `var x` twice, or a parameter and a `var` of one name: not followed.
  const again = known !== undefined && given.kind !== 'other';
  scope.bindings.set(name.name, {
    name: name.name, scope, imported: null, init: null, steps: [], writes: [], mutations: [],
    ...given,
    ...(again ? { kind: 'other', init: null, imported: null } : {}),
  });
}

/** Enters the names that a node declares. */
function declare({ node, scope, parent }: Visit, inside: Scope): void {
  switch (node.type) {
    case 'ImportDeclaration':
      declareImports(node.specifiers, nameOf(node.source, true), node.importKind, scope);
      break;
    case 'TSImportEqualsDeclaration': {
      const reference = node.moduleReference;
      const module = reference.type === 'TSExternalModuleReference' ? nameOf(reference.expression, true) : undefined;
      add(scope, node.id, module === undefined ? { kind: 'other' } : { kind: 'import', imported: { module, path: [] } });
      break;
    }
    case 'VariableDeclarator': {
      const kind = parent?.node.type === 'VariableDeclaration' ? parent.node.kind : 'const';
      const looped = parent?.key === 'left';
      declarePattern(node.id, kind === 'var' ? scope.function : scope, 'variable', looped ? null : node.init, looped ? null : []);
      break;
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.type === 'FunctionDeclaration') add(scope, node.id, { kind: 'function', init: node });
      else add(inside, node.id, { kind: 'function', init: node });
      for (const parameter of node.params) {
        const pattern = 'parameter' in parameter && isNode(parameter.parameter) ? parameter.parameter : parameter;
        if (pattern.type === 'AssignmentPattern') declarePattern(pattern.left, inside, 'parameter', pattern.right, []);
        else declarePattern(pattern, inside, 'parameter', null, []);
      }
      break;
    case 'ClassDeclaration':
    case 'ClassExpression':
      add(node.type === 'ClassDeclaration' ? scope : inside, node.id, { kind: 'variable', init: node });
      break;
    case 'CatchClause':
      if (node.param !== null) declarePattern(node.param, inside, 'other', null, []);
      break;
    default:
      // A namespace: a name that is not followed is better than the wrong one.
      if ((node.type as string) === 'TSEnumDeclaration' || (node.type as string) === 'TSModuleDeclaration') {
        const id = childrenOf(node).find(([key]) => key === 'id')?.[1];
        add(scope, id, (node.type as string) === 'TSEnumDeclaration' ? { kind: 'variable', init: node } : { kind: 'other' });
      }
  }
}

function declareImports(specifiers: readonly Node[], module: string | undefined, importKind: string | undefined, scope: Scope): void {
  for (const specifier of specifiers) {
    if (specifier.type !== 'ImportSpecifier' && specifier.type !== 'ImportDefaultSpecifier' && specifier.type !== 'ImportNamespaceSpecifier') continue;
    const isType = importKind === 'type' || specifier.importKind === 'type';
    const name = specifier.imported === undefined ? undefined : nameOf(specifier.imported, false);
    const path = name === undefined || name === 'default' ? [] : [name];
    const isNamespace = specifier.type === 'ImportNamespaceSpecifier';
    add(scope, specifier.local, module === undefined || isType ? { kind: 'other' } : { kind: 'import', imported: { module, path, ...(isNamespace && { isNamespace }) } });
  }
}

/** Enters the names of a pattern; `steps` lead from the initial value to it. */
function declarePattern(pattern: Node, scope: Scope, kind: Binding['kind'], init: Node | null, steps: readonly Step[] | null): void {
  switch (pattern.type) {
    case 'Identifier':
      add(scope, pattern, { kind, init, steps });
      break;
    case 'AssignmentPattern':
      // The default of a step is entered by the object pattern; any other is not followed.
      declarePattern(pattern.left, scope, kind, init, null);
      break;
    case 'RestElement':
      declarePattern(pattern.argument, scope, kind, null, null);
      break;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) if (element !== null) declareElement(String(index), element);
      break;
    case 'ObjectPattern': {
      const names = pattern.properties.map((property) => (property.type === 'Property' ? nameOf(property.key, property.computed) : undefined));
      for (const [index, property] of pattern.properties.entries()) {
        if (property.type === 'Property') declareElement(names[index], property.value);
        else if (property.type === 'RestElement') {
          const without = names.slice(0, index).flatMap((name) => name ?? []);
          declarePattern(property.argument, scope, kind, init, steps === null || without.length < index ? null : [...steps, { without }]);
        }
      }
      break;
    }
    default:
  }

  function declareElement(name: string | undefined, element: Node): void {
    if (element.type === 'RestElement') {
      declarePattern(element, scope, kind, null, null);
      return;
    }
    const fallback = element.type === 'AssignmentPattern' ? element.right : null;
    const next = name === undefined || steps === null ? null : [...steps, { name, fallback }];
    declarePattern(element.type === 'AssignmentPattern' ? element.left : element, scope, kind, init, next);
  }
}
