import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError, type Io } from '../io.ts';
import { quoted, type Arguments } from '../options.ts';
import { isReport, mergeReports } from '../merge/json.ts';
import { countSarif, isSarif, mergeSarif, versionOfSarif } from '../merge/sarif.ts';
import { reasonOf } from '../scan/walk.ts';

/** `sslmode merge FILE...` */
export function merge(args: Arguments, io: Io): Promise<number> {
  const names = args.positionals;
  if (names.length === 0) throw new UsageError('merge takes the reports of all shards: sslmode merge FILE...');
  const documents = names.map((name) => read(name, io));
  const { text, errors, warnings } = mergeAll(documents, names);
  io.stdout.write(text);
  const failOn = args.get('fail-on') ?? 'error';
  const failing = failOn === 'never' ? 0 : failOn === 'warning' ? errors + warnings : errors;
  return Promise.resolve(failing > 0 ? 1 : 0);
}

function mergeAll(documents: readonly unknown[], names: readonly string[]): { text: string; errors: number; warnings: number } {
  const [first, ...rest] = documents;
  const print = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  const other = (fits: (value: unknown) => boolean): never => {
    throw new UsageError(`${quoted(names[documents.findIndex((each) => !fits(each))] ?? '')} is no report of the same format and version of sslmode as the first.`);
  };
  if (isReport(first)) {
    const same = (value: unknown): value is typeof first => isReport(value) && value.tool.version === first.tool.version;
    if (!rest.every(same)) return other(same);
    const report = mergeReports([first, ...rest]);
    return { text: print(report), errors: report.summary.errors, warnings: report.summary.warnings };
  }
  if (isSarif(first)) {
    const [version] = versionOfSarif(first).split(' ');
    const same = (value: unknown): value is typeof first => isSarif(value) && versionOfSarif(value).split(' ').every((each) => each === version);
    if (!rest.every(same)) return other(same);
    const log = mergeSarif([first, ...rest]);
    return { text: print(log), ...countSarif(log) };
  }
  throw new UsageError(`${quoted(names[0] ?? '')} is neither a report of scan --format json nor of --format sarif.`);
}

function read(name: string, { cwd }: Io): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, name), 'utf8');
  } catch (error) {
    throw new UsageError(`${quoted(name)} cannot be read: ${reasonOf(error)}.`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${quoted(name)} is not valid JSON.`);
  }
}
