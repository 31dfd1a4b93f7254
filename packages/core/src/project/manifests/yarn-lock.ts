import { isVersion, type LockKind } from './manifest.ts';

/** One package as installed. */
interface Block {
  version: string;
  /** Names and ranges of what it depends on. */
  readonly dependencies: Map<string, string>;
}

/**
 * yarn.lock, of Yarn 1 (https://classic.yarnpkg.com/docs/yarn-lock) and of the later ones, which write the same blocks
 * as YAML. Always written by Yarn, so lines and their indentation tell all.
 */
export const yarnLock: LockKind = {
  file: 'yarn.lock',
  read(text) {
    const { byDescriptor, byName, workspaces } = scan(text);
    const find = (name: string, range: string, known: boolean): Block | undefined => {
      const exact = byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`);
      // In a folder that the lockfile is surely for, the range may have been replaced by `resolutions` or a catalog:
      // one block alone must be it.
      const all = byName.get(name) ?? [];
      return exact ?? (known && all.length === 1 ? all[0] : undefined);
    };
    return {
      versions(importer, dependency, companions) {
        // Yarn 1 does not list workspaces.
        if (workspaces.size > 0 && !workspaces.has(importer || '.')) return null;
        const known = workspaces.size > 0 || importer === '';
        const range = dependency.as === dependency.name ? dependency.range : `npm:${dependency.name}@${dependency.range}`;
        let block = find(dependency.as, range, known);
        if (block === undefined || !isVersion(block.version)) return null;
        const versions: Record<string, string> = { [dependency.name]: block.version };
        for (const name of companions) {
          const wanted: string | undefined = block.dependencies.get(name);
          const companion: Block | undefined = wanted === undefined ? undefined : find(name, wanted, true);
          if (companion === undefined || !isVersion(companion.version)) continue;
          versions[name] = companion.version;
          block = companion;
        }
        return versions;
      },
    };
  },
};

function scan(text: string): { byDescriptor: ReadonlyMap<string, Block>; byName: ReadonlyMap<string, readonly Block[]>; workspaces: ReadonlySet<string> } {
  const byDescriptor = new Map<string, Block>();
  const byName = new Map<string, Block[]>();
  /** Folders of workspaces, `.` for the root. */
  const workspaces = new Set<string>();
  let block: Block = { version: '', dependencies: new Map() };
  let inDependencies = false;
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      block = { version: '', dependencies: new Map() };
      inDependencies = false;
      const names = new Set<string>();
      for (const descriptor of line.replace(/:$/, '').replaceAll('"', '').split(', ')) {
        byDescriptor.set(descriptor, block);
        const at = descriptor.indexOf('@', 1);
        names.add(descriptor.slice(0, at));
        if (descriptor.startsWith('workspace:', at + 1)) workspaces.add(descriptor.slice(at + 1 + 'workspace:'.length));
      }
      for (const name of names) {
        const blocks = byName.get(name);
        if (blocks === undefined) byName.set(name, [block]);
        else blocks.push(block);
      }
      continue;
    }
    const field = /^( {2}| {4})("[^"]+"|[^\s":]+):? *(.*)$/.exec(line);
    if (field === null) continue;
    const [, indent = '', name = '', value = ''] = field;
    if (indent.length === 2) {
      inDependencies = name === 'dependencies' || name === 'optionalDependencies';
      if (name === 'version') block.version = value.replaceAll('"', '');
    } else if (inDependencies) {
      block.dependencies.set(name.replaceAll('"', ''), value.replaceAll('"', ''));
    }
  }
  return { byDescriptor, byName, workspaces };
}
