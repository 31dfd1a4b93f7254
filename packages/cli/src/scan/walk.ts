import { lstatSync, readFileSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseGitignore, type IgnorePatterns } from './gitignore.ts';

/** What a file is to the walk, by its name alone. */
type NameTest = (path: string) => {
  /** Such a file can hold something. */
  readonly known: boolean;
  /** `.env` and its kin: read even where git ignores them. */
  readonly environment: boolean;
};

/** Something that a walk came by. Paths are absolute. */
export type Walked =
  | { readonly kind: 'file'; readonly path: string; readonly gitIgnored: boolean }
  /** A file that would be read, but that git ignores. */
  | { readonly kind: 'left-out'; readonly path: string }
  /** A file that would be read, but that is excluded. */
  | { readonly kind: 'excluded'; readonly path: string }
  /** It could not be looked at; `message` says why. */
  | { readonly kind: 'problem'; readonly path: string; readonly message: string };

/** How to walk. */
export interface WalkOptions {
  /** Root of the project that the folder lies in: .gitignore files count from there on. */
  readonly projectRoot: string;
  /** Respect .gitignore files and .git/info/exclude. */
  readonly gitignore: boolean;
  readonly test: NameTest;
  /** Folders that are not entered and files that are not read. */
  readonly excludes: (path: string) => boolean;
  /** Told what is in each folder before anything of it is given: who asks for it next need not look. */
  readonly listed?: (folder: string, entries: readonly Dirent[]) => void;
}

/** Never entered, unless named: others' code and what tools keep for themselves. */
const SKIPPED_FOLDERS = new Set([
  ...['.git', '.hg', '.svn', '.jj'],
  ...['node_modules', 'bower_components', '.yarn', '.pnpm-store'],
  ...['__pycache__', '.venv', '.tox', '.nox', '.terraform', '.gradle', '.direnv', '.turbo'],
]);

/** Whether a folder of this name is left out, unless it is named. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name);
}

/** Files larger than this hold no patterns that somebody wrote. */
const MAX_GITIGNORE_BYTES = 1_000_000;

/** A folder that is yet to be read. */
interface Folder {
  readonly path: string;
  /** The .gitignore files in force, the nearest first, each with the depth of its folder below the project root. */
  readonly ignores: readonly { readonly patterns: IgnorePatterns; readonly base: string }[];
}

/**
 * All files below a folder whose name says that they can hold something, in a fixed order. Nothing is opened but
 * .gitignore files. Symbolic links are not followed, so there are no loops and no way out of the tree; what is thereby
 * left out is said.
 */
export function* walk(start: string, options: WalkOptions): Generator<Walked> {
  // A stack of our own, not recursion: a hostile tree can be thousands of folders deep.
  const waiting: Folder[] = [{ path: start, ignores: ignoresAbove(start, options) }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder.path, { withFileTypes: true });
    } catch (error) {
      yield { kind: 'problem', path: folder.path, message: `cannot be read: ${reasonOf(error)}` };
      continue;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    options.listed?.(folder.path, entries);
    const ignores = ignoresIn(folder, entries, options);
    const prefix = prefixOf(folder.path);
    const folders: Folder[] = [];
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (isSkippedFolder(entry.name) || options.excludes(path) || isIgnored(ignores, path, true)) continue;
        folders.push({ path, ignores });
      } else {
        yield* file(path, entry, ignores, options);
      }
    }
    waiting.push(...folders.reverse());
  }
}

function* file(path: string, entry: Dirent, ignores: Folder['ignores'], options: WalkOptions): Generator<Walked> {
  const { known, environment } = options.test(path);
  if (entry.isSymbolicLink()) {
    if (isIgnored(ignores, path, false) || options.excludes(path)) return;
    const message = linkProblem(path, known, options);
    if (message !== undefined) yield { kind: 'problem', path, message };
    return;
  }
  if (!known) return;
  const gitIgnored = isIgnored(ignores, path, false);
  if (gitIgnored && !environment) yield { kind: 'left-out', path };
  else if (options.excludes(path)) yield { kind: 'excluded', path };
  else if (!entry.isFile()) yield { kind: 'problem', path, message: `not read: ${specialKind(entry)}` };
  else yield { kind: 'file', path, gitIgnored };
}

