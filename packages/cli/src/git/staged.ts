import { dirname, resolve } from 'node:path';
import { UsageError, type Io } from '../io.ts';
import type { Candidate, Collected, Selection } from '../scan/collect.ts';
import type { Bytes } from '../scan/read.ts';
import type { Source } from '../scan/source.ts';
import { baseOf, pathFrom, slashed, targetsOf, type Target } from '../scan/targets.ts';
import { isSkippedFolder, isWithin } from '../scan/walk.ts';
import { GitFiles } from './files.ts';
import { disk } from '../scan/disk.ts';
import { Repository, type Blob } from './repository.ts';

/** A path that a commit would change. `blob` is `null` while a merge conflict in it is not resolved. */
interface Change {
  /** From the top, with `/`. */
  readonly path: string;
  readonly blob: Blob | null;
}

/** Contents in memory at once, in bytes. */
const BATCH_BYTES = 32 * 1024 * 1024;
const BATCH_FILES = 1000;

/** What is staged, read from git's index alone: the working tree may hold something else. */
export class Staged implements Source {
  readonly isPart = true;
  readonly project: GitFiles;
  readonly targets: readonly Target[];
  readonly repository: Repository;
  readonly #changes: readonly Change[];
  readonly #maxFileSize: number;
  readonly #contents = new Map<string, Bytes>();

  private constructor(repository: Repository, project: GitFiles, changes: readonly Change[], targets: readonly Target[], maxFileSize: number) {
    this.#maxFileSize = maxFileSize;
    this.repository = repository;
    this.project = project;
    this.#changes = changes;
    this.targets = targets;
  }

  /**
   * `named`: policy files of the command line (absolute), which need not be in the index; `maxFileSize` in bytes.
   * Throws a UsageError where the index cannot be read.
   */
  static async open(paths: readonly string[], io: Pick<Io, 'cwd' | 'env'>, { named, maxFileSize }: { named: readonly string[]; maxFileSize: number }): Promise<Staged> {
    const repository = await Repository.around(paths, io, '--staged');
    try {
      const besides = { reader: disk, has: (path: string) => named.some((file) => slashed(file) === path) };
      // Git works while the index is read.
      const [changes, index] = await Promise.all([changesIn(repository), GitFiles.ofIndex(repository, besides)]);
      return new Staged(repository, index, changes, targetsIn(paths, io.cwd, repository, index), maxFileSize);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(`The index cannot be read: ${error instanceof Error ? error.message : 'git failed.'}`);
    }
  }

  /** Never complains that there is nothing to read: nothing may be staged. */
  collect(targets: readonly Target[], selection: Selection): AsyncGenerator<Collected> {
    return this.#collect(this.#changes, targets, selection);
  }

  all(targets: readonly Target[], selection: Selection): AsyncGenerator<Collected> {
    return this.#collect([...this.project.blobs].map(([path, blob]) => ({ path, blob })), targets, selection);
  }

  async *#collect(files: readonly Change[], targets: readonly Target[], { cwd, roots, excludes, kindOf }: Selection): AsyncGenerator<Collected> {
    const elsewhere: { readonly file: Candidate; readonly blob: Blob }[] = [];
    for (const { path: name, blob } of files) {
      const path = resolve(this.repository.top, name);
      const target = targets.find((each) => (each.isFolder ? isWithin(path, each.path) : path === each.path));
      if (target === undefined || blob?.mode === '160000') continue;
      if (target.isFolder && dirname(pathFrom(target.path, path)).split('/').some(isSkippedFolder)) continue;
      const base = baseOf(target, cwd);
      // That it cannot be read must not look like a pass: it counts as named.
      const file: Candidate = { path, file: pathFrom(base, path), base, root: roots.of(dirname(path), target), gitIgnored: false, named: true };
      if (kindOf(path) === null) yield { kind: 'other-kind' };
      else if (excludes(pathFrom(cwd, path))) yield { kind: 'excluded' };
      else if (blob?.mode === '120000') yield* this.#link(name, blob, { ...file, named: false }, kindOf);
      else if (blob === null) yield { kind: 'problem', file, message: 'not read: a merge conflict in it is not resolved' };
      else {
        const bytes = this.repository.onDisk(name, blob.oid, this.#maxFileSize);
        if (bytes === null) {
          elsewhere.push({ file, blob });
          continue;
        }
        this.#contents.set(path, { kind: 'bytes', bytes });
        yield { kind: 'file', file };
      }
    }
    yield* this.#inBatches(elsewhere);
  }

