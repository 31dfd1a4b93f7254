import { dependency, isVersion, type ManifestKind } from './manifest.ts';

/**
 * go.mod (https://go.dev/ref/mod#go-mod-file). Go takes the lowest version that all ask for, and since 1.17 writes all
 * of them down: what it names is what is built. `// indirect` marks what others brought.
 */
export const goMod: ManifestKind = {
  ecosystem: 'go',
  file: 'go.mod',
  pins: true,
  locks: [],
  dependencies: (text) => required(text).filter(({ indirect }) => !indirect).map(({ name, range }) => dependency(name, range)),
  brought: (text) => required(text).filter(({ indirect }) => indirect).map(({ name, range }) => dependency(name, range)),
  versionOf: (version) => (isVersion(version) ? version.replace(/\+incompatible$/, '') : null),
};

function required(text: string): { readonly name: string; readonly range: string; readonly indirect: boolean }[] {
  const found: ReturnType<typeof required> = [];
  let block = '';
  for (const line of text.split(/\r?\n/)) {
    const opened = /^\s*(\w+)\s*\($/.exec(line.trimEnd());
    if (opened?.[1] !== undefined) block = opened[1];
    else if (/^\s*\)/.test(line)) block = '';
    else {
      const [, name, range, rest = ''] = (block === 'require' ? /^\s*([\w./~-]+)\s+v(\S+)(.*)$/ : /^\s*require\s+([\w./~-]+)\s+v(\S+)(.*)$/).exec(line) ?? [];
      if (name !== undefined && range !== undefined) found.push({ name, range, indirect: /\/\/\s*indirect\b/.test(rest) });
    }
  }
  return found;
}
