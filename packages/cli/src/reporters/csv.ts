import { csvRows } from './cells.ts';
import type { Reporter } from './reporter.ts';

const COLUMNS = [
  ...['severity', 'rule', 'file', 'line', 'column', 'key', 'host', 'host class', 'database'],
  ...['driver', 'effective', 'required', 'threshold', 'confidence', 'message', 'remedy', 'ignored', 'fingerprint'],
];

/** For spreadsheets: a row a finding; problems come last, so that nothing that could not be read is missing. */
export const csv: Reporter = ({ report }, { showIgnored }) => {
  const findings = report.findings
    .filter(({ ignored }) => ignored === null || showIgnored)
    .map(({ severity, rule, file, line, column, key, host, hostClass, database, driver, effective, required, threshold, confidence, message, fix, ignored, fingerprint }) => [
      ...[severity, rule, file, String(line), String(column), key ?? '', host ?? '', hostClass ?? '', database ?? ''],
      ...[driver ?? '', effective ?? '', required ?? '', threshold ?? '', confidence, message, fix ?? '', ignored?.reason ?? '', fingerprint],
    ]);
  const problems = report.problems.map(({ file, line, message }) => COLUMNS.map((column) => ({ severity: 'problem', file, line: String(line ?? ''), message })[column] ?? ''));
  return csvRows([COLUMNS, ...findings, ...problems]);
};