  read(file: Candidate, limit: number): Bytes {
    const bytes = this.#contents.get(file.path) ?? { kind: 'unreadable', message: NOT_THERE };
    this.#contents.delete(file.path);
    return bytes.kind === 'bytes' && bytes.bytes.length > limit ? { kind: 'too-large', size: bytes.bytes.length } : bytes;
  }

  /** A commit holds a link's target only as a name. What it leads to is met under its own name, if it is staged. */
  *#link(name: string, blob: Blob, file: Candidate, kindOf: Selection['kindOf']): Generator<Collected> {
    const target = this.project.linkTarget(name, blob);
    if (target === null) yield { kind: 'problem', file, message: 'not followed: a link to something that is not in the index' };
    else if (this.project.kindOf(target) === 'file' && kindOf(target) === null) yield { kind: 'problem', file, message: 'not followed: a link; scan the file that it leads to' };
  }

  async *#inBatches(wanted: readonly { readonly file: Candidate; readonly blob: Blob }[]): AsyncGenerator<Collected> {
    const sizes = await this.repository.sizes(wanted.map(({ blob }) => blob.oid));
    let batch: typeof wanted[number][] = [];
    let bytes = 0;
    for (const [at, entry] of wanted.entries()) {
      const size = sizes[at] ?? null;
      if (size === null || size > this.#maxFileSize) {
        this.#contents.set(entry.file.path, size === null ? { kind: 'unreadable', message: NOT_THERE } : { kind: 'too-large', size });
        yield { kind: 'file', file: entry.file };
        continue;
      }
      if (bytes + size > BATCH_BYTES || batch.length === BATCH_FILES) {
        yield* this.#load(batch);
        batch = [];
        bytes = 0;
      }
      batch.push(entry);
      bytes += size;
    }
    yield* this.#load(batch);
  }

  async *#load(batch: readonly { readonly file: Candidate; readonly blob: Blob }[]): AsyncGenerator<Collected> {
    const contents = await this.repository.contents(batch.map(({ blob }) => blob.oid));
    for (const [at, { file }] of batch.entries()) {
      const content = contents[at] ?? null;
      this.#contents.set(file.path, content === null ? { kind: 'unreadable', message: NOT_THERE } : { kind: 'bytes', bytes: content });
      yield { kind: 'file', file };
    }
  }
}

const NOT_THERE = 'cannot be read: git does not have its content';

/** What is staged, without deletions: `git diff --cached` runs no filter and reads no file of the working tree. */
async function changesIn(repository: Repository): Promise<Change[]> {
  const args = ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=all', '--diff-filter=d'];
  const fields = (await repository.run(args)).toString().split('\0');
  const changes = new Map<string, Change>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode = '', , oid = '', status = ''] = (fields[at] ?? '').split(' ');
    const path = fields[at + 1] ?? '';
    // One that is not merged comes twice: as such, and as changed.
    if (status.startsWith('U')) changes.set(path, { path, blob: null });
    else if (!changes.has(path)) changes.set(path, { path, blob: { mode, oid } });
  }
  return [...changes.values()];
}

/** PATHs as the index and the disk have them: what is staged need not be on the disk any more. */
function targetsIn(paths: readonly string[], cwd: string, { top }: Repository, index: GitFiles): Target[] {
  return paths.flatMap((given): Target[] => {
    const path = resolve(cwd, given);
    const kind = index.kindOf(pathFrom(top, path));
    if (kind === null) return targetsOf([given], cwd);
    return [{ path, given, isFolder: kind === 'folder', folder: kind === 'folder' ? path : dirname(path) }];
  });
}
