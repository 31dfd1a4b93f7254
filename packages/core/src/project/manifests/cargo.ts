import { objectOf } from './json-object.ts';
import { isVersion, type Dependency, type ManifestKind } from './manifest.ts';
import { ofCargo } from './ranges.ts';
import { lockedPackages, objectAt, parseTomlObject } from './toml-data.ts';

const SECTIONS = ['dependencies', 'dev-dependencies', 'build-dependencies'];

/** Cargo.toml (https://doc.rust-lang.org/cargo/reference/manifest.html); Cargo.lock is one a workspace, and does not say where its members lie. */
export const cargo: ManifestKind = {
  ecosystem: 'cargo',
  file: 'Cargo.toml',
  locks: [
    {
      file: 'Cargo.lock',
      read(text) {
        const versions = new Map<string, string[]>();
        for (const { name, version } of lockedPackages(text)) versions.set(name, [...(versions.get(name) ?? []), version]);
        return {
          versions(_, { name, range }) {
            const all = versions.get(name) ?? [];
            const wanted = ofCargo(range);
            // Of several the one that the range allows.
            const found = all.length === 1 ? all[0] : all.findLast((version) => wanted !== null && (version === wanted || version.startsWith(`${wanted}.`)));
            return isVersion(found) ? { [name]: found } : null;
          },
        };
      },
    },
  ],
  dependencies(text, around) {
    const manifest = parseTomlObject(text);
    if (manifest === null) return null;
    const targets = Object.values(objectAt(manifest, 'target')).map(objectOf);
    const own = [manifest, ...targets].flatMap((from) => SECTIONS.map((section) => objectAt(from, section)));
    const shared = objectAt(manifest, 'workspace', 'dependencies');
    let root: Readonly<Record<string, unknown>> | undefined;
    const inherited = (name: string): unknown => {
      root ??= Object.keys(shared).length > 0 ? shared : workspaceOf(around?.read('../Cargo.toml') ?? around?.read('../../Cargo.toml') ?? '');
      return root[name];
    };
    return [...own, shared].flatMap((table) => Object.entries(table).map(([as, value]) => dependencyOf(as, value, inherited)));
  },
  versionOf: ofCargo,
};

function workspaceOf(text: string): Readonly<Record<string, unknown>> {
  return objectAt(parseTomlObject(text) ?? {}, 'workspace', 'dependencies');
}

function dependencyOf(as: string, value: unknown, inherited: (name: string) => unknown): Dependency {
  const entry = objectOf(value);
  if (entry.workspace === 'true') return dependencyOf(as, inherited(as), () => undefined);
  const range = typeof value === 'string' ? value : entry.version;
  return { name: typeof entry.package === 'string' ? entry.package : as, as, range: typeof range === 'string' ? range : '' };
}
