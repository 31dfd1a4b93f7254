import type { ProjectReader } from '../../src/project/reader.ts';

/** A file tree in memory; a name that ends in `/` is an empty folder. */
export function tree(files: Readonly<Record<string, string>>): ProjectReader & { readonly reads: string[] } {
  const all = new Map(Object.entries(files));
  const reads: string[] = [];
  return {
    reads,
    read(path) {
      reads.push(path);
      return all.get(path) ?? null;
    },
    exists: (path) => all.has(path) || [...all.keys()].some((file) => file.startsWith(`${path}/`)),
    list: (folder) => [...all.keys()].filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''),
  };
}
