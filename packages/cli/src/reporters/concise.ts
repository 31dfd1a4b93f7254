import { visible } from '../terminal.ts';
import type { Reporter } from './reporter.ts';

/** A line a finding, for grep and editors: `file:line:column: severity rule message`. */
export const concise: Reporter = ({ report }, { showIgnored, quiet }) => {
  const lines = report.findings
    .filter(({ severity, ignored }) => (ignored === null || showIgnored) && (severity === 'error' || !quiet))
    .map(({ file, line, column, severity, rule, message, ignored }) => {
      const note = ignored === null ? '' : ` (ignored: ${ignored.reason})`;
      return `${visible(`${file}:${line}:${column}: ${severity} ${rule} ${message}${note}`)}\n`;
    });
  const problems = quiet
    ? []
    : report.problems.map(({ file, line, message }) => `${visible(`${file}:${line ?? 1}:1: problem ${message}`)}\n`);
  return [...lines, ...problems].join('');
};
