import { UsageError } from '../io.ts';
import { quoted } from '../options.ts';
import type { Candidate } from '../scan/collect.ts';
import { decode } from '../scan/read.ts';
import { pathFrom } from '../scan/targets.ts';
import { isWithin } from '../scan/walk.ts';
import { blobOid, type Repository } from './repository.ts';

/** What a file was before. */
export type Before =
  /** Nothing was changed in it, or it is no part of the change. */
  | { readonly kind: 'same' }
  /** `text` is `null` where there was no such file, or nothing that can be read. */
  | { readonly kind: 'changed'; readonly text: string | null };

/**
 * A commit to compare with. Files are compared by their content, not by `git diff`: for that git would run the
 * filters that a stranger's repository configures.
 */
export class Since {
  readonly #repository: Repository;
  /** Of the commit, by path from the top. */
  readonly #blobs: ReadonlyMap<string, string>;
  /** What git knows now, by path: an ignored file is part of a change only if it was added all the same. */
  readonly #tracked: ReadonlySet<string>;

  private constructor(repository: Repository, blobs: ReadonlyMap<string, string>, tracked: ReadonlySet<string>) {
    this.#repository = repository;
    this.#blobs = blobs;
    this.#tracked = tracked;
  }

  /** Where the branch in work left REF: what came to REF afterwards is no change of ours. Throws a UsageError for a REF that is none. */
  static async open(ref: string, repository: Repository): Promise<Since> {
    const given = await repository.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).catch(() => null);
    if (given === null) throw new UsageError(`There is no commit ${quoted(ref)} in this repository. Where it was cloned in part, as in CI, fetch it first.`);
    const commit = given.toString().trim();
    // There is none where the clone does not reach so far, nor before the first commit.
    const fork = await repository.run(['merge-base', commit, 'HEAD']).catch(() => null);
    try {
      const tree = (await repository.run(['ls-tree', '-r', '-z', '--full-tree', fork?.toString().split('\n', 1)[0] ?? commit])).toString();
      const blobs = tree.split('\0').flatMap((entry): [string, string][] => {
        const [, oid, path] = /^\d+ blob ([0-9a-f]+)\t([^]+)$/.exec(entry) ?? [];
        return oid === undefined || path === undefined ? [] : [[path, oid]];
      });
      const tracked = (await repository.run(['ls-files', '-z'])).toString().split('\0');
      return new Since(repository, new Map(blobs), new Set(tracked));
    } catch (error) {
      throw new UsageError(`The commit ${quoted(ref)} cannot be read: ${error instanceof Error ? error.message : 'git failed.'}`);
    }
  }

  /** What a file was, given what it is now. */
  async before(file: Candidate, bytes: Uint8Array): Promise<Before> {
    const { top } = this.#repository;
    // Another repository inside this one, or around it.
    if (file.root !== top || !isWithin(file.path, top)) return { kind: 'same' };
    const path = pathFrom(top, file.path);
    const oid = this.#blobs.get(path);
    if (oid === undefined) return file.gitIgnored && !this.#tracked.has(path) ? { kind: 'same' } : { kind: 'changed', text: null };
    if (oid === blobOid(bytes, oid.length)) return { kind: 'same' };
    const [content] = await this.#repository.contents([oid]);
    if (content == null) return { kind: 'changed', text: null };
    const decoded = decode(content);
    return { kind: 'changed', text: decoded.kind === 'text' ? decoded.text : null };
  }
}
