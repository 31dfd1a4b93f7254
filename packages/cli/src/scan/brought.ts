import type { entriesOf } from './entries.ts';
import type { SourceLines } from './places.ts';

type Entries = ReturnType<typeof entriesOf>;

/**
 * Of a file's findings and connections, those that a change brought: one of their lines, in whatever file, was not
 * there before, or they were not (a line that was taken away can bring one as well).
 */
export function broughtBy(now: Entries, then: Entries, isNew: (lines: SourceLines) => boolean): Entries {
  // One that was ignored did not count: taking the ignore away brings it.
  const idOf = ({ entry }: Entries['findings'][number]): string => `${entry.fingerprint} ${entry.ignored === null ? 'counts' : 'ignored'}`;
  const prints = new Set(then.findings.map(idOf));
  const identities = new Set(then.connections.map(({ identity }) => identity));
  return {
    findings: now.findings.filter((finding) => !prints.has(idOf(finding)) || finding.lines().some(isNew)),
    connections: now.connections.filter(({ identity, lines }) => !identities.has(identity) || lines().some(isNew)),
  };
}
