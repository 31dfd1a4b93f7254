import { bare, childrenOf, nameOf } from './ast.ts';
import type { FunctionNode, MemberExpression, Node } from './ast.ts';
import type { Tree, Visit } from './scope.ts';

/** What gives a property of a class's objects its value. */
interface Field {
  /** Initializers, and assignments that are made whatever happens. */
  readonly values: Node[];
  /** Assigned elsewhere, or changed inside. */
  isHidden: boolean;
}

interface Members {
  readonly fields: Map<string, Field>;
  readonly getters: Map<string, FunctionNode>;
  /** By name, static ones as `static name`. */
  readonly methods: Map<string, FunctionNode>;
}

const known = new WeakMap<Tree, ReadonlyMap<Node, Members>>();

/** True for a class that says itself what it is made of. */
export function hasConstructor(node: Node, tree: Tree): boolean {
  return classesOf(tree).get(node)?.methods.has('constructor') === true;
}

/** `this.url`, where one thing gives it its value: its expression, or the function of a getter. */
export function fieldOf(member: MemberExpression, tree: Tree): Node | undefined {
  const name = nameOf(member.property, member.computed);
  const members = name === undefined ? undefined : membersAround(member, tree);
  if (name === undefined || members === undefined) return undefined;
  const field = members.fields.get(name);
  if (field === undefined) return members.getters.get(name);
  return field.isHidden || field.values.length !== 1 ? undefined : field.values[0];
}

/** True for the function of a getter. */
export function isGetter(node: Node, tree: Tree): boolean {
  const method = tree.visits.get(node)?.parent?.node as { readonly kind?: unknown } | undefined;
  return method?.kind === 'get';
}

/** `this.options()`, `Database.options()`: the method. */
export function methodOf(callee: Node, tree: Tree): FunctionNode | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  const name = nameOf(callee.property, callee.computed);
  if (name === undefined) return undefined;
  const object = bare(callee.object);
  const binding = tree.resolve(object);
  if (binding !== undefined) {
    const made = binding.init === null || binding.writes.length > 0 ? undefined : bare(binding.init);
    return made === undefined ? undefined : (classesOf(tree).get(made)?.methods.get(`static ${name}`) ?? instanceOf(made, tree)?.methods.get(name));
  }
  const created = instanceOf(object, tree);
  if (created !== undefined) return created.methods.get(name);
  const methods = membersAround(callee, tree)?.methods;
  return methods?.get(name) ?? methods?.get(`static ${name}`);
}

/** The members of the class that a member's object is one of: `this`, `new Config()`. */
function membersAround(member: MemberExpression, tree: Tree): Members | undefined {
  const object = bare(member.object);
  if (!isThis(object)) return instanceOf(object, tree);
  const around = classAround(tree.visits.get(object));
  return around === undefined ? undefined : classesOf(tree).get(around);
}

/** The members of what `new Config()` makes, or a constant that is that and is not changed afterwards. */
function instanceOf(object: Node, tree: Tree): Members | undefined {
  const binding = tree.resolve(object);
  if (binding !== undefined && (binding.kind !== 'variable' || binding.steps?.length !== 0 || binding.writes.length > 0 || binding.mutations.length > 0)) return undefined;
  const made = binding === undefined ? object : binding.init === null ? undefined : bare(binding.init);
  if (made?.type !== 'NewExpression') return undefined;
  const named = tree.resolve(bare(made.callee));
  return named?.init == null || named.writes.length > 0 ? undefined : classesOf(tree).get(named.init);
}

function isThis(node: Node): boolean {
  return (node.type as string) === 'ThisExpression';
}

/** The class whose object `this` is here: functions that are no methods have one of their own. */
export function classAround(visit: Visit | undefined): Node | undefined {
  for (let at = visit; at !== undefined && at.parent !== null; at = at.parent) {
    const type: string = at.parent.node.type;
    if (type === 'ClassBody') return at.parent.parent?.node;
    if (at.node.type === 'FunctionDeclaration' || (at.node.type === 'FunctionExpression' && type !== 'MethodDefinition')) return undefined;
  }
  return undefined;
}

