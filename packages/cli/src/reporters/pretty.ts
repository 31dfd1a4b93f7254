import type { Severity } from '@sslmode/core';
import { EFFECTIVES, problemLine, type FindingDetails, type FindingEntry, type ScanResult } from '../scan/report.ts';
import { plural, visible, widthOf, type Paint } from '../terminal.ts';
import { evidenceText } from './evidence.ts';
import type { Reporter, ReportOptions } from './reporter.ts';

/** For people at a terminal: what is wrong, where exactly, what to do; then the numbers. */
export const pretty: Reporter = (result, options) => {
  const { report, details, failures } = result;
  const { paint, showIgnored, quiet } = options;
  // Standard error says why, and counting nothing would only look like a pass.
  if (failures.length > 0 && report.summary.files === 0) return '';
  const shown = report.findings
    .map((finding, index) => ({ finding, detail: details[index] }))
    .filter(({ finding }) => (finding.ignored === null || showIgnored) && (!quiet || finding.severity === 'error'));
  const blocks = shown.map(({ finding, detail }) => `${findingBlock(finding, detail, paint)}\n`);
  if (quiet) return blocks.join('');
  const parts = [...blocks, problems(result, paint)];
  const first = shown.find(({ finding }) => finding.ignored === null && finding.rule !== 'no-useless-ignore')?.finding;
  if (first !== undefined) {
    parts.push(`To accept a finding, say why in a comment on the line above it: ${paint.bold(`sslmode-ignore ${first.rule} -- reason`)}\n\n`);
  }
  parts.push(summary(result, options));
  return parts.join('');
};

