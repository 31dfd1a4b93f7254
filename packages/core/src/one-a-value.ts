import type { ConnectionReport, Finding } from './finding.ts';
import { ownText } from './redact.ts';
import type { Site } from './site.ts';
import type { Span } from './text.ts';

/** A place that a finding speaks of besides its own. */
type Related = Finding['related'][number];

/** Where the connection of a setting stands that stands elsewhere: `PGSSLMODE` beside `DATABASE_URL`, a sslmode beside its host. */
export function connectionBeside(connection: ConnectionReport | null, span: Span): readonly Related[] {
  if (connection === null || (connection.span.start <= span.start && span.end <= connection.span.end)) return [];
  return [placeOf(connection)];
}

/** Where code reads the value that a finding stands on, and where values of its connection are given. */
export function readerBeside(site: Site | null, span: Span): readonly Related[] {
  const given = (site?.given ?? []).filter(({ start, end }) => !(start <= span.start && span.end <= end)).map((place) => ({ span: place, message: ownText('given here') }));
  // A group is read as a whole, whichever of its settings the finding stands on.
  if (site?.reader === undefined || (site.string !== null && !(site.span.start <= span.start && span.end <= site.span.end))) return given;
  return [{ span: site.reader, message: ownText('read here') }, ...given];
}

/**
 * One value that is weak in the same way through several readers is one finding (INTERFACES.md, "Joined"): that of the
 * reader where it weighs most, with the connections of the others as related places. An anchor's value, read through
 * its aliases, is the same case. Ignored ones stay apart: what is accepted for one reader is not for the others.
 */
export function oneAValue(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const found of findings) {
    const id = sameness(found);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [found]);
    else group.push(found);
  }
  return [...groups.values()].flatMap(merged);
}

function sameness({ rule, span, threshold, connection, message, ignored }: Finding): string {
  // Of a mode, what it comes to; of other matters, what is said of them.
  const way = threshold === null ? message : (connection?.effective ?? '');
  return [rule, span.start, span.end, ignored?.by ?? '', way].join(' ');
}

function merged(group: readonly Finding[]): readonly Finding[] {
  const [first, ...others] = group.toSorted((a, b) => weight(b) - weight(a));
  if (first === undefined) return [];
  const related = [...first.related];
  const known = new Set([first, ...related, ...(first.connection === null ? [] : [first.connection])].map(placeId));
  for (const { connection, related: theirs } of others) {
    for (const place of connection === null ? theirs : [...theirs, placeOf(connection)]) {
      if (known.has(placeId(place))) continue;
      known.add(placeId(place));
      related.push(place);
    }
  }
  return [{ ...first, related }];
}

function weight({ severity, confidence }: Finding): number {
  return (severity === 'error' ? 10 : 0) + ['low', 'medium', 'high'].indexOf(confidence);
}

function placeId({ span }: { readonly span: Span }): string {
  return `${String(span.start)} ${String(span.end)}`;
}

function placeOf({ host, span }: ConnectionReport): Related {
  return { span, message: ownText(host === null ? 'the connection' : `the connection to ${host}`) };
}
