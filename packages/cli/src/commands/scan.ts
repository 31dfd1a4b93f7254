import { UsageError, type Io } from '../io.ts';
import type { Arguments } from '../options.ts';
import { FORMATS, REPORTERS } from '../reporters/reporter.ts';
import type { ScanSettings } from '../scan/options.ts';
import { listFiles, runScan } from '../scan/scan.ts';
import type { ScanResult } from '../scan/report.ts';
import { plural, visible } from '../terminal.ts';
import { besideDiff, fixAll, printDiff } from './fixing.ts';
import { deliver, wantedFormats } from './outputs.ts';
import { Progress } from './progress.ts';
import { maxFileSizeOf, settingsOf } from './selection.ts';

/** `sslmode scan [PATH...]` */
export async function scan(args: Arguments, io: Io): Promise<number> {
  const printConfig = args.get('print-config');
  if (printConfig !== undefined) return (await import('./print-config.ts')).printConfig(printConfig, args, io);
  const formats = wantedFormats(args.all('format'), FORMATS);
  const wanted = args.has('diff') ? besideDiff(formats, args.all('format')) : formats;
  const maxWarnings = args.count('max-warnings');
  const failOn = args.get('fail-on') ?? 'error';
  const progress = new Progress(io);
  const settings: ScanSettings = { ...(await settingsOf(args, io)), onProgress: (files) => { progress.update(files); } };
  if (args.has('list-files')) return list(settings, io);
  const run = (): Promise<ScanResult> => runScan(settings).finally(() => { progress.end(); });
  const result = args.has('fix') && !args.has('diff') ? await fixAll(run, args) : await run();
  if (args.has('diff')) printDiff(result, args, io);
  const part = { staged: args.has('staged'), since: args.get('since') ?? null };
  const options = { showIgnored: args.has('show-ignored'), quiet: args.has('quiet'), maxFileSize: maxFileSizeOf(args), part };
  for (const { format, file } of wanted) {
    const reporter = await REPORTERS[format]();
    deliver((paint) => reporter(result, { ...options, paint }), file, io, args.get('color'));
  }
  for (const note of result.notes) io.stderr.write(`sslmode: ${visible(note)}\n`);
  if (args.has('stats')) io.stderr.write(statsOf(result));
  reportFailures(result.failures, io);
  if (result.failures.length > 0) return 2;
  if (args.has('strict-collection') && result.report.problems.length > 0) {
    io.stderr.write(`sslmode: ${plural(result.report.problems.length, 'problem')}, and --strict-collection allows none.\n`);
    return 2;
  }
  const { errors, warnings } = result.report.summary;
  const failing = failOn === 'never' ? 0 : failOn === 'warning' ? errors + warnings : errors;
  if (maxWarnings !== undefined && warnings > maxWarnings) {
    io.stderr.write(`sslmode: ${plural(warnings, 'warning')}, more than --max-warnings ${maxWarnings}.\n`);
    return 1;
  }
  return failing > 0 ? 1 : 0;
}

/** Prints the files that a scan would read. */
export async function list(settings: ScanSettings, io: Io): Promise<number> {
  if (settings.stdin !== null) throw new UsageError('--list-files and --stdin-filename exclude each other.');
  const { files, failures } = await listFiles(settings);
  // A name with a line feed in it must not look like two.
  io.stdout.write(files.map((file) => `${visible(file)}\n`).join(''));
  reportFailures(failures, io);
  return failures.length > 0 ? 2 : 0;
}

/** Says why the job could not be done, a line each. */
export function reportFailures(failures: readonly string[], io: Io): void {
  for (const failure of failures) io.stderr.write(`sslmode: ${failure.split('\n').map(visible).join('\n')}\n`);
}

function statsOf({ report, time }: ScanResult): string {
  const { files, connections } = report.summary;
  const { rss } = process.memoryUsage();
  return `stats: ${Math.round(time)} ms for ${plural(files, 'file')} and ${plural(connections, 'connection')}, ${Math.round(rss / 1024 / 1024)} MB of memory\n`;
}
