import { DRIVER_IDS, type Driver, type DriverId, type PackageVersions } from '../drivers/driver.ts';
import { DRIVERS, driverOf, parseDriverName } from '../drivers/index.ts';
import type { Candidate, Evidence } from '../judge/judgement.ts';
import { foldersUpward, joinPath, relativePath, resolvePath } from '../paths.ts';
import { MANIFEST_KINDS } from './manifests/kinds.ts';
import type { Around, Dependency, Lockfile, LockKind, ManifestKind } from './manifests/manifest.ts';
import { canonicalName } from './manifests/names.ts';
import type { ProjectReader } from './reader.ts';
import type { Roots } from './roots.ts';

/** A manifest that could not be read. */
export interface ManifestProblem {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/**
 * Packages that decide with the driver on what its settings mean, and that it brings itself: pg-connection-string
 * reads sslmode from 2.4 on. Each is looked for among the dependencies of the one before.
 */
const COMPANIONS: Readonly<Partial<Record<DriverId, readonly string[]>>> = { 'node-postgres': ['pg', 'pg-connection-string'] };

/** What a wrapper of an ecosystem hands its settings to. */
function underWrapper({ sameAs }: Driver, ecosystem: keyof Driver['packages']): readonly string[] {
  if (ecosystem === 'npm') return ['pg', 'pg-connection-string', 'postgres'];
  return (sameAs === undefined ? undefined : driverOf(sameAs)?.packages[ecosystem]) ?? [];
}

/** Finds drivers in manifests and lockfiles (INTERFACES.md, "Evidence for a driver"). */
export class ManifestEvidence {
  /** Manifests that could not be read, each once. */
  readonly problems: ManifestProblem[] = [];
  readonly #reader: ProjectReader;
  readonly #roots: Roots;
  readonly #folders = new Map<string, Evidence | null>();
  readonly #locks = new Map<string, Lockfile | null>();

  constructor(reader: ProjectReader, roots: Roots) {
    this.#reader = reader;
    this.#roots = roots;
  }

  /** Of the nearest folder upward, to the project root, whose manifests name a driver; `null` for none. */
  for(file: string): Evidence | null {
    for (const folder of this.#roots.upward(file)) {
      const evidence = this.#in(folder);
      if (evidence !== null) return evidence;
    }
    return null;
  }

  #in(folder: string): Evidence | null {
    let evidence = this.#folders.get(folder);
    if (evidence === undefined) {
      evidence = this.#find(folder);
      this.#folders.set(folder, evidence);
    }
    return evidence;
  }

