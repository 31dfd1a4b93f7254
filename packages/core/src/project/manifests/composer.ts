import { objectOf, parseObject } from './json-object.ts';
import { dependency, listLock, type ManifestKind } from './manifest.ts';
import { ofComposer } from './ranges.ts';

/** composer.json (https://getcomposer.org/doc/04-schema.md) and composer.lock. */
export const composer: ManifestKind = {
  ecosystem: 'composer',
  file: 'composer.json',
  locks: [
    {
      file: 'composer.lock',
      read(text) {
        const lock = parseObject(text);
        if (lock === null) return null;
        const packages = [lock['packages-dev'], lock.packages].flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []));
        return listLock(
          new Map(
            packages.flatMap((entry) => {
              const { name, version } = objectOf(entry);
              return typeof name === 'string' && typeof version === 'string' ? [[name.toLowerCase(), version.replace(/^v/, '')] as const] : [];
            }),
          ),
        );
      },
    },
  ],
  dependencies(text) {
    const manifest = parseObject(text);
    if (manifest === null) return null;
    return ['require', 'require-dev'].flatMap((section) => Object.entries(objectOf(manifest[section])).map(([name, range]) => dependency(name.toLowerCase(), typeof range === 'string' ? range : '')));
  },
  versionOf: ofComposer,
};
