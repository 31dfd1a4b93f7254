import { LineIndex, type Span } from '@sslmode/core';
import type { entriesOf } from './entries.ts';

type Entries = ReturnType<typeof entriesOf>;

/**
 * Of a file's findings and connections, those that its change brought: one of their lines was not there before, or
 * they were not (a line that was taken away can bring one as well).
 */
export function broughtBy(now: Entries, text: string, before: { readonly entries: Entries; readonly text: string }): Entries {
  const lines = text.split(LINE_END);
  const known = new Set(before.text.split(LINE_END).map((line) => line.trim()));
  const index = new LineIndex(text);
  const isNew = ({ start, end }: Span): boolean => {
    const first = index.position(start).line;
    const last = index.position(Math.max(start, end - 1)).line;
    return lines.slice(first - 1, last).some((line) => !known.has(line.trim()));
  };
  // One that was ignored did not count: taking the ignore away brings it.
  const idOf = ({ entry }: Entries['findings'][number]): string => `${entry.fingerprint} ${entry.ignored === null ? 'counts' : 'ignored'}`;
  const prints = new Set(before.entries.findings.map(idOf));
  const identities = new Set(before.entries.connections.map(({ identity }) => identity));
  return {
    findings: now.findings.filter((finding) => !prints.has(idOf(finding)) || finding.places.some(isNew)),
    connections: now.connections.filter(({ identity, span }) => !identities.has(identity) || isNew(span)),
  };
}

/** As {@link LineIndex} counts lines. */
const LINE_END = /\r\n|\n|\r/;
