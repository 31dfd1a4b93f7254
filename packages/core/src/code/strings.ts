import { parseString } from '../settings/index.ts';
import type { MappedText } from '../text.ts';
import type { Value } from '../value.ts';
import { bare, nameOf, spanOf } from './ast.ts';
import type { Call, Node } from './ast.ts';
import type { Branch } from './conditions.ts';
import type { Binding, Tree, Visit } from './scope.ts';
import type { Evaluator } from './values.ts';

/** A connection string that is no argument of a call we know. */
export interface LooseString {
  readonly node: Node;
  readonly text: MappedText;
  readonly when: Branch<Value>['when'];
  /** The `ssl` that stands beside it in an object. */
  readonly ssl: { readonly value: Value; readonly property: Node } | undefined;
}

/**
 * The connection strings that stand anywhere in the file, apart from those that are `judged` already and those that
 * are mentions: texts for people, comparisons, examples. Strings that more may be added to are left open.
 */
export function looseStrings(tree: Tree, evaluator: Evaluator, judged: Set<Node>, knownCalls: ReadonlySet<Node>): readonly LooseString[] {
  const found: LooseString[] = [];
  const literals: Visit[] = [];
  // What is put together first: its literals are parts then.
  for (const visit of tree.visits.values()) {
    if (!isText(visit) || !mayBegin(beginningOf(visit.node), tree)) continue;
    if (visit.node.type === 'Literal') literals.push(visit);
    else add(visit);
  }
  for (const visit of literals) add(visit);
  return found;

  function add(visit: Visit): void {
    const { node } = visit;
    if (judged.has(node) || isMention(visit)) return;
    const used = lastUseOfUrl(visit, tree);
    const open = used === undefined && isAddedTo(visit, tree, knownCalls);
    const ssl = sslBeside(visit);
    const others = ssl === undefined ? undefined : evaluator.branches(ssl.value);
    for (const { value, when } of evaluator.branches(used ?? node)) {
      const written = evaluator.textOf(value);
      if (written === undefined || !isWhole(written.text)) continue;
      for (const origin of evaluator.originsOf(written)) judged.add(origin);
      judged.add(node);
      const text = open ? (evaluator.textOf(evaluator.opened(written, spanOf(node))) ?? written) : written;
      for (const other of others ?? [undefined]) {
        found.push({ node, text, when: [...when, ...(other?.when ?? [])], ssl: other === undefined || ssl === undefined ? undefined : { value: other.value, property: ssl.property } });
      }
    }
  }
}

/** A string, a template or a concatenation, as a whole. */
function isText({ node, parent, key }: Visit): boolean {
  const isPart = parent?.node.type === 'BinaryExpression' && parent.node.operator === '+';
  if (isPart || (parent?.node.type === 'TaggedTemplateExpression' && key === 'quasi')) return false;
  if (node.type === 'Literal') return typeof node.value === 'string';
  return node.type === 'TemplateLiteral' || (node.type === 'BinaryExpression' && node.operator === '+');
}

/** What a text begins with: a string, or the node that stands there. */
function beginningOf(node: Node): string | Node {
  let at = bare(node);
  while (at.type === 'BinaryExpression' && at.operator === '+') at = bare(at.left);
  if (at.type !== 'TemplateLiteral') return at.type === 'Literal' && typeof at.value === 'string' ? at.value : at;
  const text = at.quasis[0]?.value.cooked ?? '';
  return text === '' && at.expressions[0] !== undefined ? beginningOf(at.expressions[0]) : text;
}

/** Cheap: most strings of a file end here. */
const BEGINS = /^\s*(?:[a-z][\w+:.-]{1,60}:\/\/|jdbc:|[A-Za-z_][\w ]{0,30}=)/i;

function mayBegin(beginning: string | Node, tree: Tree, depth = 0): boolean {
  if (typeof beginning === 'string') return BEGINS.test(beginning);
  const binding = tree.resolve(beginning);
  return depth < 10 && binding?.kind === 'variable' && binding.init !== null && binding.init !== beginning && mayBegin(beginningOf(binding.init), tree, depth + 1);
}

/** The whole text is a connection string that says where it leads; a scheme alone or a sentence is none. */
function isWhole(text: string): boolean {
  const parsed = parseString(text);
  if (parsed === null) return false;
  const where = parsed.settings.some(({ name, value }) => (name === 'host' || name === 'hostaddr' || name === 'dbname' || name === 'service') && value !== '');
  if (parsed.form === 'ado') return where && parsed.problem === null;
  // `user=1; host=2` is a cookie's, `dbname=` alone a piece of something.
  if (parsed.form === 'keyword-value') return where && parsed.problem === null && parsed.settings.length > 1 && !text.includes(';');
  return (where || parsed.templates.length > 0) && !/\s/.test(text.trim());
}

/** Functions and methods that compare, search or show a text instead of connecting with it. */
const MENTIONS: ReadonlySet<string> = new Set([
  'startsWith', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'match', 'matchAll', 'test', 'exec', 'search', 'replace', 'replaceAll', 'split', 'localeCompare',
  'expect', 'toBe', 'toEqual', 'toStrictEqual', 'toMatch', 'toContain', 'toContainEqual', 'toMatchObject', 'toHaveProperty', 'toHaveBeenCalledWith',
  'toHaveBeenLastCalledWith', 'toMatchInlineSnapshot', 'toThrow', 'equal', 'equals', 'eql', 'notEqual', 'strictEqual', 'notStrictEqual', 'deepEqual', 'deepStrictEqual',
  'log', 'info', 'warn', 'error', 'debug', 'trace', 'print', 'fail', 'it', 'describe', 'example', 'examples', 'meta', 'RegExp',
]);
const TEXTS_FOR_PEOPLE = /^(?:descriptions?|placeholder|examples?|help|help_?text|messages?|label|title|text|hint|docs?|comment|summary|usage|tooltip)$/i;
const NAMES_OF_EXAMPLES = /example|placeholder|sample|usage|hint|(?:^|_)help|message/i;
const CONNECTION_ATTRIBUTE = /url|uri|dsn|connection/i;

