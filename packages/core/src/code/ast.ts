import type { Span } from '../text.ts';

/*
 * The part of ESTree (with TypeScript's expressions) that is read here. Written down instead of imported: core
 * depends on no parser, and espree, typescript-eslint, Babel's `estree` plugin and oxc-parser agree on this part.
 */

/** Every node has its place as `range` (ESLint's parsers) or as `start` and `end` (acorn, Babel, oxc). */
interface Base {
  readonly range?: readonly [number, number];
  readonly start?: number;
  readonly end?: number;
}

export interface Identifier extends Base {
  readonly type: 'Identifier';
  readonly name: string;
}
export interface Literal extends Base {
  readonly type: 'Literal';
  readonly value: unknown;
}
export interface TemplateElement extends Base {
  readonly type: 'TemplateElement';
  readonly value: { readonly raw: string; readonly cooked?: string | null };
}
export interface TemplateLiteral extends Base {
  readonly type: 'TemplateLiteral';
  readonly quasis: readonly TemplateElement[];
  readonly expressions: readonly Node[];
}
export interface MemberExpression extends Base {
  readonly type: 'MemberExpression';
  readonly object: Node;
  readonly property: Node;
  readonly computed: boolean;
}
export interface Call extends Base {
  readonly type: 'CallExpression' | 'NewExpression';
  readonly callee: Node;
  readonly arguments: readonly Node[];
}
export interface ImportExpression extends Base {
  readonly type: 'ImportExpression';
  readonly source: Node;
}
export interface ObjectNode extends Base {
  readonly type: 'ObjectExpression' | 'ObjectPattern';
  readonly properties: readonly Node[];
}
export interface Property extends Base {
  readonly type: 'Property';
  readonly kind: 'init' | 'get' | 'set';
  readonly key: Node;
  readonly value: Node;
  readonly computed: boolean;
}
export interface ArrayNode extends Base {
  readonly type: 'ArrayExpression' | 'ArrayPattern';
  readonly elements: readonly (Node | null)[];
}
/** Nodes around one other node. */
export interface Around extends Base {
  readonly type: 'SpreadElement' | 'RestElement' | 'AwaitExpression';
  readonly argument: Node;
}
/** Nodes that change nothing about the value of the expression in them. */
export interface Transparent extends Base {
  readonly type:
    | 'ChainExpression'
    | 'ParenthesizedExpression'
    | 'TSAsExpression'
    | 'TSSatisfiesExpression'
    | 'TSNonNullExpression'
    | 'TSTypeAssertion'
    | 'TSInstantiationExpression';
  readonly expression: Node;
}
export interface ExpressionStatement extends Base {
  readonly type: 'ExpressionStatement';
  readonly expression: Node;
}
export interface ConditionalExpression extends Base {
  readonly type: 'ConditionalExpression' | 'IfStatement';
  readonly test: Node;
  readonly consequent: Node;
  readonly alternate: Node | null;
}
/** Everything with an operator between two sides. */
export interface Binary extends Base {
  readonly type: 'BinaryExpression' | 'LogicalExpression' | 'AssignmentExpression';
  readonly operator: string;
  readonly left: Node;
  readonly right: Node;
}
export interface AssignmentPattern extends Base {
  readonly type: 'AssignmentPattern';
  readonly left: Node;
  readonly right: Node;
}
export interface ForIn extends Base {
  readonly type: 'ForInStatement' | 'ForOfStatement';
  readonly left: Node;
}
export interface Unary extends Base {
  readonly type: 'UnaryExpression' | 'UpdateExpression';
  readonly operator: string;
  readonly argument: Node;
}
export interface SequenceExpression extends Base {
  readonly type: 'SequenceExpression';
  readonly expressions: readonly Node[];
}
export interface FunctionNode extends Base {
  readonly type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression';
  readonly id?: Node | null;
  readonly params: readonly Node[];
  readonly body: Node | null;
  readonly async?: boolean;
  readonly generator?: boolean;
}
export interface ClassNode extends Base {
  readonly type: 'ClassDeclaration' | 'ClassExpression';
  readonly id?: Node | null;
  readonly superClass?: Node | null;
}
export interface Super extends Base {
  readonly type: 'Super';
}
export interface Block extends Base {
  readonly type: 'Program' | 'BlockStatement' | 'StaticBlock' | 'TSModuleBlock';
  readonly body: readonly Node[];
}
export interface ReturnStatement extends Base {
  readonly type: 'ReturnStatement' | 'ThrowStatement';
  readonly argument: Node | null;
}
export interface CatchClause extends Base {
  readonly type: 'CatchClause';
  readonly param: Node | null;
}
export interface VariableDeclaration extends Base {
  readonly type: 'VariableDeclaration';
  readonly kind: string;
  readonly declarations: readonly VariableDeclarator[];
}
export interface VariableDeclarator extends Base {
  readonly type: 'VariableDeclarator';
  readonly id: Node;
  readonly init: Node | null;
}
export interface ImportDeclaration extends Base {
  readonly type: 'ImportDeclaration';
  readonly source: Node;
  readonly specifiers: readonly Node[];
  readonly importKind?: string;
}
export interface ImportSpecifier extends Base {
  readonly type: 'ImportSpecifier' | 'ImportDefaultSpecifier' | 'ImportNamespaceSpecifier';
  readonly local: Node;
  readonly imported?: Node;
  readonly importKind?: string;
}
/** `import pg = require('pg')` */
export interface ImportEquals extends Base {
  readonly type: 'TSImportEqualsDeclaration';
  readonly id: Node;
  readonly moduleReference: Node;
}
export interface ExternalModuleReference extends Base {
  readonly type: 'TSExternalModuleReference';
  readonly expression: Node;
}
export interface TaggedTemplate extends Base {
  readonly type: 'TaggedTemplateExpression';
  readonly tag: Node;
  readonly quasi: Node;
}
export interface JsxAttribute extends Base {
  readonly type: 'JSXAttribute';
  readonly name: { readonly name?: unknown };
}
/** Stands for every type that is not named here: code must have a `default` for it. */
interface Other extends Base {
  readonly type: 'any other';
}

