import type { Driver, PackageVersions } from '../../drivers/driver.ts';

/** Where names of packages come from; the keys of {@link Driver.packages}. */
export type Ecosystem = keyof Driver['packages'];

/** A package that a manifest asks for itself. */
export interface Dependency {
  /** The package's own name. */
  readonly name: string;
  /** What it is called here; another name where the manifest gives it an alias. */
  readonly as: string;
  /** Which versions are asked for, as written. */
  readonly range: string;
}

/** Files around a manifest that it refers to. */
export interface Around {
  /** The text of a file by its path seen from the manifest's folder; `null` for none. */
  readonly read: (path: string) => string | null;
  /** The text of the nearest such file, in the manifest's folder or above it up to the project root. */
  readonly above: (path: string) => string | null;
}

/** A kind of file in which a project lists what it depends on. One file an ecosystem, one line a kind in kinds.ts. */
export interface ManifestKind {
  readonly ecosystem: Ecosystem;
  /** Its usual name, seen from the folder that it is for. */
  readonly file: string;
  /** Other names that it goes by. */
  readonly pattern?: RegExp;
  /** What it asks for is what is installed, so it is its own lockfile (go.mod). */
  readonly pins?: boolean;
  readonly locks: readonly LockKind[];
  /** What others brought, where it pins that as well: no evidence, but the version of what a wrapper has inside. */
  brought?(text: string): readonly Dependency[];
  /** What it lists directly; `null` where it can't be read. Never throws. */
  dependencies(text: string, around?: Around): readonly Dependency[] | null;
  /** The newest version that a range allows of its lowest major, as far as the range tells it: "8", "8.11", "8.11.3"; `null` for a tag, a path or anything. */
  versionOf(range: string): string | null;
}

/** A kind of lockfile. */
export interface LockKind {
  readonly file: string;
  /** Reads it once for many questions; `null` where it can't be read. Never throws, and takes linear time. */
  read(text: string): Lockfile | null;
}

/** What a lockfile tells. */
export interface Lockfile {
  /**
   * Versions of a dependency of the manifest in `importer` (its folder relative to the lockfile's, empty for the same)
   * and of those `companions` that are installed for it, by package name; `null` where it has no entry for that.
   */
  versions(importer: string, dependency: Dependency, companions: readonly string[]): PackageVersions | null;
}

/** A number first: what is no version is a link to a folder, or a URL. */
export function isVersion(text: unknown): text is string {
  return typeof text === 'string' && /^\d+\.\d/.test(text);
}

/** A lockfile that is a list of versions by name, for one folder and those below it that `knows` says it is for. */
export function listLock(versions: ReadonlyMap<string, string>, knows: (importer: string) => boolean = (importer) => importer === ''): Lockfile {
  return {
    versions(importer, { as, name }) {
      const version = knows(importer) ? versions.get(as) : undefined;
      return isVersion(version) ? { [name]: version } : null;
    },
  };
}

/** A package that a manifest asks for by its own name. */
export function dependency(name: string, range: string): Dependency {
  return { name, as: name, range };
}