/** The text stands where texts are compared, shown or named. */
function isMention(visit: Visit): boolean {
  for (let at: Visit = visit; at.parent !== null; at = at.parent) {
    const { node } = at.parent;
    switch (node.type) {
      case 'Property':
        if (at.key === 'key' || TEXTS_FOR_PEOPLE.test(nameOf(node.key, node.computed) ?? '')) return true;
        break;
      case 'BinaryExpression':
        return node.operator !== '+';
      case 'CallExpression':
      case 'NewExpression':
        return at.key === 'arguments' && (isMentioning(node.callee) || isBaseOfUrl(at.node, node));
      case 'VariableDeclarator':
        return node.id.type === 'Identifier' && NAMES_OF_EXAMPLES.test(node.id.name);
      case 'JSXAttribute':
        return !(typeof node.name.name === 'string' && CONNECTION_ATTRIBUTE.test(node.name.name));
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ThrowStatement':
      case 'ExpressionStatement':
      case 'TSExternalModuleReference':
        return true;
      case 'AssignmentExpression':
      case 'ReturnStatement':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'BlockStatement':
      case 'Program':
        return false;
      case 'MemberExpression':
        return at.key === 'property';
      default:
        if (/^(?:Export\w*Declaration|SwitchCase|JSXElement|JSXFragment|ImportAttribute)$/.test(node.type) && at.key !== 'consequent') return at.key !== 'declaration';
    }
  }
  return false;
}

/** `new URL(text, 'postgres://base')`: what a relative URL is resolved against. */
function isBaseOfUrl(node: Node, call: Call): boolean {
  return call.callee.type === 'Identifier' && call.callee.name === 'URL' && call.arguments[1] === node;
}

function isMentioning(callee: Node): boolean {
  const node = bare(callee);
  const name = node.type === 'MemberExpression' ? nameOf(node.property, node.computed) : node.type === 'Identifier' ? node.name : undefined;
  return name !== undefined && (MENTIONS.has(name) || /Error$|^[lL]og/.test(name));
}

/** More may come to the text than is written here: it is a URL object's start, a method's object, a part of a call's argument, or added to. */
function isAddedTo(visit: Visit, tree: Tree, knownCalls: ReadonlySet<Node>): boolean {
  const { parent, key } = visit;
  if (parent?.node.type === 'VariableDeclarator' && parent.node.id.type === 'Identifier') {
    const binding = tree.resolve(parent.node.id);
    return binding !== undefined && isBuiltUpon(binding, tree);
  }
  // In a call that we know, what counts is judged: the rest is given to a function, or something unknown may replace it.
  for (let at = parent; at !== null; at = at.parent) if (knownCalls.has(at.node)) return true;
  return isWorkedOn(parent, key);
}

/** `new URL(text)`, `text.replace(…)`. */
function isWorkedOn(parent: Visit | null, key: string): boolean {
  if (parent === null) return false;
  const { node } = parent;
  if (node.type === 'MemberExpression') return key === 'object';
  return node.type === 'NewExpression' && key === 'arguments' && node.callee.type === 'Identifier' && node.callee.name === 'URL';
}

/** Where the object that is made of this text (`const url = new URL(text)`) is used as a whole the last time, after all that is done to it. */
function lastUseOfUrl({ node, parent }: Visit, tree: Tree): Node | undefined {
  const declarator = parent?.parent?.node;
  if (parent?.node.type !== 'NewExpression' || declarator?.type !== 'VariableDeclarator' || !tree.isGlobal(parent.node.callee, 'URL') || parent.node.arguments[0] !== node) return undefined;
  const binding = tree.resolve(declarator.id);
  if (binding === undefined) return undefined;
  return tree.references(binding).findLast(({ parent: use, key }) => {
    if (use?.node.type === 'MemberExpression') return key === 'object' && ['href', 'toString', 'toJSON'].includes(nameOf(use.node.property, use.node.computed) ?? '');
    return use?.node.type === 'TemplateLiteral' || (use?.node.type === 'CallExpression' && tree.isGlobal(use.node.callee, 'String'));
  })?.node;
}

function isBuiltUpon(binding: Binding, tree: Tree): boolean {
  const grows = binding.writes.some((write) => write.type !== 'AssignmentExpression' || write.operator !== '=' || tree.textOf(write.right).includes(binding.name));
  return grows || tree.references(binding).some(({ parent, key }) => isWorkedOn(parent, key));
}

const STRING_NAMES = /^(?:connectionString|connection_?uri|url|uri|dsn|database_?url)$/i;

/** `{ url: 'postgres://…', ssl: … }` */
function sslBeside({ node, parent }: Visit): { readonly value: Node; readonly property: Node } | undefined {
  const object = parent?.parent?.node;
  if (parent?.node.type !== 'Property' || parent.node.value !== node || object?.type !== 'ObjectExpression') return undefined;
  if (!STRING_NAMES.test(nameOf(parent.node.key, parent.node.computed) ?? '')) return undefined;
  const property = object.properties.findLast((candidate) => candidate.type === 'Property' && nameOf(candidate.key, candidate.computed) === 'ssl');
  return property?.type === 'Property' ? { value: property.value, property } : undefined;
}
