import { isVersion, type LockKind } from './manifest.ts';

/** Names to versions, as a lockfile refers to them. */
type References = Map<string, string>;

/**
 * pnpm-lock.yaml of versions 5 to 9 (https://github.com/pnpm/spec/tree/master/lockfile). Always written by pnpm, so
 * lines and their indentation tell all, and no YAML library is needed.
 */
export const pnpmLock: LockKind = {
  file: 'pnpm-lock.yaml',
  read(text) {
    const { importers, packages, major } = scan(text);
    return {
      versions(importer, dependency, companions) {
        const reference = importers.get(importer === '' ? '.' : importer)?.get(dependency.as);
        if (reference === undefined) return null;
        let key = keyOf(dependency.as, reference, major);
        const version = versionOf(key, major);
        if (!isVersion(version)) return null;
        const versions: Record<string, string> = { [dependency.name]: version };
        for (const name of companions) {
          const companion = packages.get(key)?.get(name);
          if (companion === undefined) continue;
          const companionKey = keyOf(name, companion, major);
          const companionVersion = versionOf(companionKey, major);
          if (!isVersion(companionVersion)) continue;
          versions[name] = companionVersion;
          key = companionKey;
        }
        return versions;
      },
    };
  },
};

interface Scanned {
  /** By folder, `.` for the root. */
  readonly importers: ReadonlyMap<string, References>;
  /** By `name@version`, with peers. */
  readonly packages: ReadonlyMap<string, References>;
  readonly major: number;
}

function scan(text: string): Scanned {
  const importers = new Map<string, References>();
  const packages = new Map<string, References>();
  let major = 9;
  /** Keys of the lines above, by depth. */
  let path: string[] = [];
  for (const line of linesOf(text)) {
    const entry = entryOf(line);
    if (entry === null) continue;
    const { depth, key, value } = entry;
    // `importers`, folder, `dependencies`, name, `version`.
    if (depth > 4) continue;
    path = [...path.slice(0, depth), key];
    const [top = '', ...rest] = path;
    if (top === 'lockfileVersion') {
      major = Number.parseInt(value, 10) || major;
    } else if (top === 'importers') {
      record(importers, rest[0], rest.slice(1), value);
    } else if (top === 'packages' || top === 'snapshots') {
      record(packages, rest[0] === undefined ? undefined : packageKey(rest[0], major), rest.slice(1), value);
    } else {
      record(importers, '.', path, value);
    }
  }
  return { importers, packages, major };
}

/** A line as key and value; `null` for list items, comments and what goes on over several lines. */
function entryOf(line: string): { depth: number; key: string; value: string } | null {
  const text = line.trimStart();
  const [quote = ''] = text;
  const quoted = quote === "'" || quote === '"';
  const from = quoted ? text.indexOf(quote, 1) + 1 : 0;
  // A colon ends a key only before a space or the end: `name@file:../folder:` is one key.
  const colon = text.indexOf(': ', from);
  const end = colon === -1 && text.endsWith(':') ? text.length - 1 : colon;
  if (end <= 0 || quote === '-' || quote === '#' || (quoted && from === 0)) return null;
  return { depth: (line.length - text.length) / 2, key: unquote(text.slice(0, end)), value: unquote(text.slice(end + 2).trim()) };
}

/** Takes `dependencies` › name (› `version`) under an importer or package. */
function record(owners: Map<string, References>, owner: string | undefined, path: readonly string[], value: string): void {
  const [section = '', name, detail] = path;
  if (owner === undefined || name === undefined || value === '') return;
  if (!/^(?:dependencies|devDependencies|optionalDependencies)$/.test(section) || path.length > 3) return;
  if (detail !== undefined && detail !== 'version') return;
  const references = owners.get(owner) ?? new Map<string, string>();
  references.set(name, value);
  owners.set(owner, references);
}

/** `name@version(peers)` of a key under `packages`: `pg@8.11.3(…)` (9), `/pg@8.11.3(…)` (6), `/pg/8.11.3_…` (5). */
function packageKey(key: string, major: number): string {
  const bare = key.startsWith('/') ? key.slice(1) : key;
  if (major >= 6) return bare;
  const slash = bare.lastIndexOf('/');
  return slash > 0 ? `${bare.slice(0, slash)}@${bare.slice(slash + 1)}` : bare;
}

/** The key under `packages` that a reference means: a version, or for an alias the whole key. */
function keyOf(name: string, reference: string, major: number): string {
  return isVersion(reference) ? `${name}@${reference}` : packageKey(reference, major);
}

/** The version in a key, without peers. */
function versionOf(key: string, major: number): string {
  const [version = ''] = key.slice(key.indexOf('@', 1) + 1).split(major >= 6 ? '(' : '_', 1);
  return version;
}

function unquote(text: string): string {
  return /^'.*'$|^".*"$/s.test(text) ? text.slice(1, -1) : text;
}

function* linesOf(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
    start = end === -1 ? text.length : end + 1;
  }
}
