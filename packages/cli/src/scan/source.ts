import type { ProjectReader } from '@sslmode/core/project';
import { collect, type Candidate, type Collected, type Selection } from './collect.ts';
import { disk } from './disk.ts';
import { FileReader, type Bytes } from './read.ts';
import type { Target } from './targets.ts';

/** Where a scan reads: the disk, or git's index. */
export interface Source {
  /** Policies, manifests and lockfiles: they come from where the files come from, or one would be judged by the other's. */
  readonly project: ProjectReader;
  /** Whether what was asked for is a part of what is there. */
  readonly isPart: boolean;
  /** The files that were asked for, each once. */
  collect(targets: readonly Target[], selection: Selection): Iterable<Collected> | AsyncIterable<Collected>;
  /** All files there, whether asked for or not. */
  all(targets: readonly Target[], selection: Selection): Iterable<Collected> | AsyncIterable<Collected>;
  /** The bytes of a file that was collected, unless there are more than `limit`; of this file only until the next is read. */
  read(file: Candidate, limit: number): Bytes;
}

const files = new FileReader();

/** The working tree. */
export const DISK: Source = { project: disk, isPart: false, collect, all: collect, read: (file, limit) => files.read(file.path, limit) };
