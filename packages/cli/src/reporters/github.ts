import { visible } from '../terminal.ts';
import type { Reporter } from './reporter.ts';

/**
 * Workflow commands: GitHub Actions makes annotations of them (at most ten errors and ten warnings a step, says
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). Paths are relative to the
 * project's root, as GitHub wants them.
 */
export const github: Reporter = ({ report, details, problemPlaces }, { showIgnored }) => {
  const findings = report.findings.flatMap((finding, index) => {
    if (finding.ignored !== null && !showIgnored) return [];
    const { line, column, endLine, endColumn } = finding;
    const place = {
      file: details[index]?.path ?? finding.file,
      line,
      // Columns are understood only within one line.
      ...(endLine === line ? { col: column, endColumn } : { endLine }),
      title: `sslmode: ${finding.rule}`,
    };
    if (finding.ignored !== null) return [command('notice', place, `Ignored (${finding.ignored.reason}): ${finding.message}`)];
    const fix = finding.fix === null || finding.message.includes(finding.fix) ? '' : ` ${finding.fix}`;
    return [command(finding.severity, place, `${finding.message}${fix}`)];
  });
  const problems = report.problems.map(({ file, line, message }, index) =>
    command('notice', { file: problemPlaces[index]?.path ?? file, ...(line === null ? {} : { line }), title: 'sslmode: problem' }, message),
  );
  return [...findings, ...problems].join('');
};

function command(name: 'error' | 'warning' | 'notice', properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(visible(String(value)))}`);
  return `::${name} ${list.join(',')}::${escapeData(visible(message))}\n`;
}

// As in @actions/core, src/command.ts.
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
