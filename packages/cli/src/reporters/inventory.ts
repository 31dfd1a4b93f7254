import { EFFECTIVES, problemLine, type ConnectionEntry, type ScanResult } from '../scan/report.ts';
import { plural, table, visible, type Paint } from '../terminal.ts';
import { csvRows, markdownCell } from './cells.ts';

/** Writes the connections of a scan in one format, whole. */
export type InventoryReporter = (result: ScanResult, paint: Paint) => string;

/** By name. */
export const INVENTORY_REPORTERS = { pretty, json, csv, markdown } satisfies Record<string, InventoryReporter>;

const COLUMNS = ['file', 'line', 'key', 'host', 'host class', 'database', 'driver', 'effective', 'weakest', 'strongest', 'confidence', 'form'];

function cells(connection: ConnectionEntry): string[] {
  const { file, line, key, host, hostClass, database, driver, effective, weakest, strongest, confidence, form } = connection;
  return [file, String(line), key ?? '', host ?? '', hostClass, database ?? '', driver ?? '', effective, weakest, strongest, confidence, form];
}

function pretty({ report }: ScanResult, paint: Paint): string {
  const { connections, problems, summary } = report;
  const rows = connections.map(({ file, line, host, hostClass, database, driver, form, effective, weakest, strongest, key }) => [
    effective === 'unknown' ? `unknown (${weakest} to ${strongest})` : effective,
    visible(`${host ?? '?'}${database === null ? '' : `/${database}`}`),
    hostClass,
    driver ?? (form === 'server' ? 'a server' : 'none known'),
    visible(`${file}:${line}${key === null ? '' : `  (${key})`}`),
  ]);
  const modes = EFFECTIVES.filter((effective) => summary.effective[effective] > 0).map((effective) => `${summary.effective[effective]} ${effective}`);
  return [
    rows.length === 0 ? '' : `${table([['EFFECTIVE', 'HOST/DATABASE', 'CLASS', 'DRIVER', 'WHERE'], ...rows])}\n`,
    ...problems.map((problem) => `${paint.yellow('problem')}: ${visible(problemLine(problem))}\n`),
    `${plural(connections.length, 'PostgreSQL connection')} in ${plural(summary.files, 'file')}${modes.length === 0 ? '' : `: ${modes.join(', ')}`}.\n`,
  ].join('');
}

/** As `scan --format json`, without findings (docs/schemas/inventory.schema.json). */
function json({ report }: ScanResult): string {
  const { schemaVersion, tool, summary, connections, problems } = report;
  return `${JSON.stringify({ schemaVersion, tool, summary, connections, problems }, null, 2)}\n`;
}

/** A row a connection. */
function csv({ report }: ScanResult): string {
  return csvRows([COLUMNS, ...report.connections.map(cells)]);
}

function markdown({ report }: ScanResult): string {
  const rows = report.connections.map((connection) => `| ${cells(connection).map(markdownCell).join(' | ')} |\n`);
  return [`| ${COLUMNS.join(' | ')} |\n`, `|${COLUMNS.map(() => '---').join('|')}|\n`, ...rows].join('');
}
