import { settingsOf, type ScanOptions } from './scan/options.ts';
import type { Report } from './scan/report.ts';
import { runScan } from './scan/scan.ts';

export type { ScanOptions } from './scan/options.ts';
export type { ConnectionEntry, FindingEntry, ProblemEntry, Range, Report, Skipped, Summary } from './scan/report.ts';

/** A report, and what kept the job from being done in full. */
export interface ScanReport extends Report {
  /** A broken policy, a path with nothing to read …: where there are any, the report says too little. */
  readonly failures: readonly string[];
}

/**
 * Finds PostgreSQL connections in files and judges them: what `sslmode scan --format json` prints, as an object.
 * Connects to nothing and runs nothing of what it scans.
 *
 * @throws Error where a path does not exist or `config` cannot be used.
 */
export async function scan(options: ScanOptions = {}): Promise<ScanReport> {
  const { report, failures } = await runScan(settingsOf(options));
  return { ...report, failures };
}
