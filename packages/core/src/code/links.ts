import type { JoinedTexts } from '../joined.ts';
import { isNode } from './ast.ts';
import type { Node } from './ast.ts';
import type { SourceComment } from './comments.ts';
import { exportsOf } from './exports.ts';
import type { Imported } from './scope.ts';
import { Tree } from './scope.ts';

/** Another module of the program. */
export interface Module {
  /** As messages name it. */
  readonly path: string;
  readonly source: string;
  readonly program: { readonly type: string; readonly body: readonly unknown[]; readonly comments?: readonly SourceComment[] | null | undefined };
  readonly modules: Modules;
}

/** The module of the program that an import of a file names; `undefined` for a package's. Whoever knows the program brings it: typed linting. */
export type Modules = (specifier: string) => Module | undefined;

/** A module while values are followed through it. */
export interface Unit<E> {
  readonly tree: Tree;
  readonly comments: readonly SourceComment[];
  readonly modules: Modules;
  /** Where its text stands behind that of the file that is read. */
  readonly start: number;
  readonly evaluator: E;
}

/** An expression and the module that it stands in. */
export interface Linked<E> {
  readonly node: Node;
  readonly unit: Unit<E>;
}

/** How often what is exported may be handed on, and how many modules one file may draw on. */
const MAX_STEPS = 20;
const MAX_MODULES = 100;

/** Leads from imports to what is exported. Modules are read once each, when something of them is asked for. */
export class Links<E> {
  readonly #units = new Map<string, Unit<E>>();
  readonly #joined: JoinedTexts;
  readonly #evaluatorOf: (tree: Tree, modules: Modules, start: number) => E;

  constructor(joined: JoinedTexts, evaluatorOf: (tree: Tree, modules: Modules, start: number) => E) {
    this.#joined = joined;
    this.#evaluatorOf = evaluatorOf;
  }

  /** The modules that were read. */
  get units(): readonly Unit<E>[] {
    return [...this.#units.values()];
  }

  /** What an import stands for, through whatever hands it on; a package's where it ends there. */
  follow({ module, path, isNamespace }: Imported, from: Modules, steps = 0): Linked<E> | Imported | undefined {
    const unit = steps > MAX_STEPS ? undefined : this.#unit(module, from);
    const [name = 'default', ...rest] = path;
    if (unit === undefined) return { module, path };
    if (isNamespace === true && path.length === 0) return undefined;
    const { named, everythingOf } = exportsOf(unit.tree);
    const found = named.get(name);
    // Of names in names only those of `export * as` are exports.
    if (rest.length > 0) return found !== undefined && !isNode(found) && found.isNamespace === true ? this.follow({ ...found, path: rest }, unit.modules, steps + 1) : undefined;
    if (found === undefined) {
      // A default is never handed on by `export *`.
      for (const other of name === 'default' ? [] : everythingOf) {
        const further = this.follow({ module: other, path: [name] }, unit.modules, steps + 1);
        if (further !== undefined && 'unit' in further) return further;
      }
      return undefined;
    }
    if (!isNode(found)) return this.follow(found, unit.modules, steps + 1);
    const imported = unit.tree.resolve(found)?.imported ?? null;
    return imported === null ? { node: found, unit } : this.follow(imported, unit.modules, steps + 1);
  }

  /** What a module exports, by name; what it is as a whole under `null`. */
  everythingOf(module: string, from: Modules): ReadonlySet<string | null> {
    const unit = this.#unit(module, from);
    if (unit === undefined) return new Set();
    const { named, isWhole } = exportsOf(unit.tree);
    return new Set(isWhole ? [null] : named.keys());
  }

  #unit(specifier: string, from: Modules): Unit<E> | undefined {
    if (this.#units.size >= MAX_MODULES) return undefined;
    const module = from(specifier);
    if (module === undefined || !isNode(module.program)) return undefined;
    let unit = this.#units.get(module.path);
    if (unit === undefined) {
      const start = this.#joined.add(module.path, module.source);
      const tree = treeOf(module.program, module.source);
      unit = { tree, comments: module.program.comments ?? [], modules: module.modules, start, evaluator: this.#evaluatorOf(tree, module.modules, start) };
      this.#units.set(module.path, unit);
    }
    return unit;
  }
}

const trees = new WeakMap<object, Tree>();

/** The tree of a module, once for all files that import it. */
function treeOf(program: Node, source: string): Tree {
  let tree = trees.get(program);
  if (tree === undefined) {
    tree = new Tree(program, source);
    trees.set(program, tree);
  }
  return tree;
}
