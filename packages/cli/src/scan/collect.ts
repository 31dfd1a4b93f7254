import type { Dirent } from 'node:fs';
import { dirname } from 'node:path';
import type { FileKind } from '@sslmode/core/files';
import { disk } from './disk.ts';
import { walk } from './walk.ts';
import { baseOf, pathFrom, type ProjectRoots, type Target } from './targets.ts';

/** A file to read. */
export interface Candidate {
  /** Absolute. */
  readonly path: string;
  /** As reports name it: relative to `base`, with `/`. */
  readonly file: string;
  readonly base: string;
  /** Root of its project. */
  readonly root: string;
  readonly gitIgnored: boolean;
  /** The user named this very file. */
  readonly named: boolean;
}

/** What collecting comes by: a file to read, or why one is not read. */
export type Collected =
  | { readonly kind: 'file'; readonly file: Candidate }
  | { readonly kind: 'other-kind' | 'excluded' }
  | { readonly kind: 'problem'; readonly file: Candidate; readonly message: string }
  | { readonly kind: 'failure'; readonly message: string };

/** Which files are wanted. */
export interface Selection {
  readonly cwd: string;
  readonly roots: ProjectRoots;
  readonly gitignore: boolean;
  /** The kind of a file by its name; `null` for one that is not wanted. */
  readonly kindOf: (path: string) => FileKind | null;
  /** `--exclude`: paths relative to the working directory. */
  readonly excludes: (path: string) => boolean;
}

/** All files to read, each once, folder by folder in a fixed order. */
export function* collect(targets: readonly Target[], selection: Selection): Generator<Collected> {
  try {
    yield* collectAll(targets, selection);
  } finally {
    disk.forget();
  }
}

function* collectAll(targets: readonly Target[], selection: Selection): Generator<Collected> {
  const { cwd, roots, excludes, gitignore, kindOf } = selection;
  const listed = (folder: string, entries: readonly Dirent[]): void => {
    disk.keep(folder, entries);
    roots.listed(folder, entries.some(({ name }) => name === '.git'));
  };
  const seen = new Set<string>();
  for (const target of targets) {
    const base = baseOf(target, cwd);
    const candidate = (path: string, gitIgnored: boolean): Candidate => ({
      path,
      file: pathFrom(base, path),
      base,
      root: roots.of(dirname(path), target),
      gitIgnored,
      named: path === target.path,
    });
    if (!target.isFolder) {
      if (seen.has(target.path)) continue;
      seen.add(target.path);
      if (kindOf(target.path) === null) yield { kind: 'other-kind' };
      else if (excludes(pathFrom(cwd, target.path))) yield { kind: 'excluded' };
      else yield { kind: 'file', file: candidate(target.path, false) };
      continue;
    }
    let known = 0;
    let leftOut = 0;
    const walked = walk(target.path, {
      projectRoot: roots.of(target.path, target),
      gitignore,
      test: (path) => nameTest(kindOf(path)),
      excludes: (path) => excludes(pathFrom(cwd, path)),
      listed,
    });
    for (const entry of walked) {
      if (entry.kind === 'left-out') {
        leftOut++;
        continue;
      }
      known++;
      if (entry.kind === 'excluded') {
        yield { kind: 'excluded' };
      } else if (!seen.has(entry.path)) {
        seen.add(entry.path);
        if (entry.kind === 'file') yield { kind: 'file', file: candidate(entry.path, entry.gitIgnored) };
        else yield { kind: 'problem', file: candidate(entry.path, false), message: entry.message };
      }
    }
    if (known === 0) {
      const ignored = leftOut === 0 ? '' : ` that git does not ignore (--no-gitignore reads ${leftOut === 1 ? 'the one' : `the ${leftOut}`} that it does)`;
      yield { kind: 'failure', message: `Nothing to read in ${target.given}: no file of a kind that can hold a connection${ignored}.` };
    }
  }
}

function nameTest(kind: FileKind | null): { known: boolean; environment: boolean } {
  return { known: kind !== null, environment: kind?.id === 'dotenv' };
}
