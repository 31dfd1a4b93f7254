import { settingsOf, type ScanOptions } from './scan/options.ts';
import type { JudgedFile, Report } from './scan/report.ts';
import { runScan } from './scan/scan.ts';

export type { ScanOptions } from './scan/options.ts';
export type { ConnectionEntry, FindingEntry, JudgedFile, ProblemEntry, Range, Report, Skipped, Summary } from './scan/report.ts';

/** A report, and what kept the job from being done in full. */
export interface ScanReport extends Report {
  /** A broken policy, a path with nothing to read …: where there are any, the report says too little. */
  readonly failures: readonly string[];
}

/**
 * A scan under way: `await` it for the report, go through it with `for await` for each file as it is judged, or both.
 *
 * What comes file by file is what can be said by then. Only the report knows all files: what one says alone may be a part
 * of a connection that another completes, one value that is weak through several readers is one finding there, and a
 * baseline may accept it.
 */
export type Scanning = Promise<ScanReport> & AsyncIterable<JudgedFile>;

/**
 * Finds PostgreSQL connections in files and judges them: what `sslmode scan --format json` prints, as an object.
 * Connects to nothing and runs nothing of what it scans. Rejects where a path does not exist or `config` cannot be used.
 */
export function scan(options: ScanOptions = {}): Scanning {
  const files: JudgedFile[] = [];
  /** Those who wait for the next file, each going through them by itself. */
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  let isDone = false;
  const run = async (): Promise<ScanReport> => {
    try {
      const onFile = (file: JudgedFile): void => {
        files.push(file);
        wake();
      };
      const { report, failures } = await runScan({ ...settingsOf(options), onFile });
      return { ...report, failures };
    } finally {
      isDone = true;
      wake();
    }
  };
  const report = run();
  const iterate = async function* (): AsyncGenerator<JudgedFile> {
    for (let next = 0; ; next++) {
      while (files[next] === undefined && !isDone) await new Promise<void>((resolve) => waiting.push(resolve));
      const file = files[next];
      if (file === undefined) break;
      yield file;
    }
    // What went wrong is thrown to whoever goes through the files as well.
    await report;
  };
  return Object.assign(report, { [Symbol.asyncIterator]: iterate });
}