function classesOf(tree: Tree): ReadonlyMap<Node, Members> {
  let classes = known.get(tree);
  if (classes === undefined) {
    classes = listed(tree);
    known.set(tree, classes);
  }
  return classes;
}

function listed(tree: Tree): ReadonlyMap<Node, Members> {
  const classes = new Map<Node, Members>();
  for (const visit of tree.visits.values()) {
    const type: string = visit.node.type;
    if (type === 'ClassDeclaration' || type === 'ClassExpression') classes.set(visit.node, membersOf(visit.node));
    else if (type === 'AssignmentExpression' || type === 'UpdateExpression') assign(visit);
    else if (type === 'TSParameterProperty') hide(visit);
  }
  return classes;

  function fieldAt(visit: Visit, name: string): Field | undefined {
    const around = classAround(visit);
    const fields = around === undefined ? undefined : classes.get(around)?.fields;
    const field = fields?.get(name) ?? { values: [], isHidden: false };
    fields?.set(name, field);
    return field;
  }

  function assign(visit: Visit): void {
    const { node } = visit;
    let target = bare(node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : node);
    let isInner = false;
    while (target.type === 'MemberExpression' && !isThis(bare(target.object))) {
      target = bare(target.object);
      isInner = true;
    }
    const name = target.type === 'MemberExpression' ? nameOf(target.property, target.computed) : undefined;
    const field = name === undefined ? undefined : fieldAt(visit, name);
    if (field === undefined) return;
    if (!isInner && node.type === 'AssignmentExpression' && node.operator === '=' && isUnconditional(visit)) field.values.push(node.right);
    else field.isHidden = true;
  }

  /** `constructor(private url = '…')`: a parameter, which may be anything. */
  function hide(visit: Visit): void {
    const [parameter] = childrenOf(visit.node).flatMap(([key, child]) => (key === 'parameter' ? [child] : []));
    const name = parameter?.type === 'AssignmentPattern' ? nameOf(parameter.left, false) : parameter === undefined ? undefined : nameOf(parameter, false);
    const field = name === undefined ? undefined : fieldAt(visit, name);
    if (field !== undefined) field.isHidden = true;
  }
}

/** A statement of the constructor itself. */
function isUnconditional({ parent }: Visit): boolean {
  const body = parent?.node.type === 'ExpressionStatement' ? parent.parent : null;
  const method = body?.parent?.parent?.node as { readonly kind?: unknown } | undefined;
  return body?.node.type === 'BlockStatement' && body.parent?.node.type === 'FunctionExpression' && method?.kind === 'constructor';
}

function membersOf(node: Node): Members {
  const members: Members = { fields: new Map(), getters: new Map(), methods: new Map() };
  const body = childrenOf(node).find(([key]) => key === 'body')?.[1];
  for (const [, member] of body === undefined ? [] : childrenOf(body)) {
    const type: string = member.type;
    const { static: isStatic = false, computed = false, kind } = member as unknown as { readonly static?: boolean; readonly computed?: boolean; readonly kind?: unknown };
    const parts = new Map(childrenOf(member));
    const key = parts.get('key');
    const value = parts.get('value');
    const name = key === undefined ? undefined : nameOf(key, computed);
    if (name === undefined || value === undefined) continue;
    if ((type === 'PropertyDefinition' || type === 'ClassProperty') && !isStatic) members.fields.set(name, { values: [value], isHidden: false });
    if (value.type !== 'FunctionExpression' && value.type !== 'ArrowFunctionExpression') continue;
    if (kind === 'get' && !isStatic) members.getters.set(name, value);
    else if (kind !== 'set') members.methods.set(isStatic ? `static ${name}` : name, value);
  }
  return members;
}
