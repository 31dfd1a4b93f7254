import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../io.ts';
import { quoted } from '../options.ts';
import { codeOf, isWithin, reasonOf } from './walk.ts';

/** A PATH of the command line. */
export interface Target {
  /** Absolute. */
  readonly path: string;
  /** As it was given. */
  readonly given: string;
  readonly isFolder: boolean;
  /** Paths outside the working directory are shown relative to this: the folder, or the file's. */
  readonly folder: string;
}

/** Looks PATHs up. Throws a UsageError for one that is not there. */
export function targetsOf(paths: readonly string[], cwd: string): Target[] {
  return paths.map((given) => {
    const path = resolve(cwd, given);
    try {
      const isFolder = statSync(path).isDirectory();
      return { path, given, isFolder, folder: isFolder ? path : dirname(path) };
    } catch (error) {
      const missing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
      throw new UsageError(missing ? `There is no file or folder ${quoted(given)}.` : `${quoted(given)} cannot be read: ${reasonOf(error)}.`);
    }
  });
}

/**
 * What a PATH's files are named relative to in reports: the working directory, or the PATH where that lies outside.
 * By the PATH, not by each file: else `scan ..` would give two files the same name.
 */
export function baseOf(target: Pick<Target, 'folder'>, cwd: string): string {
  return isWithin(target.folder, cwd) ? cwd : target.folder;
}

/** Finds project roots: the nearest folder upward that holds `.git`, else the PATH given. */
export class ProjectRoots {
  readonly #found = new Map<string, string | undefined>();

  /** The root of the project that a file in `folder` belongs to. */
  of(folder: string, target: Pick<Target, 'folder'>): string {
    return this.#upward(folder) ?? target.folder;
  }

  /** Takes what a walk, which goes from above to below, has seen in a folder. */
  listed(folder: string, holdsGit: boolean): void {
    if (!this.#found.has(folder)) this.#found.set(folder, holdsGit ? folder : this.#upward(dirname(folder)));
  }

  #upward(folder: string): string | undefined {
    const passed: string[] = [];
    let root: string | undefined;
    for (let at = folder; ; at = dirname(at)) {
      if (this.#found.has(at)) {
        root = this.#found.get(at);
        break;
      }
      passed.push(at);
      if (existsSync(join(at, '.git'))) {
        root = at;
        break;
      }
      if (dirname(at) === at) break;
    }
    for (const at of passed) this.#found.set(at, root);
    return root;
  }
}

/** A path with `/` between its names, whatever the system uses. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** The path as seen from a folder, with `/`; an absolute one where it is on another drive. */
export function pathFrom(folder: string, path: string): string {
  // Nearly always, and a tenth of the work.
  if (path.startsWith(folder) && path[folder.length] === sep && !path.includes(`${sep}..${sep}`)) return slashed(path.slice(folder.length + 1));
  const way = relative(folder, path);
  return slashed(isAbsolute(way) ? path : way);
}
