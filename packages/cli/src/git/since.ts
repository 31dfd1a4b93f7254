import { resolve } from 'node:path';
import type { ProjectReader } from '@sslmode/core/project';
import { UsageError } from '../io.ts';
import { quoted } from '../options.ts';
import type { Candidate } from '../scan/collect.ts';
import type { SourceLines } from '../scan/places.ts';
import { pathFrom } from '../scan/targets.ts';
import { isWithin } from '../scan/walk.ts';
import { GitFiles } from './files.ts';
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
  /** All files as they were; those that are no part of a change, as they are. */
  readonly project: ProjectReader;
  readonly #top: string;
  readonly #files: GitFiles;
  /** What git knows now, or would if it were told of new files, by path: an ignored file is part of a change only if it was added all the same. */
  readonly #known: ReadonlySet<string>;
  /** What lines a file had, by its path, without the space around them. */
  readonly #lines = new Map<string, ReadonlySet<string>>();

  private constructor(top: string, files: GitFiles, known: ReadonlySet<string>) {
    this.project = files;
    this.#top = top;
    this.#files = files;
    this.#known = known;
  }

  /**
   * Where the branch in work left REF: what came to REF afterwards is no change of ours. Throws a UsageError for a REF
   * that is none.
   *
   * @param now all files as they are.
   */
  static async open(ref: string, repository: Repository, now: ProjectReader): Promise<Since> {
    const given = await repository.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).catch(() => null);
    if (given === null) throw new UsageError(`There is no commit ${quoted(ref)} in this repository. Where it was cloned in part, as in CI, fetch it first.`);
    const commit = given.toString().trim();
    // There is none where the clone does not reach so far, nor before the first commit.
    const fork = await repository.run(['merge-base', commit, 'HEAD']).catch(() => null);
    try {
      const known = new Set((await repository.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard'])).toString().split('\0'));
      const has = (path: string): boolean => !known.has(pathFrom(repository.top, path));
      const files = await GitFiles.ofCommit(repository, fork?.toString().split('\n', 1)[0] ?? commit, { reader: now, has });
      return new Since(repository.top, files, known);
    } catch (error) {
      throw new UsageError(`The commit ${quoted(ref)} cannot be read: ${error instanceof Error ? error.message : 'git failed.'}`);
    }
  }

  /** What a file was, given what it is now. */
  before(file: Candidate, bytes: Uint8Array): Before {
    // Another repository inside this one, or around it.
    if (file.root !== this.#top || !isWithin(file.path, this.#top)) return { kind: 'same' };
    const path = pathFrom(this.#top, file.path);
    const oid = this.#files.blobs.get(path)?.oid;
    if (oid === undefined) return this.#known.has(path) ? { kind: 'changed', text: null } : { kind: 'same' };
    return oid === blobOid(bytes, oid.length) ? { kind: 'same' } : { kind: 'changed', text: this.project.read(file.path) };
  }

  /** Whether any of these lines was not in their file before. */
  isNew({ path, text }: SourceLines): boolean {
    const known = this.#lines.get(path) ?? linesIn(this.project.read(resolve(path)) ?? '');
    this.#lines.set(path, known);
    return [...linesIn(text)].some((line) => !known.has(line));
  }
}

/** As LineIndex counts them. */
function linesIn(text: string): ReadonlySet<string> {
  return new Set(text.split(/\r\n|\n|\r/).map((line) => line.trim()));
}
