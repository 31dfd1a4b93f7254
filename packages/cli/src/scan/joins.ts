import { DRIVER_IDS, givesWay, type Claim, type DriverId } from '@sslmode/core';
import type { FoundConnection, FoundFinding, Origin } from './entries.ts';
import { fingerprints } from './fingerprint.ts';
import type { Note } from './judging.ts';
import { Places } from './places.ts';

interface Found {
  readonly findings: readonly FoundFinding[];
  readonly connections: readonly FoundConnection[];
}

/**
 * Connections that are put together of several files, as far as only the whole scan can tell: what a file says alone
 * gives way to the connections that it is a part of, and one value that is weak in the same way through several
 * readers is one finding.
 */
export class Joins {
  /** By the path of the file that they lie in. */
  readonly #claims = new Map<string, Claim[]>();
  /** Ignores that cover something from elsewhere, by path and offset. */
  readonly #used = new Set<string>();

  /** Takes note of what readings draw on. */
  note(notes: readonly Note[]): void {
    for (const note of notes) if (note.reading.joined !== undefined) this.#note(note);
  }

  #note({ file, text, reading, borrowed }: Note): void {
    const places = new Places(file, text, reading.joined);
    for (const claim of reading.claims ?? []) {
      if (places.isOwn(claim.at)) continue;
      const { path } = places.fileAt(claim.at);
      const claims = this.#claims.get(path) ?? [];
      this.#claims.set(path, claims);
      claims.push({ ...claim, at: places.offsetIn(claim.at) });
    }
    for (const { start } of borrowed) {
      const { line, column } = places.position(start);
      this.#used.add(`${places.fileAt(start).path} ${line} ${column}`);
    }
  }

  /** What is left when all files were read. */
  settled({ findings, connections }: Found): Found {
    if (this.#claims.size === 0 && this.#used.size === 0) return { findings, connections };
    const tests = new Map([...this.#claims].map(([path, claims]) => [path, givesWay(claims)]));
    const stays = ({ origin: { joined, of, at }, entry }: { readonly origin: Origin; readonly entry: FoundConnection['entry'] | FoundFinding['entry'] }): boolean =>
      joined || at === null || tests.get(of)?.(at, guessedDriver(entry)) !== true;
    const isUseless = ({ entry, origin }: FoundFinding): boolean => entry.rule !== 'no-useless-ignore' || !this.#used.has(`${origin.home.path} ${entry.line} ${entry.column}`);
    return {
      findings: withFingerprints(oneAValue(findings.filter((finding) => stays(finding) && isUseless(finding)))),
      connections: connections.filter(stays),
    };
  }
}

/** The driver that a manifest points to; `null` where nothing does: then whatever reads it is the driver. */
function guessedDriver({ driver, evidence }: Pick<FoundConnection['entry'], 'driver' | 'evidence'>): DriverId | null {
  const id = evidence?.kind === 'lockfile' || evidence?.kind === 'manifest' ? driver?.split('@')[0] : undefined;
  return DRIVER_IDS.find((known) => known === id) ?? null;
}

/** As core does for one file: the finding that weighs most, with the places of the others. */
function oneAValue(findings: readonly FoundFinding[]): readonly FoundFinding[] {
  const groups = groupedBy(findings, ({ entry }) => {
    const way = entry.threshold === null ? entry.message : entry.effective;
    return JSON.stringify([entry.file, entry.line, entry.column, entry.endLine, entry.endColumn, entry.rule, entry.ignored?.by, way]);
  });
  return groups.flatMap((group) => {
    const [first, ...others] = group.toSorted((a, b) => weight(b) - weight(a) || (a.entry.message < b.entry.message ? -1 : 1));
    if (first === undefined || others.length === 0 || !group.some(({ origin }) => origin.joined)) return group;
    const known = new Set([first.entry, ...first.entry.related].map(placeId));
    const related = others.flatMap(({ entry }) => entry.related).filter((place) => !known.has(placeId(place)) && known.add(placeId(place)));
    return [{ ...first, entry: { ...first.entry, related: [...first.entry.related, ...related] } }];
  });
}

function groupedBy(findings: readonly FoundFinding[], idOf: (finding: FoundFinding) => string): readonly (readonly FoundFinding[])[] {
  const groups = new Map<string, FoundFinding[]>();
  for (const finding of findings) {
    const id = idOf(finding);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function weight({ entry: { severity, confidence }, origin }: FoundFinding): number {
  return (severity === 'error' ? 10 : 0) + ['low', 'medium', 'high'].indexOf(confidence) * 2 + (origin.joined ? 1 : 0);
}

function placeId({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }): string {
  return `${file} ${line} ${column}`;
}

/** Equal ones of a file are told apart by their order in it: anew, where some came from elsewhere. */
function withFingerprints(findings: readonly FoundFinding[]): readonly FoundFinding[] {
  const touched = new Set(findings.filter(({ origin }) => origin.joined).map(({ entry }) => entry.file));
  const anew = groupedBy(findings.filter(({ entry }) => touched.has(entry.file)), ({ entry }) => entry.file).flatMap((all) => {
    const inOrder = all.toSorted((a, b) => a.entry.line - b.entry.line || a.entry.column - b.entry.column || (a.entry.rule < b.entry.rule ? -1 : 1));
    const prints = fingerprints(inOrder.map(({ entry, details, identity }) => ({ rule: entry.rule, path: details.path, key: entry.key, identity })));
    return inOrder.map((finding, at) => ({ ...finding, entry: { ...finding.entry, fingerprint: prints[at] ?? '' } }));
  });
  return [...findings.filter(({ entry }) => !touched.has(entry.file)), ...anew];
}
