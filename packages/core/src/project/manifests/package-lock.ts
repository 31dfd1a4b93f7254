import { objectOf, ownProperty, parseObject } from './json-object.ts';
import { isVersion, type LockKind } from './manifest.ts';

/**
 * package-lock.json and npm-shrinkwrap.json (https://docs.npmjs.com/cli/configuring-npm/package-lock-json): versions 2
 * and 3 list every folder under node_modules, version 1 nests `dependencies`.
 */
export const packageLock: LockKind = {
  file: 'package-lock.json',
  read(text) {
    const lock = parseObject(text);
    if (lock === null) return null;
    const packages = 'packages' in lock ? objectOf(lock.packages) : flatten(objectOf(lock.dependencies));
    return {
      versions(importer, dependency, companions) {
        // A lockfile that does not list the folder is none of its workspace.
        if (!Object.hasOwn(packages, importer)) return null;
        const found = find(packages, importer, dependency.as);
        if (found === null || !isVersion(found.version)) return null;
        const versions: Record<string, string> = { [dependency.name]: found.version };
        for (let [index, at] = [0, found.at]; index < companions.length; index++) {
          const name = companions[index] ?? '';
          const companion = find(packages, at, name);
          if (companion === null || !isVersion(companion.version)) continue;
          versions[name] = companion.version;
          at = companion.at;
        }
        return versions;
      },
    };
  },
};

/** As Node.js looks for a package: in the node_modules of a folder, then of those above. */
function find(packages: Readonly<Record<string, unknown>>, from: string, name: string): { at: string; version: unknown } | null {
  let folder = from;
  for (;;) {
    const at = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, at)) return { at, version: objectOf(packages[at]).version };
    if (folder === '') return null;
    do folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    while (folder === 'node_modules' || folder.endsWith('/node_modules'));
  }
}

/** Version 1 in the shape of the later ones, as deep as our packages can lie. */
function flatten(dependencies: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const packages: [string, unknown][] = [['', {}]];
  for (const [name, entry] of Object.entries(dependencies)) {
    packages.push([`node_modules/${name}`, entry]);
    const nested = objectOf(ownProperty(objectOf(entry), 'dependencies'));
    for (const [inner, innerEntry] of Object.entries(nested)) packages.push([`node_modules/${name}/node_modules/${inner}`, innerEntry]);
  }
  return Object.fromEntries(packages);
}
