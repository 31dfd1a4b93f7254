import { dirname, foldersUpward, isWithin, joinPath } from '../paths.ts';
import type { ProjectReader } from './reader.ts';

/** Finds the project root of files: the nearest folder upward that holds `.git`; else the path that the caller was given. */
export class Roots {
  readonly #reader: ProjectReader;
  readonly #base: string;
  readonly #known = new Map<string, string>();

  constructor(reader: ProjectReader, base: string) {
    this.#reader = reader;
    this.#base = base;
  }

  /** Of a folder, as a normal path. */
  of(folder: string): string {
    const passed: string[] = [];
    let root: string | undefined;
    for (let at = folder; root === undefined; at = dirname(at)) {
      root = this.#known.get(at) ?? (this.#reader.exists(joinPath(at, '.git')) ? at : undefined);
      passed.push(at);
      if (at === dirname(at)) break;
    }
    root ??= isWithin(this.#base, folder) ? this.#base : folder;
    // What holds for a folder holds for those on the way up that lie in the root.
    for (const at of passed) if (isWithin(root, at)) this.#known.set(at, root);
    return root;
  }

  /** The folder of a file and those above, up to its root, nearest first. */
  upward(file: string): readonly string[] {
    const folder = dirname(file);
    return foldersUpward(folder, this.of(folder));
  }
}
