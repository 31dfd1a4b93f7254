import { Buffer } from 'node:buffer';
import { dirname, resolve } from 'node:path';
import type { ProjectReader } from '@sslmode/core/project';
import { disk } from '../scan/disk.ts';
import { pathFrom, slashed } from '../scan/targets.ts';
import { isWithin } from '../scan/walk.ts';
import type { Blob, Repository } from './repository.ts';

/** More would be a loop. */
const MAX_LINKS = 10;

/** All that git's index holds: what a commit would hold, whatever lies on the disk. */
export class IndexFiles implements ProjectReader {
  readonly #repository: Repository;
  /** By path from the top. */
  readonly #blobs: ReadonlyMap<string, Blob>;
  readonly #folders = new Map<string, Set<string>>();
  /** Files that the user named, which count as they are on the disk where the index does not have them. */
  readonly #named: readonly string[];

  private constructor(repository: Repository, blobs: ReadonlyMap<string, Blob>, named: readonly string[]) {
    this.#repository = repository;
    this.#blobs = blobs;
    this.#named = named.map(slashed);
    for (const path of blobs.keys()) this.#list(path);
  }

  static async load(repository: Repository, named: readonly string[]): Promise<IndexFiles> {
    const output = (await repository.run(['ls-files', '--stage', '-z'])).toString();
    const blobs = new Map<string, Blob>();
    for (const entry of output.split('\0')) {
      const [, mode, oid, stage, path] = /^(\d+) ([0-9a-f]+) (\d)\t([^]+)$/.exec(entry) ?? [];
      if (mode !== undefined && oid !== undefined && path !== undefined && stage === '0') blobs.set(path, { mode, oid });
    }
    return new IndexFiles(repository, blobs, named);
  }

  /** Whether there is a file or folder at a path from the top. */
  kindOf(path: string): 'file' | 'folder' | null {
    return this.#blobs.has(path) ? 'file' : path === '' || this.#folders.has(path) ? 'folder' : null;
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
      const blob = this.#blobs.get(at);
      if (blob === undefined) return links === 0 && this.#named.includes(path) ? disk.read(path) : null;
      if (blob.mode !== '120000') return this.#text(at, blob);
      at = this.linkTarget(at, blob) ?? '';
    }
    return null;
  }

  exists(path: string): boolean {
    const { top } = this.#repository;
    const way = pathFrom(top, path);
    if (!isWithin(path, top) || way === '.git') return disk.exists(path);
    return this.kindOf(way) !== null || (this.#named.includes(path) && disk.exists(path));
  }

  list(folder: string): readonly string[] {
    const { top } = this.#repository;
    if (!isWithin(folder, top)) return disk.list(folder);
    return [...(this.#folders.get(pathFrom(top, folder)) ?? [])].sort();
  }

  #text(path: string, { mode, oid }: Blob): string | null {
    if (mode === '160000') return null;
    const bytes = this.#repository.readNow(oid, path);
    if (bytes === null) return null;
    const text = Buffer.from(bytes).toString('utf8');
    return text.startsWith('\ufeff') ? text.slice(1) : text;
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
