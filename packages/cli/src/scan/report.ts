import type { FixableFile } from '../fix/fix.ts';
import type { CandidateReport, Confidence, ConnectionReport, Effective, Form, HostClass, Ignored, Mode, Severity } from '@sslmode/core';

/** What `scan --format json` prints; the schema is docs/schemas/scan.schema.json. Changing it is a breaking change. */
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'sslmode'; readonly version: string };
  readonly summary: Summary;
  readonly findings: readonly FindingEntry[];
  readonly connections: readonly ConnectionEntry[];
  readonly problems: readonly ProblemEntry[];
}

/** Counts. */
export interface Summary {
  /** Files that were read. */
  readonly files: number;
  readonly connections: number;
  /** Findings that count; ignored ones don't. */
  readonly errors: number;
  readonly warnings: number;
  readonly ignored: number;
  /** Connections by what they come down to. */
  readonly effective: Readonly<Record<Effective, number>>;
  /** Of the files read, those that git ignores: `.env` and its kin. */
  readonly gitIgnored: number;
  readonly skipped: Skipped;
}

/** Files that were not read, by why. Those that git ignores are not among them. */
export interface Skipped {
  readonly binary: number;
  readonly empty: number;
  /** Larger than `--max-file-size`. */
  readonly tooLarge: number;
  readonly unreadable: number;
  /** Named on the command line, but of a kind that holds no connections. */
  readonly otherKind: number;
  /** By the policy's `exclude` or `--exclude`. */
  readonly excluded: number;
}

/** A stretch of a file: from 1, in UTF-16 units, the end exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where and by which driver. */
interface Common extends Range {
  /** Relative to the working directory, or to the PATH given where that lies outside; with `/`. */
  readonly file: string;
  readonly key: string | null;
  /** The driver that counts: `node-postgres@8`. */
  readonly driver: string | null;
  readonly candidates: readonly CandidateReport[];
  readonly evidence: ConnectionReport['evidence'];
  readonly host: string | null;
  readonly database: string | null;
  readonly confidence: Confidence;
}

/** A connection and its posture. */
export interface ConnectionEntry extends Common {
  readonly form: Form;
  readonly effective: Effective;
  readonly weakest: Effective;
  readonly strongest: Effective;
  readonly hostClass: HostClass;
}

/** A finding. What speaks of a connection is `null` where it is about a variable or a comment. */
export interface FindingEntry extends Common {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly effective: Effective | null;
  readonly hostClass: HostClass | null;
  readonly required: Mode | null;
  readonly threshold: 'minimum' | 'recommend' | null;
  readonly related: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
  readonly fingerprint: string;
  /** Address of the rule's page. */
  readonly help: string;
  /** What to do, a sentence. */
  readonly fix: string | null;
  readonly ignored: Ignored | null;
}

/** Something that could not be looked at as it should be. */
export interface ProblemEntry {
  readonly file: string;
  /** `null` where it concerns the whole file. */
  readonly line: number | null;
  readonly message: string;
}

/** What judging one file gave, before the whole scan was done. */
export interface JudgedFile {
  readonly file: string;
  readonly findings: readonly FindingEntry[];
  readonly connections: readonly ConnectionEntry[];
  readonly problems: readonly ProblemEntry[];
}

/** What a scan knows beyond the report: for formats that show the source, or give paths by project. */
export interface ScanResult {
  readonly report: Report;
  /** In the order of `report.findings`. */
  readonly details: readonly FindingDetails[];
  /** In the order of `report.connections`. */
  readonly connectionDetails: readonly ConnectionDetails[];
  /** Project and path in it of `report.problems`, in their order. */
  readonly problemPlaces: readonly ProjectPath[];
  /** Milliseconds. */
  readonly time: number;
  /** Complaints that make the exit code 2: a broken policy, a folder without anything to scan. */
  readonly failures: readonly string[];
  /** Files with findings that have suggestions; none unless they were asked for. */
  readonly fixable: readonly FixableFile[];
  /** For standard error: what was written besides the report. */
  readonly notes: readonly string[];
}

/** A file as a project knows it. */
export interface ProjectPath {
  /** Absolute path of the project's root. Not for reports. */
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

/** What is shown of a finding besides its entry. */
export interface FindingDetails extends ProjectPath {
  readonly snippet: Snippet;
  readonly caption: string;
  /** Where the connection stands that it is about. */
  readonly connection: { readonly line: number; readonly column: number } | null;
}

/** What is shown of a connection besides its entry. Secrets are masked. */
export interface ConnectionDetails {
  readonly text: string;
  /** `null` where it is hidden. */
  readonly port: number | null;
  /** Why it comes down to that; clauses. */
  readonly reasons: readonly string[];
}

/** The line of source to show, with nothing in it but the connection's own text and its key, secrets masked. */
export interface Snippet {
  readonly line: number;
  readonly text: string;
  /** What the carets stand under, in UTF-16 units of `text`. */
  readonly caretStart: number;
  readonly caretEnd: number;
}

/** Modes and what else a connection can come down to, weakest first: the order of counts in reports. */
export const EFFECTIVES: readonly Effective[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'unknown', 'error'];

/** Orders by file, line, column, rule, message, by code units: the same on every machine. */
export function byPlace(a: Place, b: Place): number {
  return (
    compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || compare(a.rule ?? '', b.rule ?? '') || compare(a.message ?? '', b.message ?? '')
  );
}

interface Place {
  readonly file: string;
  readonly line: number | null;
  readonly column?: number;
  readonly rule?: string;
  readonly message?: string;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `file:line: message` */
export function problemLine({ file, line, message }: ProblemEntry): string {
  return `${file}${line === null ? '' : `:${line}`}: ${message}`;
}
