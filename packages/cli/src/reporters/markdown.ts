import type { FindingEntry } from '../scan/report.ts';
import { plural } from '../terminal.ts';
import { markdownCell, markdownCode, markdownMessage } from './cells.ts';
import type { Reporter } from './reporter.ts';

/** GitHub takes 65,536 characters in a comment, GitLab more. */
const MAX_LENGTH = 60_000;

/** For a comment in a pull request: what is wrong and what to do, errors first, as much as a comment may hold. */
export const markdown: Reporter = ({ report, failures }, { showIgnored }) => {
  const { errors, warnings, ignored, files, connections } = report.summary;
  const count = errors + warnings === 0 ? 'no findings' : [...(errors > 0 ? [plural(errors, 'error')] : []), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])].join(', ');
  const passed = failures.length > 0 ? 'the scan failed' : count;
  const foot = `\nChecked ${plural(files, 'file')}, found ${plural(connections, 'PostgreSQL connection')}${ignored > 0 ? `; ${ignored} ignored` : ''}.\n`;
  const rows = report.findings
    .filter((finding) => finding.ignored === null || showIgnored)
    // Stable: within a severity the order stays.
    .toSorted((a, b) => rank(a) - rank(b))
    .map(row);
  const problems = report.problems.map(({ file, line, message }) => `- ${markdownCode(`${file}${line === null ? '' : `:${line}`}`)}: ${markdownCell(message)}\n`);
  const head = `### sslmode: ${passed}\n`;
  const table = fitting(rows, MAX_LENGTH - head.length - foot.length - 20_000, 'findings');
  const list = fitting(problems, 18_000, 'problems');
  return [
    head,
    ...failures.map((failure) => `\n${markdownCell(failure)}\n`),
    ...(rows.length === 0 ? [] : [`\n| | where | what | driver |\n|---|---|---|---|\n${table}`]),
    ...(problems.length === 0 ? [] : [`\n<details><summary>${plural(problems.length, 'problem')}</summary>\n\n${list}\n</details>\n`]),
    foot,
  ].join('');
};

function rank({ severity, ignored }: FindingEntry): number {
  return ignored !== null ? 2 : severity === 'error' ? 0 : 1;
}

function row({ rule, severity, file, line, key, message, fix, help, driver, ignored }: FindingEntry): string {
  const remedy = fix === null || message.includes(fix) ? '' : ` ${fix}`;
  const where = `${markdownCode(`${file}:${line}`)}${key === null ? '' : `<br>${markdownCode(key)}`}`;
  const level = ignored !== null ? 'ignored' : severity === 'error' ? '**error**' : 'warning';
  const why = ignored === null ? '' : `<br>Ignored: ${markdownCell(ignored.reason)}`;
  return `| ${level} | ${where} | [${rule}](${help})<br>${markdownMessage(`${message}${remedy}`)}${why} | ${driver === null ? '' : markdownCode(driver)} |\n`;
}

/** As many whole lines as there is room for, and how many are left. */
function fitting(lines: readonly string[], room: number, what: string): string {
  let length = 0;
  const count = lines.findIndex((line) => (length += line.length) > room);
  return count < 0 ? lines.join('') : `${lines.slice(0, count).join('')}\n… and ${lines.length - count} more ${what}.\n`;
}
