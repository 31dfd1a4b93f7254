import { Buffer } from 'node:buffer';
import { RULES, helpUrl } from '@sslmode/core';
import type { JsonObject } from '../merge/lists.ts';
import { bySarifPlace } from '../merge/sarif.ts';
import type { FindingDetails, FindingEntry, ProblemEntry, ProjectPath, ScanResult } from '../scan/report.ts';
import type { Reporter } from './reporter.ts';

const INFORMATION_URI = 'https://github.com/sslmode/sslmode';
const ROOT_ID = '%SRCROOT%';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with what GitHub's code scanning
 * asks for. One run a project, since a run's paths are relative to one root. Ignored findings are left out: code
 * scanning would open alerts for them.
 */
export const sarif: Reporter = (result) => {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: projectsOf(result).map((project) => run(result, project)),
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

/** A project in the report: its root, and where that is as seen from the working directory. */
interface ProjectLabel {
  readonly root: string | undefined;
  readonly label: string;
}

/** Projects by name; one without any where the report is empty. */
function projectsOf({ report, details, problemPlaces }: ScanResult): readonly ProjectLabel[] {
  const labels = new Map<string, string>();
  const add = (place: ProjectPath | undefined, file: string): void => {
    if (place !== undefined && !labels.has(place.root)) labels.set(place.root, labelOf(place.path, file));
  };
  for (const [index, { file }] of report.findings.entries()) add(details[index], file);
  for (const [index, { file }] of report.problems.entries()) add(problemPlaces[index], file);
  if (labels.size === 0) return [{ root: undefined, label: '' }];
  return [...labels].map(([root, label]) => ({ root, label })).sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** `app/.env` of the project, shown as `one/app/.env` or `.env`, lies in `one` or `..`. */
function labelOf(path: string, file: string): string {
  if (file.endsWith(path)) return file.slice(0, -path.length).replace(/\/$/, '') || '.';
  const above = path.slice(0, -file.length).split('/').length - 1;
  return Array.from({ length: above }, () => '..').join('/') || '.';
}

function run({ report, details, problemPlaces, failures }: ScanResult, { root, label }: ProjectLabel): object {
  const rules = RULES.map((rule) => ({
    id: rule.id,
    name: rule.id,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: `${rule.title}.` },
    help: {
      text: `${rule.title}. What it means and what to do: ${helpUrl(rule.id)}`,
      markdown: `${rule.title}. [What it means and what to do](${helpUrl(rule.id)})`,
    },
    helpUri: helpUrl(rule.id),
    defaultConfiguration: { level: rule.severity },
    properties: { tags: ['security', 'postgresql', 'tls'], 'problem.severity': rule.severity },
  }));
  const results = report.findings.flatMap((finding, index) => {
    const detail = details[index];
    return detail === undefined || detail.root !== root || finding.ignored !== null ? [] : [resultOf(finding, detail)];
  });
  const notifications = report.problems.flatMap((problem, index) => {
    const place = problemPlaces[index];
    return place === undefined || place.root !== root ? [] : [notification(problem, place)];
  }).sort(bySarifPlace);
  return {
    tool: {
      driver: {
        name: report.tool.name,
        informationUri: INFORMATION_URI,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules,
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: failures.length === 0, toolExecutionNotifications: notifications }],
    results: results.sort(bySarifPlace),
    // What shards of it have in common.
    ...(label === '' ? {} : { properties: { project: label } }),
  };
}

function resultOf(finding: FindingEntry, detail: FindingDetails): JsonObject {
  const fix = finding.fix === null || finding.message.includes(finding.fix) ? '' : ` ${finding.fix}`;
  const uri = uriOf(detail.path);
  return {
    ruleId: finding.rule,
    ruleIndex: RULES.findIndex(({ id }) => id === finding.rule),
    level: finding.severity,
    message: { text: `${finding.message}${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: ROOT_ID },
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
          },
        },
        ...(finding.key === null ? {} : { logicalLocations: [{ fullyQualifiedName: finding.key }] }),
      },
    ],
    relatedLocations: finding.related.map(({ line, column, message }, id) => ({
      id,
      physicalLocation: { artifactLocation: { uri, uriBaseId: ROOT_ID }, region: { startLine: line, startColumn: column } },
      message: { text: message },
    })),
    partialFingerprints: { 'sslmode/v1': finding.fingerprint },
    properties: { confidence: finding.confidence, effective: finding.effective, required: finding.required, driver: finding.driver },
  };
}

function notification({ line, message }: ProblemEntry, { path }: ProjectPath): JsonObject {
  return {
    level: 'warning',
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: ROOT_ID },
          ...(line === null ? {} : { region: { startLine: line } }),
        },
      },
    ],
  };
}

/** A relative reference. Through UTF-8, since half a surrogate pair cannot be encoded. */
function uriOf(path: string): string {
  const encoded = path.split('/').map((name) => encodeURIComponent(Buffer.from(name).toString())).join('/');
  return encoded === '' ? '.' : encoded;
}
