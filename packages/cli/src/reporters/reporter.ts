import type { ScanResult } from '../scan/report.ts';
import type { Paint } from '../terminal.ts';

/** What a report is written with. */
export interface ReportOptions {
  readonly paint: Paint;
  /** Show ignored findings, where the format doesn't always. */
  readonly showIgnored: boolean;
  /** Errors and nothing else, in the formats that people read. */
  readonly quiet: boolean;
  /** What was scanned, where that is a part: `staged`, and the REF of `--since`. */
  readonly part: { readonly staged: boolean; readonly since: string | null };
  /** `--max-file-size` in megabytes. */
  readonly maxFileSize: number;
}

/** Writes a report in one format, whole, ending in a line feed. */
export type Reporter = (result: ScanResult, options: ReportOptions) => string;

/** One line a format; each is loaded only when asked for. */
export const REPORTERS = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  concise: async () => (await import('./concise.ts')).concise,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  junit: async () => (await import('./junit.ts')).junit,
  markdown: async () => (await import('./markdown.ts')).markdown,
  html: async () => (await import('./html/index.ts')).htmlReport,
  csv: async () => (await import('./csv.ts')).csv,
} satisfies Record<string, () => Promise<Reporter>>;

/** Names of formats. */
export type Format = keyof typeof REPORTERS;

export const FORMATS = Object.keys(REPORTERS) as readonly Format[];
