import { resolve } from 'node:path';
import type { Confidence, Mode } from '@sslmode/core';
import type { BaselineChoice } from '../baseline/baselines.ts';
import type { Since } from '../git/since.ts';
import type { JudgedFile } from './report.ts';
import type { Shard } from './shard.ts';
import { DISK, type Source } from './source.ts';
import type { PolicyChoice } from './surroundings.ts';
import { targetsOf, type Target } from './targets.ts';

/** What to scan and how. All of it may be left out. */
export interface ScanOptions {
  /** Files and folders, relative to `cwd`; by default `cwd` itself. */
  readonly paths?: readonly string[];
  /** What paths are relative to, in reports too; by default the process's working directory. */
  readonly cwd?: string;
  /** A policy file instead of those in the tree; `false` for none. */
  readonly config?: string | false;
  /** Asked at least of every host that is not local. */
  readonly minimum?: Mode;
  /** Findings below it are not reported; by default the policy's. */
  readonly confidence?: Confidence;
  /** A baseline instead of those in the project roots; `false` for none. Never written. */
  readonly baseline?: string | false;
  /** Globs relative to `cwd`. */
  readonly exclude?: readonly string[];
  /** Respect .gitignore, as is the default. */
  readonly gitignore?: boolean;
  /** Read Markdown too, as is not the default. */
  readonly markdown?: boolean;
  /** In megabytes, by default 5. */
  readonly maxFileSize?: number;
  /** `YYYY-MM-DD`, by default today in UTC: what `until` dates are held against. */
  readonly today?: string;
}

/** What to scan and how, everything decided. */
export interface ScanSettings {
  readonly cwd: string;
  readonly targets: readonly Target[];
  /** Read instead of targets: standard input as if it were a file. */
  readonly stdin: { readonly path: string; readonly bytes: Uint8Array } | null;
  readonly source: Source;
  /** Report only what changed since. */
  readonly since: Pick<Since, 'before' | 'isNew' | 'project'> | null;
  /** Report only on one part of the files. */
  readonly shard: Shard | null;
  readonly policy: PolicyChoice;
  readonly baseline: BaselineChoice;
  /** Keep the text of files with findings that have suggestions. */
  readonly keepFixable: boolean;
  readonly exclude: readonly string[];
  readonly gitignore: boolean;
  /** Markdown is read, too. */
  readonly markdown: boolean;
  /** In bytes. */
  readonly maxFileSize: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Called after every file with how many were read so far. */
  readonly onProgress?: (files: number) => void;
  /** Called after every file in which there was anything. */
  readonly onFile?: (judged: JudgedFile) => void;
}

/** What `--max-file-size` counts in, in bytes. */
export const MEGABYTE = 1024 * 1024;

/** Everything decided. Throws where a path does not exist. */
export function settingsOf(options: ScanOptions): ScanSettings {
  const cwd = resolve(options.cwd ?? process.cwd());
  const { config, baseline, minimum, confidence } = options;
  return {
    cwd,
    targets: targetsOf(options.paths ?? ['.'], cwd),
    stdin: null,
    source: DISK,
    since: null,
    shard: null,
    policy: {
      config: config === undefined ? 'nearest' : config === false ? 'none' : { file: resolve(cwd, config) },
      ...(minimum === undefined ? {} : { minimum }),
      ...(confidence === undefined ? {} : { confidence }),
    },
    baseline: { use: baseline === undefined ? 'root' : baseline === false ? 'none' : { file: resolve(cwd, baseline) }, update: false },
    keepFixable: false,
    exclude: options.exclude ?? [],
    gitignore: options.gitignore ?? true,
    markdown: options.markdown ?? false,
    maxFileSize: (options.maxFileSize ?? 5) * MEGABYTE,
    today: options.today ?? new Date().toISOString().slice(0, 10),
  };
}
