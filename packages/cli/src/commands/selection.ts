import { resolve } from 'node:path';
import { isMode } from '@sslmode/core';
import { UsageError, type Io } from '../io.ts';
import { quoted, type Arguments } from '../options.ts';
import { MEGABYTE, type ScanSettings } from '../scan/scan.ts';
import type { PolicyChoice } from '../scan/surroundings.ts';
import { targetsOf } from '../scan/targets.ts';

/** The settings of a scan that a command line asks for. */
export async function settingsOf(args: Arguments, io: Io): Promise<ScanSettings> {
  const { cwd } = io;
  const stdinName = args.get('stdin-filename');
  if (stdinName !== undefined && args.positionals.length > 0) throw new UsageError('--stdin-filename reads standard input: leave the PATHs out.');
  return {
    cwd,
    targets: stdinName === undefined ? targetsOf(args.positionals.length === 0 ? ['.'] : args.positionals, cwd) : [],
    stdin: stdinName === undefined ? null : { path: resolve(cwd, stdinName), bytes: await io.readStdin() },
    policy: policyChoiceOf(args, io),
    exclude: args.all('exclude'),
    gitignore: !args.has('no-gitignore'),
    maxFileSize: maxFileSizeOf(args) * MEGABYTE,
    today: todayOf(args, io),
  };
}

/** Which policy a command line asks for. */
export function policyChoiceOf(args: Arguments, { cwd }: Io): PolicyChoice {
  const config = args.get('config');
  if (config !== undefined && args.has('no-config')) throw new UsageError('--config and --no-config exclude each other.');
  const minimum = args.get('minimum');
  const confidence = args.get('confidence');
  return {
    config: args.has('no-config') ? 'none' : config === undefined ? 'nearest' : { file: resolve(cwd, config) },
    ...(isMode(minimum) ? { minimum } : {}),
    ...(confidence === 'low' || confidence === 'medium' || confidence === 'high' ? { confidence } : {}),
  };
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
