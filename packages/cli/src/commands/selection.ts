import { resolve } from 'node:path';
import { isMode } from '@sslmode/core';
import { UsageError, type Io } from '../io.ts';
import type { BaselineChoice } from '../baseline/baselines.ts';
import type { Since } from '../git/since.ts';
import type { Staged } from '../git/staged.ts';
import { quoted, type Arguments } from '../options.ts';
import { MEGABYTE, type ScanSettings } from '../scan/options.ts';
import type { Shard } from '../scan/shard.ts';
import { disk } from '../scan/disk.ts';
import { DISK } from '../scan/source.ts';
import type { PolicyChoice } from '../scan/surroundings.ts';
import { targetsOf } from '../scan/targets.ts';

/** The settings of a scan that a command line asks for. */
export async function settingsOf(args: Arguments, io: Io): Promise<ScanSettings> {
  const { cwd } = io;
  const stdinName = args.get('stdin-filename');
  const ref = args.get('since');
  if (stdinName !== undefined && args.positionals.length > 0) throw new UsageError('--stdin-filename reads standard input: leave the PATHs out.');
  for (const option of ['staged', 'since']) {
    if (stdinName !== undefined && args.has(option)) throw new UsageError(`--stdin-filename and --${option} exclude each other.`);
  }
  const paths = args.positionals.length === 0 ? ['.'] : args.positionals;
  const staged = args.has('staged') ? await stagedFiles(paths, args, io) : null;
  return {
    cwd,
    targets: stdinName !== undefined ? [] : (staged?.targets ?? targetsOf(paths, cwd)),
    stdin: stdinName === undefined ? null : { path: resolve(cwd, stdinName), bytes: await io.readStdin() },
    source: staged ?? DISK,
    since: ref === undefined ? null : await sinceCommit(ref, staged, paths, io),
    shard: shardOf(args),
    policy: policyChoiceOf(args, io),
    baseline: baselineChoiceOf(args, io),
    keepFixable: wantsFixes(args),
    exclude: args.all('exclude'),
    gitignore: !args.has('no-gitignore'),
    markdown: args.has('markdown'),
    maxFileSize: maxFileSizeOf(args) * MEGABYTE,
    today: todayOf(args, io),
  };
}

async function stagedFiles(paths: readonly string[], args: Arguments, io: Io): Promise<Staged> {
  const config = args.get('config');
  const { Staged } = await import('../git/staged.ts');
  return Staged.open(paths, io, { named: [config, args.get('baseline')].flatMap((file) => (file === undefined ? [] : [resolve(io.cwd, file)])), maxFileSize: maxFileSizeOf(args) * MEGABYTE });
}

async function sinceCommit(ref: string, staged: Staged | null, paths: readonly string[], io: Io): Promise<Since> {
  const [{ Since }, { Repository }] = await Promise.all([import('../git/since.ts'), import('../git/repository.ts')]);
  return Since.open(ref, staged?.repository ?? (await Repository.around(paths, io, '--since')), staged?.project ?? disk);
}

/** Which policy a command line asks for. */
export function policyChoiceOf(args: Arguments, { cwd }: Io): PolicyChoice {
  const config = args.get('config');
  if (config !== undefined && args.has('no-config')) throw new UsageError('--config and --no-config exclude each other.');
  // Said as it was typed: a connection string in the wrong place would no longer look like one as a path.
  if (config !== undefined && !args.has('staged') && !disk.exists(resolve(cwd, config))) throw new UsageError(`There is no policy file ${quoted(config)}.`);
  const minimum = args.get('minimum');
  const confidence = args.get('confidence');
  return {
    config: args.has('no-config') ? 'none' : config === undefined ? 'nearest' : { file: resolve(cwd, config) },
    ...(isMode(minimum) ? { minimum } : {}),
    ...(confidence === 'low' || confidence === 'medium' || confidence === 'high' ? { confidence } : {}),
  };
}

function shardOf(args: Arguments): Shard | null {
  const text = args.get('shard');
  if (text === undefined) return null;
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count) throw new UsageError(`--shard takes a part and how many there are, as in 1/4, not ${quoted(text)}.`);
  if (args.has('stdin-filename')) throw new UsageError('--stdin-filename and --shard exclude each other.');
  return { index, count };
}

/** Whether findings are to be fixed, or a fix shown. */
function wantsFixes(args: Arguments): boolean {
  const fixes = args.has('fix') || args.has('diff');
  if (args.has('unsafe') && !fixes) throw new UsageError('--unsafe goes with --fix or --diff.');
  const other = ['staged', 'stdin-filename', 'update-baseline'].find((name) => args.has(name));
  // What is staged is not what lies on the disk, and only that is written.
  if (args.has('fix') && !args.has('diff') && other !== undefined) throw new UsageError(`--fix and --${other} exclude each other.`);
  return fixes;
}

function baselineChoiceOf(args: Arguments, { cwd }: Io): BaselineChoice {
  const file = args.get('baseline');
  const update = args.has('update-baseline');
  const excluded = update ? ['no-baseline', 'staged', 'since', 'stdin-filename', 'shard'] : file === undefined ? [] : ['no-baseline'];
  const other = excluded.find((name) => args.has(name));
  if (other !== undefined) throw new UsageError(`--${update ? 'update-baseline' : 'baseline'} and --${other} exclude each other.`);
  return { use: args.has('no-baseline') ? 'none' : file === undefined ? 'root' : { file: resolve(cwd, file) }, update };
}

/** In megabytes. */
export function maxFileSizeOf(args: Arguments): number {
  const text = args.get('max-file-size');
  if (text === undefined) return 5;
  const size = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : 0;
  if (size <= 0) throw new UsageError(`--max-file-size takes a number of megabytes above 0, not ${quoted(text)}.`);
  return size;
}

function todayOf(args: Arguments, io: Io): string {
  const text = args.get('today');
  if (text === undefined) return io.now().toISOString().slice(0, 10);
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // 2027-02-30 is no date, but Date makes one of it.
  if (date === undefined || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new UsageError(`--today takes a date as YYYY-MM-DD, not ${quoted(text)}.`);
  }
  return text;
}