  #find(folder: string): Evidence | null {
    const found = new Map<DriverId, Found>();
    for (const { kind, manifest } of this.#manifestsIn(folder)) {
      const text = this.#reader.read(manifest);
      const dependencies = text === null ? [] : kind.dependencies(text, this.#around(folder));
      if (dependencies === null) this.problems.push({ file: manifest, line: null, message: `not read: not a valid ${manifest.slice(manifest.lastIndexOf('/') + 1)}` });
      for (const driver of DRIVERS) {
        const names = driver.packages[kind.ecosystem] ?? [];
        const named = (dependencies ?? []).flatMap((dependency) => asNamed(kind, names, dependency)).sort((a, b) => rank(names, a) - rank(names, b));
        if (named.length === 0) continue;
        const inside = driver.unwrap === undefined || text === null ? [] : (kind.brought?.(text) ?? []).filter(({ name }) => underWrapper(driver, kind.ecosystem).includes(name));
        const next = { manifest, ...this.#candidate(kind, driver, [...named, ...inside], folder, manifest) };
        const known = found.get(driver.id);
        // Several manifests of one driver: what is locked counts before what is asked for, and that before a name alone.
        if (known === undefined || certainty(next) > certainty(known)) found.set(driver.id, next);
      }
    }
    const all = [...found.values()];
    const [first] = all;
    if (first === undefined) return null;
    const candidates = all.map(({ candidate }) => candidate).sort((a, b) => DRIVER_IDS.indexOf(a.id) - DRIVER_IDS.indexOf(b.id));
    // All count together, so the evidence is as good as the weakest of it.
    if (all.every(({ lock }) => lock !== null)) return { kind: 'lockfile', file: first.lock, line: null, candidates };
    return { kind: 'manifest', file: (all.find(({ lock }) => lock === null) ?? first).manifest, line: null, candidates };
  }

  /** The manifests in a folder; where it can't be listed, those with the usual names. */
  #manifestsIn(folder: string): readonly { readonly kind: ManifestKind; readonly manifest: string }[] {
    if (this.#reader.list === undefined) return MANIFEST_KINDS.map((kind) => ({ kind, manifest: joinPath(folder, kind.file) }));
    const names = new Set(this.#list(folder));
    // One that has a folder of its own.
    for (const inner of new Set(MANIFEST_KINDS.map(({ file }) => file.slice(0, Math.max(0, file.indexOf('/')))))) {
      if (names.has(inner)) for (const name of this.#list(joinPath(folder, inner))) names.add(`${inner}/${name}`);
    }
    return MANIFEST_KINDS.flatMap((kind) => [...names].filter((name) => name === kind.file || kind.pattern?.test(name) === true).map((name) => ({ kind, manifest: joinPath(folder, name) })));
  }

  #list(folder: string): readonly string[] {
    return this.#reader.list?.(folder) ?? [];
  }

  #around(folder: string): Around {
    return {
      read: (path) => this.#reader.read(resolvePath(folder, path)),
      above: (path) => {
        for (const at of foldersUpward(folder, this.#roots.of(folder))) {
          const text = this.#reader.read(joinPath(at, path));
          if (text !== null) return text;
        }
        return null;
      },
    };
  }

  #candidate(kind: ManifestKind, driver: Driver, named: readonly Dependency[], folder: string, manifest: string): { candidate: Candidate; lock: string | null } {
    const [primary = ''] = driver.packages[kind.ecosystem] ?? [];
    // The first count.
    const asked = Object.fromEntries(
      named.toReversed().flatMap(({ name, range }) => {
        const version = kind.versionOf(range);
        return version === null ? [] : [[name, version] as const];
      }),
    );
    const locked = kind.pins === true ? { file: manifest, versions: asked } : this.#locked(kind, driver, named, folder);
    const version = locked === null ? undefined : (locked.versions[primary] ?? driver.versionOf(locked.versions));
    if (locked !== null && version !== undefined) return { candidate: { id: driver.id, version, packages: locked.versions }, lock: locked.file };
    return { candidate: { id: driver.id, version: asked[primary] ?? driver.versionOf(asked) ?? null, packages: {} }, lock: null };
  }

  /** The entry of the nearest lockfile upward that has one for this folder. */
  #locked(kind: ManifestKind, driver: Driver, named: readonly Dependency[], folder: string): { file: string; versions: PackageVersions } | null {
    for (const at of foldersUpward(folder, this.#roots.of(folder))) {
      for (const lockKind of kind.locks) {
        const file = joinPath(at, lockKind.file);
        const lock = this.#lock(lockKind, file);
        if (lock === null) continue;
        const companions = COMPANIONS[driver.id] ?? (driver.unwrap === undefined ? [] : underWrapper(driver, kind.ecosystem));
        const versions: Record<string, string> = {};
        // The first count.
        for (const dependency of named.toReversed()) {
          const others = companions.filter((name) => name !== dependency.name);
          Object.assign(versions, lock.versions(relativePath(at, folder), dependency, others));
        }
        if (Object.keys(versions).length > 0) return { file, versions };
      }
    }
    return null;
  }

  #lock(kind: LockKind, file: string): Lockfile | null {
    let lock = this.#locks.get(file);
    if (lock === undefined) {
      const text = this.#reader.read(file);
      lock = text === null ? null : kind.read(text);
      if (text !== null && lock === null) this.problems.push({ file, line: null, message: `not read: not a valid ${kind.file}` });
      this.#locks.set(file, lock);
    }
    return lock;
  }
}

/** A driver that a manifest names. */
interface Found {
  readonly candidate: Candidate;
  readonly manifest: string;
  readonly lock: string | null;
}

function certainty({ candidate, lock }: Found): number {
  return lock !== null ? 2 : candidate.version !== null ? 1 : 0;
}

/** The dependency under the name that the driver has for it, if it is one of the driver's. */
function asNamed({ ecosystem }: ManifestKind, names: readonly string[], dependency: Dependency): readonly Dependency[] {
  const canonical = canonicalName(ecosystem, dependency.name);
  const name = names.find((each) => canonicalName(ecosystem, each) === canonical);
  return name === undefined ? [] : [{ ...dependency, name }];
}

/** The driver's own package before its relatives, under its own name before aliases. */
function rank(names: readonly string[], { name, as }: Dependency): number {
  return 2 * names.indexOf(name) + (as === name ? 0 : 1);
}

/** The evidence of a policy that names a driver, `ID` or `ID@VERSION`. */
export function namedEvidence(kind: 'policy-path' | 'default', name: string, file: string | null): Evidence {
  const { id, version } = parseDriverName(name);
  // The policy's schema knows this other spelling.
  const canonical = id === 'lib/pq' ? 'lib-pq' : id;
  return { kind, file, line: null, candidates: DRIVER_IDS.filter((known) => known === canonical).map((known) => ({ id: known, version, packages: {} })) };
}