/** What must be said of a symbolic link; `undefined` where nothing is left out by not following it. */
function linkProblem(path: string, known: boolean, options: WalkOptions): string | undefined {
  let target: string;
  let found: Stats;
  try {
    target = realpathSync(path);
    found = statSync(target);
  } catch (error) {
    if (codeOf(error) === 'ELOOP') return 'not followed: a link that leads back to itself';
    return known ? `cannot be read: a link to something that does not exist` : undefined;
  }
  const root = realPath(options.projectRoot);
  if (found.isDirectory()) {
    if (isWithin(realPath(path.slice(0, path.lastIndexOf(sep)) || sep), target)) {
      return 'not followed: a link to a folder that it lies in, so it would never end';
    }
    return isWithin(target, root) ? undefined : 'not followed: a link to a folder outside the project';
  }
  // Inside the project the file is met under its own name.
  if (!known || (isWithin(target, root) && options.test(target).known)) return undefined;
  return isWithin(target, root) ? 'not followed: a link; scan the file that it leads to' : 'not followed: a link to a file outside the project';
}

/** Whether a path leads out of a folder, by itself or by a link. */
export function leadsOut(path: string, folder: string): boolean {
  return !isWithin(path, folder) || !isWithin(realPath(path), realPath(folder));
}

/** The path without links; as it is where it has vanished. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** True where `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && way !== path);
}

/** What a thing is that is no file: it must not be opened, since that may never return. */
export function specialKind(entry: Pick<Stats, 'isFIFO' | 'isSocket' | 'isBlockDevice' | 'isCharacterDevice'>): string {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'a device';
  return 'not a regular file';
}

function isIgnored(ignores: Folder['ignores'], path: string, isFolder: boolean): boolean {
  for (const { patterns, base } of ignores) {
    const names = path.slice(base.length).split(sep);
    const result = patterns.test(names, isFolder);
    if (result !== undefined) return result === 'ignored';
  }
  return false;
}

/** The .gitignore files of the folders between project root and start, without the start's own. */
function ignoresAbove(start: string, options: WalkOptions): Folder['ignores'] {
  if (!options.gitignore) return [];
  const ignores: Folder['ignores'][number][] = [];
  let folder = options.projectRoot;
  const exclude = readPatterns(join(folder, '.git', 'info', 'exclude'));
  if (exclude !== undefined) ignores.unshift({ patterns: exclude, base: prefixOf(folder) });
  for (const name of isWithin(start, folder) ? relative(folder, start).split(sep) : []) {
    if (name === '') break;
    const patterns = readPatterns(join(folder, '.gitignore'));
    if (patterns !== undefined) ignores.unshift({ patterns, base: prefixOf(folder) });
    folder = join(folder, name);
  }
  return ignores;
}

function ignoresIn(folder: Folder, entries: readonly Dirent[], options: WalkOptions): Folder['ignores'] {
  if (!options.gitignore) return [];
  // Another repository inside this one (a submodule) has its own say alone.
  const own = folder.path !== options.projectRoot && entries.some(({ name }) => name === '.git');
  const above = own ? [] : folder.ignores;
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return above;
  const patterns = readPatterns(join(folder.path, '.gitignore'));
  return patterns === undefined ? above : [{ patterns, base: prefixOf(folder.path) }, ...above];
}

function readPatterns(path: string): IgnorePatterns | undefined {
  try {
    // lstat: git does not follow a .gitignore that is a link either.
    const found = lstatSync(path);
    if (!found.isFile() || found.size > MAX_GITIGNORE_BYTES) return undefined;
    return parseGitignore(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function prefixOf(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}

/** The system's error code. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EISDIR: 'it is a folder',
  ELOOP: 'a link that leads back to itself',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
  ENOSPC: 'no space is left',
  EROFS: 'its file system is read-only',
};

/** Why the system refused, in words and without the path. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return code === undefined ? 'unknown error' : (REASONS[code] ?? code);
}

/** Why a file could not be written: what is missing then is its folder. */
export function unwrittenBy(error: unknown): string {
  const code = codeOf(error);
  return `cannot be written: ${code === 'ENOENT' || code === 'ENOTDIR' ? 'its folder does not exist' : reasonOf(error)}`;
}
