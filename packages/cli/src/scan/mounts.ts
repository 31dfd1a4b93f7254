import { posix } from 'node:path';
import type { Reading } from '@sslmode/core';
import type { ProjectReader } from '@sslmode/core/project';

/** What a configuration puts into containers; `folder` is that of the configuration. */
export type Mounted = NonNullable<Reading['mounts']>[number] & { readonly folder: string };

const CONTAINERS = /^(?:dockerfile|containerfile)(?:[.-][\w.-]+)?$|\.(?:dockerfile|containerfile)$|^(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** What Dockerfiles and Compose files around a file put into containers: a path like `/app/certs/root.crt` is one in there. */
export class Mounts {
  readonly #reader: ProjectReader;
  readonly #read: (path: string, text: string) => Reading;
  /** By folder. */
  readonly #found = new Map<string, readonly Mounted[]>();

  constructor(reader: ProjectReader, read: (path: string, text: string) => Reading) {
    this.#reader = reader;
    this.#read = read;
  }

  /** Those of a folder and of the ones above it, the nearest first. */
  around(folder: string, root: string): readonly Mounted[] {
    return foldersUpTo(root, folder).flatMap((at) => this.#in(at));
  }

  #in(folder: string): readonly Mounted[] {
    let found = this.#found.get(folder);
    if (found === undefined) {
      found = containersIn(this.#reader, folder).flatMap((name) => {
        const path = posix.join(folder, name);
        const text = this.#reader.read(path);
        return text === null ? [] : (this.#read(path, text).mounts ?? []).map((mount) => ({ ...mount, folder }));
      });
      this.#found.set(folder, found);
    }
    return found;
  }
}

/** Files of a folder that make containers. */
export function containersIn(reader: ProjectReader, folder: string): readonly string[] {
  return (reader.list?.(folder) ?? []).filter((name) => CONTAINERS.test(name));
}

/** A folder and those above it, up to the root of its project. */
export function foldersUpTo(root: string, folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== root && at !== posix.dirname(at); folders.push(at)) at = posix.dirname(at);
  return folders;
}
