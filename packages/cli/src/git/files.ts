import { Buffer } from 'node:buffer';
import { dirname, join, resolve } from 'node:path';
import type { ProjectReader } from '@sslmode/core/project';
import { disk } from '../scan/disk.ts';
import { decode } from '../scan/read.ts';
import { pathFrom } from '../scan/targets.ts';
import { isWithin } from '../scan/walk.ts';
import type { Blob, Repository } from './repository.ts';

/** More would be a loop. */
const MAX_LINKS = 10;

/** Files that count as they are elsewhere where git has none. */
interface Besides {
  readonly reader: ProjectReader;
  /** @param path absolute. */
  readonly has: (path: string) => boolean;
}

/** All that git's index or a commit holds, whatever lies on the disk. */
export class GitFiles implements ProjectReader {
  /** By path from the top. */
  readonly blobs: ReadonlyMap<string, Blob>;
  readonly #repository: Repository;
  readonly #folders = new Map<string, Set<string>>();
  readonly #besides: Besides | null;

  private constructor(repository: Repository, blobs: ReadonlyMap<string, Blob>, besides: Besides | null) {
    this.#repository = repository;
    this.blobs = blobs;
    this.#besides = besides;
    for (const path of blobs.keys()) this.#list(path);
  }

  /** What a commit of now would hold. */
  static async ofIndex(repository: Repository, besides: Besides | null): Promise<GitFiles> {
    return new GitFiles(repository, await repository.indexed(), besides);
  }

  /** What a commit holds. */
  static async ofCommit(repository: Repository, commit: string, besides: Besides | null): Promise<GitFiles> {
    return new GitFiles(repository, await repository.committed(commit), besides);
  }

  /** Whether there is a file or folder at a path from the top. */
  kindOf(path: string): 'file' | 'folder' | null {
    return this.blobs.has(path) ? 'file' : path === '' || this.#folders.has(path) ? 'folder' : null;
  }

  /** Where a link in the index leads to, as a path from the top; `null` for out of the repository or nowhere. */
  linkTarget(path: string, blob: Blob): string | null {
    const text = Buffer.from(this.#repository.readNow(blob.oid, path) ?? []).toString();
    const target = pathFrom(this.#repository.top, resolve(dirname(resolve(this.#repository.top, path)), text));
    return text !== '' && this.kindOf(target) !== null ? target : null;
  }

  read(path: string): string | null {
    const { top } = this.#repository;
    if (!isWithin(path, top)) return disk.read(path);
    let at = pathFrom(top, path);
    for (let links = 0; links < MAX_LINKS; links++) {
      const blob = this.blobs.get(at);
      if (blob === undefined) return links === 0 && this.#besides?.has(path) === true ? this.#besides.reader.read(path) : null;
      if (blob.mode !== '120000') return this.#text(at, blob);
      at = this.linkTarget(at, blob) ?? '';
    }
    return null;
  }

  exists(path: string): boolean {
    const { top } = this.#repository;
    const way = pathFrom(top, path);
    if (!isWithin(path, top) || way === '.git') return disk.exists(path);
    return this.kindOf(way) !== null || (this.#besides?.has(path) === true && this.#besides.reader.exists(path));
  }

  list(folder: string): readonly string[] {
    const { top } = this.#repository;
    if (!isWithin(folder, top)) return disk.list(folder);
    const names = this.#folders.get(pathFrom(top, folder)) ?? [];
    const { reader, has } = this.#besides ?? {};
    const others = reader?.list?.(folder).filter((name) => has?.(join(folder, name))) ?? [];
    return [...new Set([...names, ...others])].sort();
  }

  #text(path: string, { mode, oid }: Blob): string | null {
    if (mode === '160000') return null;
    const bytes = this.#repository.readNow(oid, path);
    if (bytes === null) return null;
    const decoded = decode(bytes);
    return decoded.kind === 'text' ? decoded.text : null;
  }

  /** Enters a path into the folders above it. */
  #list(path: string): void {
    for (let child = path; ; ) {
      const slash = child.lastIndexOf('/');
      const folder = slash < 0 ? '' : child.slice(0, slash);
      const names = this.#folders.get(folder);
      names?.add(child.slice(slash + 1));
      if (names !== undefined) return;
      this.#folders.set(folder, new Set([child.slice(slash + 1)]));
      if (folder === '') return;
      child = folder;
    }
  }
}
