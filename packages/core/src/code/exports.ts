import { bare, childrenOf, nameOf, stringOf } from './ast.ts';
import type { Node } from './ast.ts';
import { namesIn } from './functions.ts';
import type { Imported, Tree } from './scope.ts';

/** What a module exports. */
interface Exports {
  /** By name: the expression that it is, or what it is handed on from. `default` is what `export =` and `module.exports =` give as well. */
  readonly named: ReadonlyMap<string, Node | Imported>;
  /** The default is all of the module: `module.exports = …`. */
  readonly isWhole: boolean;
  /** `export * from '…'` */
  readonly everythingOf: readonly string[];
}

const known = new WeakMap<Tree, Exports>();

/** What a module exports, worked out once. */
export function exportsOf(tree: Tree): Exports {
  let exports = known.get(tree);
  if (exports === undefined) {
    exports = listed(tree);
    known.set(tree, exports);
  }
  return exports;
}

function listed(tree: Tree): Exports {
  const named = new Map<string, Node | Imported>();
  const everythingOf: string[] = [];
  let isWhole = false;
  const [program] = tree.visits.keys();
  for (const [, statement] of program === undefined ? [] : childrenOf(program)) {
    const parts = childrenOf(statement);
    const at = (key: string): Node | undefined => parts.find(([name]) => name === key)?.[1];
    const type: string = statement.type;
    const source = at('source');
    const module = source === undefined ? undefined : stringOf(source);
    if (type === 'ExportDefaultDeclaration' || type === 'TSExportAssignment') {
      const value = at('declaration') ?? at('expression');
      if (value !== undefined) named.set('default', value);
      isWhole ||= type === 'TSExportAssignment';
    } else if (statement.type === 'ExpressionStatement') {
      addAssigned(bare(statement.expression));
    } else if (type === 'ExportAllDeclaration' && module !== undefined) {
      const name = at('exported');
      if (name === undefined) everythingOf.push(module);
      else named.set(nameOf(name, false) ?? '', { module, path: [], isNamespace: true });
    } else if (type === 'ExportNamedDeclaration') {
      for (const name of declaredBy(at('declaration'))) {
        const node = tree.nameAtEnd(name);
        if (node !== undefined) named.set(name, node);
      }
      for (const [key, specifier] of parts) if (key === 'specifiers') addSpecifier(specifier, module);
    }
  }
  return { named, isWhole, everythingOf };

  /** `module.exports = { … }`, `exports.name = …`, `module.exports.name = …` */
  function addAssigned(node: Node): void {
    if (node.type !== 'AssignmentExpression' || node.operator !== '=') return;
    addAssigned(bare(node.right));
    const left = bare(node.left);
    const name = left.type === 'MemberExpression' ? nameOf(left.property, left.computed) : undefined;
    if (left.type !== 'MemberExpression' || name === undefined) return;
    if (name === 'exports' && tree.isGlobal(bare(left.object), 'module')) {
      isWhole = true;
      named.set('default', node.right);
      const value = bare(node.right);
      for (const property of value.type === 'ObjectExpression' ? value.properties : []) {
        const key = property.type === 'Property' && property.kind === 'init' ? nameOf(property.key, property.computed) : undefined;
        if (property.type === 'Property' && key !== undefined) named.set(key, property.value);
      }
    } else if (isExports(bare(left.object))) named.set(name, node.right);
  }

  function isExports(node: Node): boolean {
    if (node.type !== 'MemberExpression') return tree.isGlobal(node, 'exports');
    return nameOf(node.property, node.computed) === 'exports' && tree.isGlobal(bare(node.object), 'module');
  }

  function addSpecifier(specifier: Node, module: string | undefined): void {
    const sides = new Map(childrenOf(specifier));
    const [local, exported] = ['local', 'exported'].map((side) => {
      const node = sides.get(side);
      return node === undefined ? undefined : nameOf(node, false);
    });
    if (local === undefined || exported === undefined) return;
    const value = module === undefined ? tree.nameAtEnd(local) : { module, path: local === 'default' ? [] : [local] };
    if (value !== undefined) named.set(exported, value);
  }
}

/** The names that a declaration enters. */
function declaredBy(declaration: Node | undefined): readonly string[] {
  if (declaration === undefined) return [];
  const patterns = declaration.type === 'VariableDeclaration' ? declaration.declarations.map(({ id }) => id) : childrenOf(declaration).flatMap(([key, child]) => (key === 'id' ? [child] : []));
  return patterns.flatMap((pattern) => namesIn(pattern)).flatMap((name) => nameOf(name, false) ?? []);
}
