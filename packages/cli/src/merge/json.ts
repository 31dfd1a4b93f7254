import { byPlace, type Report } from '../scan/report.ts';
import { isObject, objectsIn, union, type JsonObject } from './lists.ts';

/** Whether a document is what `scan --format json` prints. */
export function isReport(value: unknown): value is Report {
  if (!isObject(value) || value.schemaVersion !== 1 || !isObject(value.summary)) return false;
  const { findings, connections, problems } = value;
  const arePlaces = (list: unknown): boolean => Array.isArray(list) && objectsIn(list).length === list.length && objectsIn(list).every(({ file }) => typeof file === 'string');
  return [findings, connections, problems].every(arePlaces);
}

/** Shards' reports as the one that a single scan would have given. */
export function mergeReports(reports: readonly [Report, ...Report[]]): Report {
  const [first] = reports;
  return {
    schemaVersion: 1,
    tool: first.tool,
    summary: sum(reports.map(({ summary }) => summary as unknown as JsonObject)) as unknown as Report['summary'],
    findings: reports.flatMap(({ findings }) => findings).sort(byPlace),
    connections: reports.flatMap(({ connections }) => connections).sort(byPlace),
    problems: union(reports.map(({ problems }) => problems)).sort(byPlace),
  };
}

/** Adds up whatever is a number. */
function sum(objects: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(
    Object.keys(objects[0] ?? {}).map((key) => {
      const values = objects.map((object) => object[key]);
      return [key, values.every(isObject) ? sum(values) : values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0)];
    }),
  );
}
