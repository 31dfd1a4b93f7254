import { existsSync, readFileSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, normalize } from 'node:path';
import type { ProjectReader } from '@sslmode/core/project';

/** Lockfiles can be large, but not like this. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** So many folders' entries are kept: of the one at hand and of some above it. */
const KEPT_FOLDERS = 64;

/**
 * The file system as a project sees it: policies, manifests and lockfiles. Never throws, and never waits for a named
 * pipe. What a walk has listed is not asked for again: hardly any folder has what is looked for in each.
 */
class Disk implements ProjectReader {
  /** By folder; names in lower case, made when first asked for: not every system minds the case. */
  readonly #listed = new Map<string, { readonly entries: readonly Dirent[]; names?: ReadonlySet<string> }>();

  /** Keeps what is in a folder, for a while. */
  keep(folder: string, entries: readonly Dirent[]): void {
    this.#listed.set(folder, { entries });
    const [oldest] = this.#listed.size > KEPT_FOLDERS ? this.#listed.keys() : [];
    if (oldest !== undefined) this.#listed.delete(oldest);
  }

  /** Forgets what {@link keep} was told: the next to ask may find other files. */
  forget(): void {
    this.#listed.clear();
  }

  read(path: string): string | null {
    if (this.#isMissing(path)) return null;
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true || stats.size > MAX_BYTES) return null;
      const text = readFileSync(path, 'utf8');
      return text.startsWith('\ufeff') ? text.slice(1) : text;
    } catch {
      return null;
    }
  }

  exists(path: string): boolean {
    return !this.#isMissing(path) && existsSync(path);
  }

  list(folder: string): readonly string[] {
    const known = this.#listed.get(normalize(folder));
    if (known !== undefined) return known.entries.map(({ name }) => name);
    try {
      return readdirSync(folder).sort();
    } catch {
      return [];
    }
  }

  #isMissing(path: string): boolean {
    const known = this.#listed.get(normalize(dirname(path)));
    if (known === undefined) return false;
    known.names ??= new Set(known.entries.map(({ name }) => name.toLowerCase()));
    return !known.names.has(basename(path).toLowerCase());
  }
}

/** The one file system there is. */
export const disk = new Disk();
