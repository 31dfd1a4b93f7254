import { helpUrl, type ConnectionReport, type FileReport, type Reading, type Span, type Suggestion } from '@sslmode/core';
import type { Candidate } from './collect.ts';
import { fingerprints } from './fingerprint.ts';
import { Places, type SourceLines } from './places.ts';
import type { ConnectionDetails, ConnectionEntry, FindingDetails, FindingEntry } from './report.ts';
import { snippetOf } from './snippet.ts';
import { pathFrom } from './targets.ts';

/** A finding as reports have it, with what some formats show besides. */
export interface FoundFinding {
  readonly entry: FindingEntry;
  readonly details: FindingDetails;
  /** The lines that it speaks of: its own, its connection's, related ones. */
  readonly lines: () => readonly SourceLines[];
  /** The text of the file that it stands in. */
  readonly text: string;
  /** Ways to cure it, in that text. */
  readonly suggestions: readonly Suggestion[];
  readonly connection: Pick<ConnectionReport, 'span' | 'text'> | null;
  readonly origin: Origin;
  /** Goes into the fingerprint. */
  readonly identity: string;
}

/** What joining has to know of a finding or a connection. */
export interface Origin {
  /** The file that it stands in. */
  readonly home: Candidate;
  /** The file whose reading it comes from is another one, or draws on others. */
  readonly joined: boolean;
  /** Where its connection begins, as that file counts. */
  readonly at: number | null;
  /** The file that its connection begins in; absolute. */
  readonly of: string;
  /** Files that are sure to be parts of its connection; absolute. */
  readonly files: readonly string[];
}

/** A connection as reports have it. */
export interface FoundConnection {
  readonly entry: ConnectionEntry;
  readonly details: ConnectionDetails;
  readonly lines: () => readonly SourceLines[];
  /** What it is recognised by: nothing in it is raw, nor a line number. */
  readonly identity: string;
  readonly origin: Origin;
}

/**
 * What a file's report gives reports of the scan.
 *
 * @param giver the file that gives all of its connections their values.
 */
export function entriesOf(file: Candidate, text: string, report: FileReport, joined: Reading['joined'] = [], giver: string | null = null): { readonly findings: readonly FoundFinding[]; readonly connections: readonly FoundConnection[] } {
  const places = new Places(file, text, joined);
  const origin = (at: number, connection: Span | null): Origin => ({
    home: places.fileAt(at),
    joined: joined.length > 0,
    at: connection === null ? null : places.offsetIn(connection.start),
    of: connection === null ? '' : places.fileAt(connection.start).path,
    files: giver === null ? [] : [file.path, giver],
  });
  const prints = fingerprints(report.findings.map(({ rule, key, identity, span }) => ({ rule, path: pathFrom(file.root, places.fileAt(span.start).path), key, identity })));
  const findings = report.findings.map((finding, index): FoundFinding => {
    const { rule, severity, span, key, message, required, threshold, driver, confidence, connection, remedy, ignored, related, identity } = finding;
    const home = places.fileAt(span.start);
    return {
      entry: {
        rule,
        severity,
        file: home.file,
        ...places.range(span),
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
        related: related.map((place) => ({ file: places.fileAt(place.span.start).file, ...places.position(place.span.start), message: place.message })),
        fingerprint: prints[index] ?? '',
        help: helpUrl(rule),
        fix: remedy,
        ignored,
      },
      details: {
        ...{ root: file.root, path: pathFrom(file.root, home.path), caption: finding.caption },
        snippet: { ...snippetOf(places.source, places.lines, finding), line: places.position(span.start).line },
        connection: connection === null || places.fileAt(connection.span.start).path !== home.path ? null : places.position(connection.span.start),
      },
      lines: () => [span, ...(connection === null ? [] : [connection.span]), ...related.map((place) => place.span)].map((place) => places.linesOf(place)),
      suggestions: finding.suggestions.flatMap((suggestion) => {
        const edits = places.editsIn(suggestion.edits, span.start);
        return edits === null ? [] : [{ ...suggestion, edits }];
      }),
      text: places.textAt(span.start),
      connection: connection === null || places.fileAt(connection.span.start).path !== home.path ? null : { span: places.spanIn(connection.span), text: connection.text },
      origin: origin(span.start, connection?.span ?? null),
      identity,
    };
  });
  const connections = report.connections.map((connection): FoundConnection => {
    const { span, key, form, driver, candidates, effective, weakest, strongest, host, hostClass, database, confidence } = connection;
    const evidence = evidenceOf(file, connection);
    return {
      entry: {
        ...{ file: places.fileAt(span.start).file, ...places.range(span), key, form, driver, candidates, evidence },
        ...{ effective, weakest, strongest, host, hostClass, database, confidence },
      },
      details: { text: connection.text, port: connection.port ?? null, reasons: connection.reasons ?? [] },
      lines: () => [places.linesOf(span)],
      identity: JSON.stringify([key, connection.text]),
      origin: origin(span.start, span),
    };
  });
  return { findings, connections };
}

/** Evidence with its file named as reports name files. Code is the file that was read: what is joined to it may stand in others. */
function evidenceOf(file: Candidate, connection: ConnectionReport | null): ConnectionReport['evidence'] {
  const evidence = connection?.evidence ?? null;
  if (evidence?.kind === 'code' && evidence.line !== null) return { ...evidence, file: file.file };
  return evidence?.file == null ? evidence : { ...evidence, file: pathFrom(file.base, evidence.file) };
}