function findingBlock(finding: FindingEntry, detail: FindingDetails | undefined, paint: Paint): string {
  const color = severityColor(finding.severity, paint);
  const ignored = finding.ignored === null ? '' : paint.dim(' (ignored)');
  const gutter = ' '.repeat(String(detail?.snippet.line ?? finding.line).length);
  const key = finding.key === null ? '' : `  (${visible(finding.key)})`;
  const lines = [
    `${color(paint.bold(`${finding.severity}[${finding.rule}]`))}${ignored}${paint.bold(`: ${visible(headline(finding))}`)}`,
    `${gutter}${paint.blue('-->')} ${visible(finding.file)}:${finding.line}:${finding.column}${key}`,
    ...(detail === undefined ? [] : snippetLines(detail, gutter, color, paint)),
  ];
  const note = (name: string, text: string): void => {
    lines.push(`${gutter} ${paint.blue('=')} ${paint.bold(`${name}:`)} ${visible(text)}`);
  };
  if (finding.fix !== null) note('help', finding.fix);
  for (const { file, line, column, message } of finding.related) note('see', `${file}:${line}:${column}: ${message}`);
  const driver = driverNote(finding);
  if (driver !== undefined) note('driver', driver);
  if (finding.ignored !== null) {
    const { by, reason, until } = finding.ignored;
    note('ignored', `by ${by === 'comment' ? 'a comment' : `the ${by}`}${until === null ? '' : ` until ${until}`}: ${reason}`);
  }
  note('docs', `${finding.help}   confidence: ${finding.confidence}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The message without the remedy that ends it: that has a line of its own. */
function headline({ message, fix }: FindingEntry): string {
  return fix !== null && message.endsWith(fix) ? message.slice(0, -fix.length).trimEnd() : message;
}

function snippetLines({ snippet, caption }: FindingDetails, gutter: string, color: (text: string) => string, paint: Paint): string[] {
  const bar = paint.blue('|');
  // One cell for each tab, so that the carets stand right whatever the terminal makes of tabs.
  const parts = [snippet.text.slice(0, snippet.caretStart), snippet.text.slice(snippet.caretStart, snippet.caretEnd), snippet.text.slice(snippet.caretEnd)].map((part) =>
    visible(part.replaceAll('\t', ' ')),
  );
  const [before = '', under = '', after = ''] = parts;
  const carets = '^'.repeat(Math.max(1, widthOf(under)));
  return [
    `${gutter} ${bar}`,
    `${paint.blue(String(snippet.line))} ${bar} ${before}${under}${after}`,
    `${gutter} ${bar} ${' '.repeat(widthOf(before))}${color(`${carets}${caption === '' ? '' : ` ${visible(caption)}`}`)}`,
    `${gutter} ${bar}`,
  ];
}

/** Why this driver: a verdict is worth as much as the belief that this is what reads the string. */
function driverNote({ driver, candidates, evidence }: FindingEntry): string | undefined {
  if (driver === null) return undefined;
  const others = candidates.filter((candidate) => candidate.driver !== driver).map((candidate) => `${candidate.driver}: ${candidate.effective}`);
  const beside = others.length === 0 ? '' : ` (${others.join(', ')})`;
  if (evidence === null || evidence.kind === 'none') {
    return others.length === 0 ? undefined : `not known; ${driver} is judged, no other that it may be is weaker${beside}`;
  }
  return `${driver}, ${evidenceText(evidence)}${beside}`;
}

/** More problems with one message than this are counted, not listed: a chart has hundreds of templates. */
const LISTED = 5;

/** What could not be read as it should be; failures are said on standard error already. */
function problems({ report, failures }: ScanResult, paint: Paint): string {
  const byMessage = new Map<string, string[]>();
  for (const problem of report.problems) {
    const line = problemLine(problem);
    if (failures.includes(line)) continue;
    const same = byMessage.get(problem.message);
    if (same === undefined) byMessage.set(problem.message, [line]);
    else same.push(line);
  }
  const lines = [...byMessage].flatMap(([message, same]) =>
    same.length <= LISTED ? same : [...same.slice(0, LISTED), `${same.length - LISTED} more files: ${message} (--format json lists all)`],
  );
  return lines.length === 0 ? '' : `${lines.map((line) => `${paint.yellow('problem')}: ${visible(line)}\n`).join('')}\n`;
}

/** The proof that something was looked at, and how it came out. */
function summary({ report, time, failures }: ScanResult, { paint, part, maxFileSize, showIgnored }: ReportOptions): string {
  const { summary: counts, findings } = report;
  const modes = EFFECTIVES.filter((effective) => counts.effective[effective] > 0).map((effective) => `${counts.effective[effective]} ${effective}`);
  const connections = plural(counts.connections, 'PostgreSQL connection');
  const files = `${plural(counts.files, part.staged ? 'staged file' : 'file')}${part.since === null ? '' : ` changed since ${visible(part.since)}`}`;
  const lines = [`Checked ${files}, found ${connections} in ${Math.max(1, Math.round(time))} ms${modes.length === 0 ? '.' : `: ${modes.join(', ')}.`}`];
  if (counts.gitIgnored > 0) {
    lines.push(`${plural(counts.gitIgnored, 'git-ignored .env file was', 'git-ignored .env files were')} read too.`);
  }
  const { skipped } = counts;
  const left = [
    [skipped.binary, 'binary'],
    [skipped.empty, 'empty'],
    [skipped.tooLarge, `larger than ${maxFileSize} MB`],
    [skipped.unreadable, 'unreadable'],
    [skipped.otherKind, 'of another kind'],
    [skipped.excluded, 'excluded'],
  ] as const;
  const skips = left.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  if (skips.length > 0) lines.push(`Not read: ${skips.join(', ')}.`);
  const inBaseline = findings.filter((finding) => finding.ignored?.by === 'baseline').length;
  const withReason = counts.ignored - inBaseline;
  const passes = [...(withReason > 0 ? [`${withReason} ignored with a reason`] : []), ...(inBaseline > 0 ? [`${inBaseline} in the baseline`] : [])];
  const ignored = passes.length === 0 ? '' : `; ${passes.join(', ')}${showIgnored ? '' : ' (--show-ignored lists them)'}`;
  if (counts.errors + counts.warnings === 0) {
    const none = counts.connections === 0 ? 'No connections, no findings' : 'No findings';
    // Green would say that all is well.
    lines.push(`${failures.length === 0 ? paint.green(none) : none}${ignored}.`);
  } else {
    const errors = plural(counts.errors, 'error');
    const warnings = plural(counts.warnings, 'warning');
    lines.push(`${counts.errors > 0 ? paint.red(errors) : errors}, ${counts.warnings > 0 ? paint.yellow(warnings) : warnings}${ignored}.`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function severityColor(severity: Severity, paint: Paint): (text: string) => string {
  return severity === 'error' ? paint.red : paint.yellow;
}
