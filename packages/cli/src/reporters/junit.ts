import type { FindingEntry, ProblemEntry } from '../scan/report.ts';
import { plural, visible } from '../terminal.ts';
import type { Reporter } from './reporter.ts';

/**
 * JUnit XML as CI systems read it (https://github.com/testmoapp/junitxml). A suite a file with something in it, a failure
 * a finding; problems are errors. No times: the same tree gives the same bytes.
 */
export const junit: Reporter = ({ report }, { showIgnored }) => {
  const findings = report.findings.filter(({ ignored }) => ignored === null || showIgnored);
  const byFile = new Map<string, { findings: FindingEntry[]; problems: ProblemEntry[] }>();
  const of = (file: string): { findings: FindingEntry[]; problems: ProblemEntry[] } => {
    const found = byFile.get(file) ?? { findings: [], problems: [] };
    byFile.set(file, found);
    return found;
  };
  for (const finding of findings) of(finding.file).findings.push(finding);
  for (const problem of report.problems) of(problem.file).problems.push(problem);
  const suites = [...byFile].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, found]) => suite(file, found.findings, found.problems));
  const { files: read, connections } = report.summary;
  // A report without a test looks like one that was not made.
  const proof = `  <testsuite name="sslmode" tests="1" failures="0" errors="0">\n    <testcase classname="sslmode" name="checked ${plural(read, 'file')}, found ${plural(connections, 'PostgreSQL connection')}"/>\n  </testsuite>\n`;
  const failures = findings.filter(({ ignored }) => ignored === null).length;
  const tests = findings.length + report.problems.length + 1;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sslmode" tests="${tests}" failures="${failures}" errors="${report.problems.length}">\n${proof}${suites.join('')}</testsuites>\n`;
};

function suite(file: string, findings: readonly FindingEntry[], problems: readonly ProblemEntry[]): string {
  const failures = findings.filter(({ ignored }) => ignored === null).length;
  const cases = [
    ...findings.map((finding) => {
      const { rule, severity, line, column, key, message, fix, ignored, help } = finding;
      const name = `${rule} ${line}:${column}${key === null ? '' : ` ${key}`}`;
      const remedy = fix === null || message.includes(fix) ? '' : `${fix}\n`;
      const body =
        ignored === null
          ? `<failure type=${quoted(severity)} message=${quoted(message)}>${escaped(`${file}:${line}:${column}: ${message}\n`)}${escaped(remedy)}${escaped(help)}</failure>`
          : `<skipped message=${quoted(`ignored: ${ignored.reason}`)}/>`;
      return testcase(file, name, line, body);
    }),
    ...problems.map(({ line, message }) => testcase(file, `problem${line === null ? '' : ` ${line}`}`, line, `<error type="problem" message=${quoted(message)}/>`)),
  ];
  return `  <testsuite name=${quoted(file)} tests="${cases.length}" failures="${failures}" errors="${problems.length}">\n${cases.join('')}  </testsuite>\n`;
}

function testcase(file: string, name: string, line: number | null, body: string): string {
  const place = `classname=${quoted(file)} name=${quoted(name)} file=${quoted(file)}${line === null ? '' : ` line="${line}"`}`;
  return `    <testcase ${place}>\n      ${body}\n    </testcase>\n`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** Text in XML; control characters, which XML cannot hold at all, are spelled out. */
function escaped(text: string): string {
  return text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
