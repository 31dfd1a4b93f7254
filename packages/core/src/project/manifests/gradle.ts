import { objectOf } from './json-object.ts';
import { dependency, listLock, type Around, type Dependency, type LockKind, type ManifestKind } from './manifest.ts';
import { ofBrackets } from './ranges.ts';
import { objectAt, parseTomlObject, stringsOf } from './toml-data.ts';

const CATALOG = 'gradle/libs.versions.toml';

/** gradle.lockfile (https://docs.gradle.org/current/userguide/dependency_locking.html): `group:name:version=configurations`. */
const lockfile: LockKind = {
  file: 'gradle.lockfile',
  read: (text) => listLock(new Map([...text.matchAll(/^([\w.-]+:[\w.-]+):([^=\s:]+)=/gm)].map(([, name = '', version = '']) => [name, version]))),
};

/** build.gradle and build.gradle.kts: programs, of which only what is written out is read, with the versions and names that it refers to. */
export const gradle: ManifestKind = {
  ecosystem: 'maven',
  file: 'build.gradle',
  pattern: /\.gradle(?:\.kts)?$/,
  locks: [lockfile],
  dependencies(text, around) {
    const code = withoutComments(text);
    const versions = (name: string): string => variable(code, name) ?? variable(around?.above('gradle.properties') ?? '', name) ?? '';
    const resolved = (version: string): string => version.replaceAll(/\$\{?([\w.]+)\}?/g, (_, name: string) => versions(name.slice(name.lastIndexOf('.') + 1)));
    const coordinates = [...code.matchAll(/["']([\w.-]+:[\w.-]+)(?::([^"':@\s]*))?[^"'\n]*["'](?:[ \t]*\+[ \t]*(\w+))?/g)].map(([, name = '', version = '', added]) =>
      dependency(name, added !== undefined && version === '' ? versions(added) : resolved(version)),
    );
    const maps = [...code.matchAll(/\bgroup\s*[:=]\s*["']([\w.-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.-]+)["'](?:\s*,\s*version\s*[:=]\s*(?:["']([^"']*)["']|(\w+)))?/g)].map(([, group = '', name = '', version, added]) =>
      dependency(`${group}:${name}`, added === undefined ? resolved(version ?? '') : versions(added)),
    );
    return [...coordinates, ...maps, ...fromCatalog(code, around)];
  },
  versionOf: ofBrackets,
};

/** The catalog of a build (https://docs.gradle.org/current/userguide/version_catalogs.html): what its projects may ask for by short names. */
export const gradleCatalog: ManifestKind = {
  ecosystem: 'maven',
  file: CATALOG,
  locks: [],
  dependencies(text) {
    const catalog = parseTomlObject(text);
    return catalog === null ? null : [...libraries(catalog).values()];
  },
  versionOf: ofBrackets,
};

function withoutComments(text: string): string {
  let code = '';
  let at = 0;
  for (let open = text.indexOf('/*'); open >= 0; open = text.indexOf('/*', at)) {
    const close = text.indexOf('*/', open + 2);
    code += text.slice(at, open);
    at = close < 0 ? text.length : close + 2;
  }
  return (code + text.slice(at)).replaceAll(/(^|[^:])\/\/.*/gm, '$1');
}

/** `ext.postgresVersion = '42.7.3'`, `val postgresVersion = "42.7.3"`, `postgresVersion=42.7.3` of gradle.properties. */
function variable(text: string, name: string): string | undefined {
  return new RegExp(`(?:^|[\\s."'\\[])${name}["'\\]]?\\s*(?:=|by\\s+extra\\(|,|:)\\s*["']?([\\w.+-]+)`, 'm').exec(text)?.[1];
}

/** `libs.postgresql.jdbc`, `libs.bundles.db` */
function fromCatalog(code: string, around: Around | undefined): readonly Dependency[] {
  const used = new Set([...code.matchAll(/\blibs((?:\.\w+)+)/g)].map(([, path = '']) => path.slice(1).replace(/\.(?:get\w*|asProvider)$/, '')));
  if (used.size === 0) return [];
  const catalog = parseTomlObject(around?.above(CATALOG) ?? '');
  if (catalog === null) return [];
  const all = libraries(catalog);
  const bundles = objectAt(catalog, 'bundles');
  for (const [name, members] of Object.entries(bundles)) {
    if (used.has(`bundles.${accessor(name)}`)) for (const member of stringsOf(members)) used.add(accessor(member));
  }
  return [...all].flatMap(([alias, library]) => (used.has(alias) ? [library] : []));
}

/** By the name that build scripts use: `postgresql-jdbc` is `postgresql.jdbc` there. */
function libraries(catalog: Readonly<Record<string, unknown>>): ReadonlyMap<string, Dependency> {
  const versions = objectAt(catalog, 'versions');
  const version = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const { ref, strictly, prefer, require } = objectOf(value);
    if (typeof ref === 'string') return version(versions[ref]);
    return [prefer, strictly, require].find((each) => typeof each === 'string') ?? '';
  };
  return new Map(
    Object.entries(objectAt(catalog, 'libraries')).map(([alias, value]) => {
      const entry = objectOf(value);
      const module = typeof value === 'string' ? value : typeof entry.module === 'string' ? entry.module : `${text(entry.group)}:${text(entry.name)}`;
      const [group = '', name = '', written] = module.split(':');
      return [accessor(alias), dependency(`${group}:${name}`, written ?? version(entry.version))] as const;
    }),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function accessor(alias: string): string {
  return alias.replaceAll(/[-_]/g, '.');
}
