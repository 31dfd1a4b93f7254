import { bare, nameOf, stringOf } from './ast.ts';
import { classAround, hasConstructor } from './classes.ts';
import type { Node } from './ast.ts';
import type { Binding, Imported, Tree } from './scope.ts';

/**
 * The module and the export in it that an expression stands for: `pg.Pool`, `Pool` imported from it,
 * `require('pg').Pool`, `(await import('pg')).default`, through constants and destructuring.
 */
export function moduleOf(expression: Node, tree: Tree, depth = 0): Imported | undefined {
  if (depth > 20) return undefined;
  const node = bare(expression);
  switch (node.type) {
    case 'Identifier': {
      const binding = tree.resolve(node);
      if (binding === undefined) return tree.isGlobal(node, 'Bun') ? named('bun') : undefined;
      if (binding.writes.length > 0) return undefined;
      if (binding.imported !== null) return binding.imported;
      if (binding.kind !== 'variable' || binding.init === null || binding.steps === null) return undefined;
      return within(moduleOf(binding.init, tree, depth + 1), binding.steps.flatMap((step) => ('name' in step ? step.name : [])));
    }
    case 'MemberExpression': {
      const name = nameOf(node.property, node.computed);
      return name === undefined ? undefined : within(moduleOf(node.object, tree, depth + 1), [name]);
    }
    case 'AwaitExpression':
      return moduleOf(node.argument, tree, depth + 1);
    case 'ImportExpression':
      return named(stringOf(node.source));
    case 'CallExpression': {
      const [argument] = node.arguments;
      const callee = bare(node.callee);
      // `require` of one's own, made by createRequire, loads the same modules.
      const requires = callee.type === 'Identifier' && callee.name === 'require';
      if (requires) return argument === undefined ? undefined : named(stringOf(argument));
      // `pgPromise({ … })` gives the function that connects.
      return within(moduleOf(callee, tree, depth + 1), ['()']);
    }
    case 'NewExpression':
      return within(moduleOf(node.callee, tree, depth + 1), ['()']);
    case 'Super': {
      const around = classAround(tree.visits.get(node));
      return around?.type !== 'ClassDeclaration' && around?.type !== 'ClassExpression' || around.superClass == null ? undefined : moduleOf(around.superClass, tree, depth + 1);
    }
    // A class that hands all that it is given to the one that it extends.
    case 'ClassDeclaration':
    case 'ClassExpression': {
      return node.superClass == null || hasConstructor(node, tree) ? undefined : moduleOf(node.superClass, tree, depth + 1);
    }
    default:
      return undefined;
  }
}

function named(module: string | undefined): Imported | undefined {
  return module === undefined ? undefined : { module, path: [] };
}

function within(from: Imported | undefined, names: readonly string[]): Imported | undefined {
  return from === undefined ? undefined : { module: from.module, path: [...from.path, ...names.filter((name) => name !== 'default')] };
}

/**
 * A module without what Deno writes around its name: `npm:drizzle-orm@0.45/node-postgres`, `jsr:@db/postgres@0.19`,
 * `https://deno.land/x/postgres@v0.19.3/mod.ts`, `https://esm.sh/pg@8`. A file's ending counts for nothing.
 */
export function moduleName(module: string): string {
  return module
    .replace(/^(?:npm:|jsr:|https:\/\/esm\.sh\/)\/?/, '')
    .replace(/^https:\/\/(deno\.land\/x\/[^/@]+).*$/, '$1')
    .replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]+/, '$1')
    .replace(/\.(?:[cm]?js)$/, '');
}

/** The package of a module's name. */
export function packageOf(name: string): string {
  return /^(?:@[^/@]+\/)?[^/@]+/.exec(name)?.[0] ?? name;
}

/** The module that a node loads: an import that is more than types, a require, an `import()`. */
export function loadedBy(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.importKind === 'type' ? undefined : stringOf(node.source);
    case 'ImportExpression':
      return stringOf(node.source);
    case 'TSExternalModuleReference':
      return stringOf(node.expression);
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require' && node.arguments[0] !== undefined ? stringOf(node.arguments[0]) : undefined;
    default:
      return undefined;
  }
}

/** True for a name that is given a module, or something of one: `const { tls } = require('./config')`, `… = await import('./config.js')`. */
export function isLoaded({ kind, init }: Binding): boolean {
  const node = kind !== 'variable' || init === null ? null : bare(init);
  return node !== null && loadedBy(node.type === 'AwaitExpression' ? bare(node.argument) : node) !== undefined;
}

/** `new URL(…)` of the global. */
export function isNewUrl(node: Node, tree: Tree): boolean {
  const inner = bare(node);
  return inner.type === 'NewExpression' && tree.isGlobal(bare(inner.callee), 'URL');
}
