import { parseJson } from '../../json.ts';
import { objectOf, ownProperty } from './json-object.ts';
import { isVersion, type LockKind } from './manifest.ts';

/**
 * bun.lock, Bun's lockfile as text (https://bun.com/docs/pm/lockfile): JSON with commas at the ends; a package that is
 * nested in another's folder is listed as `OUTER/INNER`, one of a workspace under the workspace's name.
 */
export const bunLock: LockKind = {
  file: 'bun.lock',
  read(text) {
    const parsed = parseJson(text, { relaxed: true });
    if (!parsed.ok) return null;
    const lock = objectOf(parsed.value);
    const workspaces = objectOf(lock.workspaces);
    const packages = objectOf(lock.packages);
    return {
      versions(importer, dependency, companions) {
        if (!Object.hasOwn(workspaces, importer)) return null;
        const workspace = objectOf(workspaces[importer]).name;
        const found = find(packages, importer !== '' && typeof workspace === 'string' ? workspace : '', dependency.as);
        if (found === null) return null;
        const versions: Record<string, string> = { [dependency.name]: found.version };
        let { at } = found;
        for (const name of companions) {
          const companion = find(packages, at, name);
          if (companion === null) continue;
          versions[name] = companion.version;
          ({ at } = companion);
        }
        return versions;
      },
    };
  },
};

/** The entry that is nearest to `from`: below it, then below what it is nested in. */
function find(packages: Readonly<Record<string, unknown>>, from: string, name: string): { at: string; version: string } | null {
  const names = from === '' ? [] : (from.match(/@[^/]+\/[^/]+|[^/]+/g) ?? []);
  for (let depth = names.length; depth >= 0; depth--) {
    const at = [...names.slice(0, depth), name].join('/');
    const entry = ownProperty(packages, at);
    const [resolved] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
    if (typeof resolved !== 'string') continue;
    const version = resolved.slice(resolved.indexOf('@', 1) + 1);
    return isVersion(version) ? { at, version } : null;
  }
  return null;
}