/** A node of a syntax tree. */
export type Node =
  | Identifier | Literal | TemplateElement | TemplateLiteral | MemberExpression | Call | ImportExpression | ObjectNode | Property | ArrayNode
  | Around | Transparent | ExpressionStatement | ConditionalExpression | Binary | AssignmentPattern | ForIn | Unary | SequenceExpression
  | FunctionNode | ClassNode | Super | Block | ReturnStatement | CatchClause | VariableDeclaration | VariableDeclarator | ImportDeclaration
  | ImportSpecifier | ImportEquals | ExternalModuleReference | TaggedTemplate | JsxAttribute | Other;

/** Where a node stands. */
export function spanOf(node: Node): Span {
  if (node.range !== undefined) return { start: node.range[0], end: node.range[1] };
  return { start: node.start ?? 0, end: node.end ?? node.start ?? 0 };
}

/** True for anything with a `type`. */
export function isNode(thing: unknown): thing is Node {
  return typeof thing === 'object' && thing !== null && 'type' in thing && typeof thing.type === 'string';
}

/** The expression without what changes nothing about its value: parentheses, `as`, `satisfies`, `!`, `?.` chains. */
export function bare(node: Node): Node {
  let at = node;
  for (;;) {
    switch (at.type) {
      case 'ChainExpression':
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        at = at.expression;
        break;
      default:
        return at;
    }
  }
}

/** The operands of `a || b || c`, from left to right. */
export function operandsOf(operator: string, left: Node, right: Node): readonly Node[] {
  const operands = [right];
  let at = bare(left);
  while (at.type === 'LogicalExpression' && at.operator === operator) {
    operands.push(at.right);
    at = bare(at.left);
  }
  operands.push(at);
  return operands.reverse();
}

/** The name that a key or member has without running anything: `a.b`, `a['b']`, `{ b: … }`, `{ 'b': … }`. */
export function nameOf(key: Node, computed: boolean): string | undefined {
  const node = bare(key);
  if (node.type === 'Identifier') return computed ? undefined : node.name;
  if (node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value);
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The text of a string literal or a template without holes. */
export function stringOf(node: Node): string | undefined {
  const inner = bare(node);
  if (inner.type === 'Literal') return typeof inner.value === 'string' ? inner.value : undefined;
  return inner.type === 'TemplateLiteral' ? nameOf(inner, true) : undefined;
}

/** Keys that hold no child, or (`parent`, Vue's `templateBody`) lead out of the tree of the program. */
const NO_CHILDREN: ReadonlySet<string> = new Set([
  'type', 'parent', 'loc', 'range', 'start', 'end', 'raw', 'regex', 'tokens', 'comments', 'templateBody', 'extra', 'errors',
  'leadingComments', 'trailingComments', 'innerComments', 'returnType', 'typeAnnotation', 'typeParameters', 'typeArguments',
  'superTypeParameters', 'superTypeArguments', 'implements',
]);

/** Types say nothing about values: only these of TypeScript's nodes hold expressions. */
const TYPESCRIPT: ReadonlySet<string> = new Set([
  'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'TSExportAssignment',
  'TSImportEqualsDeclaration', 'TSExternalModuleReference', 'TSModuleDeclaration', 'TSModuleBlock', 'TSParameterProperty', 'TSEnumDeclaration',
  'TSEnumBody', 'TSEnumMember',
]);

/** Visits the nodes directly below one, with the key that they stand at, in the order of the keys. */
export function eachChild(node: Node, visit: (key: string, child: Node) => void): void {
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== 'object' || value === null || NO_CHILDREN.has(key)) continue;
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) if (isChild(item)) visit(key, item);
    } else if (isChild(value)) visit(key, value);
  }
}

function isChild(thing: unknown): thing is Node {
  return isNode(thing) && (!thing.type.startsWith('TS') || TYPESCRIPT.has(thing.type));
}

/** The nodes directly below one. */
export function childrenOf(node: Node): readonly (readonly [key: string, child: Node])[] {
  const children: (readonly [string, Node])[] = [];
  eachChild(node, (key, child) => children.push([key, child]));
  return children;
}
