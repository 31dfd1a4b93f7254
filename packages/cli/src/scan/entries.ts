import { LineIndex, helpUrl, type ConnectionReport, type FileReport, type Span, type Suggestion } from '@sslmode/core';
import type { Candidate } from './collect.ts';
import { fingerprints } from './fingerprint.ts';
import type { ConnectionDetails, ConnectionEntry, FindingDetails, FindingEntry, Range } from './report.ts';
import { snippetOf } from './snippet.ts';
import { pathFrom } from './targets.ts';

/** A finding as reports have it, with what some formats show besides. */
export interface FoundFinding {
  readonly entry: FindingEntry;
  readonly details: FindingDetails;
  /** All places in its file that it speaks of: its own, its connection's, related ones. */
  readonly places: readonly Span[];
  /** Ways to cure it. */
  readonly suggestions: readonly Suggestion[];
  readonly connection: Pick<ConnectionReport, 'span' | 'text'> | null;
}

/** A connection as reports have it. */
export interface FoundConnection {
  readonly entry: ConnectionEntry;
  readonly details: ConnectionDetails;
  readonly span: Span;
  /** What it is recognised by: nothing in it is raw, nor a line number. */
  readonly identity: string;
}

/** What a file's report gives reports of the scan. */
export function entriesOf(file: Candidate, text: string, report: FileReport): { readonly findings: readonly FoundFinding[]; readonly connections: readonly FoundConnection[] } {
  const lines = new LineIndex(text);
  const path = pathFrom(file.root, file.path);
  const range = (span: Span): Range => {
    const { line, column } = lines.position(span.start);
    const end = lines.position(span.end);
    return { line, column, endLine: end.line, endColumn: end.column };
  };
  const prints = fingerprints(report.findings.map(({ rule, key, identity }) => ({ rule, path, key, identity })));
  const findings = report.findings.map((finding, index): FoundFinding => {
    const { rule, severity, span, key, message, required, threshold, driver, confidence, connection, remedy, ignored, related } = finding;
    return {
      entry: {
        rule,
        severity,
        file: file.file,
        ...range(span),
        key,
        message,
        effective: connection?.effective ?? null,
        required,
        threshold,
        driver,
        candidates: connection?.candidates ?? [],
        evidence: evidenceOf(file, connection),
        confidence,
        host: connection?.host ?? null,
        hostClass: connection?.hostClass ?? null,
        database: connection?.database ?? null,
        related: related.map((place) => ({ file: file.file, ...lines.position(place.span.start), message: place.message })),
        fingerprint: prints[index] ?? '',
        help: helpUrl(rule),
        fix: remedy,
        ignored,
      },
      details: { root: file.root, path, snippet: snippetOf(text, lines, finding), caption: finding.caption, connection: connection === null ? null : lines.position(connection.span.start) },
      places: [span, ...(connection === null ? [] : [connection.span]), ...related.map((place) => place.span)],
      suggestions: finding.suggestions,
      connection,
    };
  });
  const connections = report.connections.map((connection): FoundConnection => {
    const { span, key, form, driver, candidates, effective, weakest, strongest, host, hostClass, database, confidence } = connection;
    const evidence = evidenceOf(file, connection);
    return {
      entry: {
        ...{ file: file.file, ...range(span), key, form, driver, candidates, evidence },
        ...{ effective, weakest, strongest, host, hostClass, database, confidence },
      },
      details: { text: connection.text, reasons: connection.reasons ?? [] },
      span,
      identity: JSON.stringify([key, connection.text]),
    };
  });
  return { findings, connections };
}

/** Evidence with its file named as reports name files. */
function evidenceOf(file: Candidate, connection: ConnectionReport | null): ConnectionReport['evidence'] {
  const evidence = connection?.evidence ?? null;
  return evidence?.file == null ? evidence : { ...evidence, file: pathFrom(file.base, evidence.file) };
}
