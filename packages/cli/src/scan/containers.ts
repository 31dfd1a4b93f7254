import { posix } from 'node:path';
import { endsOf, type Mount, type Reading, type ServerEnd } from '@sslmode/core';
import { isComposeFile, type ProjectReader } from '@sslmode/core/project';
import { pathFrom } from './targets.ts';

/** What a configuration puts into containers; `folder` is that of the configuration. */
export type Mounted = Mount & { readonly folder: string };

const DOCKERFILE = /^(?:dockerfile|containerfile)(?:[.-][\w.-]+)?$|\.(?:dockerfile|containerfile)$/i;
/** Configurations of a server that a service may be given. */
const SERVERS = /\.(?:conf|ini)$/;

/** Files of which all in one folder are about one thing: modules of Terraform, manifests of Kubernetes; and what those among them hold that say something of a server. */
const TOGETHER: readonly { readonly name: RegExp; readonly refers: RegExp; readonly servers: RegExp }[] = [
  { name: /\.tf$/, refers: /postgres\S*@\$\{/, servers: /force_ssl|require_ssl|ssl_mode|secure_transport|ssl_enforcement/ },
  { name: /\.ya?ml$/, refers: /^kind:/m, servers: /^kind:[ \t]*["']?(?:Cluster|postgresql|PostgresCluster|Pooler)\b/m },
];
/** So many files of a folder are looked at. */
const MOST = 100;

interface Found {
  readonly mounts: readonly Mounted[];
  /** `null` where no service has a name. */
  readonly servers: readonly ServerEnd[] | null;
  /** Configurations of servers whose command says itself whether they take TLS: it wins over its files. */
  readonly overridden: readonly string[];
}

/**
 * What Dockerfiles and Compose files around a file say: what they put into containers, for a path like `/app/certs/root.crt`
 * is one in there; and of the servers by whose names connections go.
 */
export class Containers {
  readonly #reader: ProjectReader;
  readonly #read: (path: string, text: string) => Reading;
  /** By folder. */
  readonly #found = new Map<string, Found>();
  /** By the folder and the kind of {@link TOGETHER}: each file's own. */
  readonly #together = new Map<string, readonly { readonly path: string; readonly servers: readonly ServerEnd[] }[]>();

  constructor(reader: ProjectReader, read: (path: string, text: string) => Reading) {
    this.#reader = reader;
    this.#read = read;
  }

  /** Those of a folder and of the ones above it, the nearest first. */
  mountsAround(folder: string, root: string): readonly Mounted[] {
    return foldersUpTo(root, folder).flatMap((at) => this.#in(at, root).mounts);
  }

  /** Those of the nearest folder upward that has services: further up the same names are others. */
  serversAround(folder: string, root: string): readonly ServerEnd[] {
    return foldersUpTo(root, folder).map((at) => this.#in(at, root).servers).find((servers) => servers !== null) ?? [];
  }

  /** Those that the other files of a module of Terraform, or of a folder of manifests, say something of. */
  serversBeside(path: string, text: string, root: string): readonly ServerEnd[] {
    const kind = togetherWith(path, text);
    if (kind === undefined) return [];
    const folder = posix.dirname(path);
    const id = `${folder} ${kind.name.source}`;
    let found = this.#together.get(id);
    if (found === undefined) {
      const names = (this.#reader.list?.(folder) ?? []).filter((name) => kind.name.test(name) && !makesContainers(name)).slice(0, MOST);
      found = names.flatMap((name) => {
        const own = posix.join(folder, name);
        const other = this.#reader.read(own);
        if (other === null || other.length > 1_000_000 || !kind.servers.test(other)) return [];
        return [{ path: own, servers: endsOf(this.#read(own, other).servers ?? [], other, pathFrom(root, own)) }];
      });
      this.#together.set(id, found);
    }
    return found.flatMap((file) => (file.path === path ? [] : file.servers));
  }

  /** Whether a configuration is one of a server whose command has the last word. */
  isOverridden(path: string, root: string): boolean {
    return foldersUpTo(root, posix.dirname(path)).some((at) => this.#in(at, root).overridden.includes(path));
  }

  #in(folder: string, root: string): Found {
    let found = this.#found.get(folder);
    if (found === undefined) {
      const files = containersIn(this.#reader, folder).flatMap((name) => this.#file(posix.join(folder, name)));
      const mounts = files.flatMap(({ reading }) => reading.mounts ?? []).map((mount) => ({ ...mount, folder }));
      const commands = files.flatMap(({ reading }) => (reading.servers ?? []).flatMap(({ names = [] }) => names));
      const hasServices = files.some(({ reading }) => reading.localNames.length > 0);
      found = { mounts, servers: !hasServices ? null : [...files.flatMap(({ path, text, reading }) => endsOf(reading.servers ?? [], text, pathFrom(root, path))), ...this.#mounted(mounts, root, commands)], overridden: mounts.filter(({ service }) => service !== undefined && commands.includes(service)).map(({ from }) => posix.join(folder, from)) };
      this.#found.set(folder, found);
    }
    return found;
  }

  /** What stands in files that a service is given as its configuration; all of a service's together. */
  #mounted(mounts: readonly Mounted[], root: string, commands: readonly string[]): readonly ServerEnd[] {
    return mounts.flatMap(({ from, folder, service }) => {
      if (service === undefined || !SERVERS.test(from)) return [];
      return this.#file(posix.join(folder, from)).flatMap(({ path, text, reading }) => endsOf((reading.servers ?? []).filter(({ byAddress }) => byAddress === true || !commands.includes(service)), text, pathFrom(root, path), [service]));
    });
  }

  #file(path: string): readonly { readonly path: string; readonly text: string; readonly reading: Reading }[] {
    const text = this.#reader.read(path);
    return text === null ? [] : [{ path, text, reading: this.#read(path, text) }];
  }
}

/** Whether a file may go to a server that one beside it is about. */
export function togetherWith(path: string, text: string): (typeof TOGETHER)[number] | undefined {
  return TOGETHER.find(({ name, refers }) => name.test(path) && !makesContainers(posix.basename(path)) && refers.test(text));
}

function makesContainers(name: string): boolean {
  return DOCKERFILE.test(name) || isComposeFile(name);
}

/** Files of a folder that make containers. */
export function containersIn(reader: ProjectReader, folder: string): readonly string[] {
  return (reader.list?.(folder) ?? []).filter(makesContainers);
}

/** A folder and those above it, up to the root of its project. */
export function foldersUpTo(root: string, folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== root && at !== posix.dirname(at); folders.push(at)) at = posix.dirname(at);
  return folders;
}
