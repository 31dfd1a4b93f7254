import { isObject, objectsIn, union, type JsonObject } from './lists.ts';

/** A log as `scan --format sarif` prints it. */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly JsonObject[];
}

/** Whether a document is a SARIF log of sslmode. */
export function isSarif(value: unknown): value is SarifLog {
  return isObject(value) && value.version === '2.1.0' && Array.isArray(value.runs) && objectsIn(value.runs).length === value.runs.length && value.runs.length > 0 && objectsIn(value.runs).every((run) => driverOf(run).name === 'sslmode');
}

/** The version of sslmode that made a log. */
export function versionOfSarif({ runs }: SarifLog): string {
  return runs.map((run) => String(driverOf(run).version)).join(' ');
}

/** Shards' logs as the one that a single scan would have given: a run a project. */
export function mergeSarif(logs: readonly [SarifLog, ...SarifLog[]]): SarifLog {
  const [first] = logs;
  const byProject = new Map<string, JsonObject[]>();
  for (const run of logs.flatMap(({ runs }) => runs)) {
    const project = projectOf(run);
    const runs = byProject.get(project) ?? [];
    runs.push(run);
    byProject.set(project, runs);
  }
  // A shard without anything in it knows no project.
  if (byProject.size > 1) byProject.delete('');
  const runs = [...byProject].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => mergeRuns(group));
  return { $schema: first.$schema, version: first.version, runs };
}

function mergeRuns(runs: readonly JsonObject[]): JsonObject {
  const invocations = runs.map(({ invocations: each }) => objectsIn(each)[0] ?? {});
  const notifications = union(invocations.map(({ toolExecutionNotifications }) => objectsIn(toolExecutionNotifications)));
  return {
    ...runs[0],
    invocations: [{ ...invocations[0], executionSuccessful: invocations.every(({ executionSuccessful }) => executionSuccessful === true), toolExecutionNotifications: notifications.sort(bySarifPlace) }],
    results: runs.flatMap(({ results }) => objectsIn(results)).sort(bySarifPlace),
  };
}

/** How many results of a log are errors, and how many are not. */
export function countSarif({ runs }: SarifLog): { readonly errors: number; readonly warnings: number } {
  const results = runs.flatMap(({ results: each }) => objectsIn(each));
  const errors = results.filter(({ level }) => level === 'error').length;
  return { errors, warnings: results.length - errors };
}

/** Orders results and notifications of one run: by path, line, column, rule, text. */
export function bySarifPlace(a: JsonObject, b: JsonObject): number {
  const [x, y] = [placeOf(a), placeOf(b)];
  return compare(x.path, y.path) || x.line - y.line || x.column - y.column || compare(x.rule, y.rule) || compare(x.text, y.text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function placeOf({ ruleId, message, locations }: JsonObject): { path: string; line: number; column: number; rule: string; text: string } {
  const physical = objectOf(objectsIn(locations)[0]?.physicalLocation);
  const { startLine, startColumn } = objectOf(physical.region);
  const { uri } = objectOf(physical.artifactLocation);
  const { text } = objectOf(message);
  return { path: decoded(uri), line: numberOf(startLine), column: numberOf(startColumn), rule: textOf(ruleId), text: textOf(text) };
}

function decoded(uri: unknown): string {
  try {
    return decodeURIComponent(textOf(uri));
  } catch {
    return textOf(uri);
  }
}

function driverOf(run: JsonObject): JsonObject {
  return objectOf(objectOf(run.tool).driver);
}

function projectOf(run: JsonObject): string {
  return textOf(objectOf(run.properties).project);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
