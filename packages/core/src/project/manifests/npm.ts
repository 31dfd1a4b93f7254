import { bunLock } from './bun-lock.ts';
import { objectOf, parseObject } from './json-object.ts';
import type { Dependency, ManifestKind } from './manifest.ts';
import { newestOfLowestMajor } from './npm-range.ts';
import { packageLock } from './package-lock.ts';
import { pnpmLock } from './pnpm-lock.ts';
import { yarnLock } from './yarn-lock.ts';

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** package.json (https://docs.npmjs.com/cli/configuring-npm/package-json), with the lockfiles of the four managers. */
export const npm: ManifestKind = {
  ecosystem: 'npm',
  file: 'package.json',
  // npm prefers a shrinkwrap to a package-lock.json beside it.
  locks: [{ ...packageLock, file: 'npm-shrinkwrap.json' }, packageLock, pnpmLock, yarnLock, bunLock],
  dependencies(text) {
    const manifest = parseObject(text);
    if (manifest === null) return null;
    return SECTIONS.flatMap((section) => Object.entries(objectOf(manifest[section])).flatMap(([name, range]) => (typeof range === 'string' ? [dependencyOf(name, range)] : [])));
  },
  versionOf: newestOfLowestMajor,
};

/** `"db": "npm:pg@^8"` is pg under another name. */
function dependencyOf(as: string, range: string): Dependency {
  const alias = /^npm:(@?[^@]+)(?:@(.*))?$/s.exec(range);
  return alias === null ? { name: as, as, range } : { name: alias[1] ?? as, as, range: alias[2] ?? '' };
}
