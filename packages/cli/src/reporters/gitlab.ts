import { createHash } from 'node:crypto';
import { visible } from '../terminal.ts';
import type { Reporter } from './reporter.ts';

/**
 * GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). Paths are
 * relative to the project's root. Fingerprints are unique: GitLab drops what repeats one.
 */
export const gitlab: Reporter = ({ report, details, problemPlaces }) => {
  const seen = new Set<string>();
  const unique = (fingerprint: string): string => {
    let print = fingerprint;
    for (let copy = 1; seen.has(print); copy++) print = sha256(`${fingerprint} ${copy}`);
    seen.add(print);
    return print;
  };
  const findings = report.findings.flatMap((finding, index) => {
    if (finding.ignored !== null) return [];
    const { rule, severity, file, line, endLine, message, fix, fingerprint } = finding;
    const remedy = fix === null || message.includes(fix) ? '' : ` ${fix}`;
    const path = details[index]?.path ?? file;
    return [entry(rule, visible(`${message}${remedy}`), unique(fingerprint), severity === 'error' ? 'critical' : 'minor', path, { begin: line, end: endLine })];
  });
  const problems = report.problems.map(({ file, line, message }, index) => {
    const path = problemPlaces[index]?.path ?? file;
    return entry('problem', visible(message), unique(sha256(JSON.stringify(['problem', path, message]))), 'info', path, { begin: line ?? 1 });
  });
  return `${JSON.stringify([...findings, ...problems], null, 2)}\n`;
};

function entry(name: string, description: string, fingerprint: string, severity: 'info' | 'minor' | 'critical', path: string, lines: { begin: number; end?: number }): object {
  return { description, check_name: name, fingerprint, severity, location: { path, lines } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
