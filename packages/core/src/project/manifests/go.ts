import { dependency, isVersion, type Dependency, type ManifestKind } from './manifest.ts';

/**
 * go.mod (https://go.dev/ref/mod#go-mod-file). Go takes the lowest version that all ask for, and since 1.17 writes all
 * of them down: what it names is what is built. `// indirect` marks what others brought.
 */
export const goMod: ManifestKind = {
  ecosystem: 'go',
  file: 'go.mod',
  pins: true,
  locks: [],
  dependencies(text) {
    const found: Dependency[] = [];
    let block = '';
    for (const line of text.split(/\r?\n/)) {
      const opened = /^\s*(\w+)\s*\($/.exec(line.trimEnd());
      if (opened?.[1] !== undefined) block = opened[1];
      else if (/^\s*\)/.test(line)) block = '';
      else {
        const required = block === 'require' ? /^\s*([\w./~-]+)\s+v(\S+)(.*)$/.exec(line) : /^\s*require\s+([\w./~-]+)\s+v(\S+)(.*)$/.exec(line);
        if (required?.[1] !== undefined && required[2] !== undefined && !/\/\/\s*indirect\b/.test(required[3] ?? '')) found.push(dependency(required[1], required[2]));
      }
    }
    return found;
  },
  versionOf: (version) => (isVersion(version) ? version.replace(/\+incompatible$/, '') : null),
};
