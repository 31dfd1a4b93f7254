import type { DriverId } from './drivers/driver.ts';
import { driverOf } from './drivers/index.ts';
import type { Claim, Comment, Site } from './site.ts';
import type { MappedText, Span } from './text.ts';

/** Another file's text that a reading draws on. */
export interface JoinedText {
  /** As the caller was asked for it. */
  readonly path: string;
  readonly text: string;
  /** Where its first unit stands, counted on from the file's own text. */
  readonly start: number;
}

/**
 * A file's own text, then those of the files that its connections draw on, one behind the other: so a place in any of
 * them is one offset, and nothing that judges or reports has to know of several files.
 */
export class JoinedTexts {
  readonly #texts: JoinedText[] = [];
  #end: number;

  /** @param length of the file's own text. */
  constructor(length: number) {
    this.#end = length;
  }

  /** Those that were added, in order. */
  get texts(): readonly JoinedText[] {
    return this.#texts;
  }

  /** Adds a text, each path once; gives what its offsets have to be moved by. */
  add(path: string, text: string): number {
    const known = this.#texts.find((joined) => joined.path === path);
    if (known !== undefined) return known.start;
    // A line break between them: no line is of two files.
    const start = this.#end + 1;
    this.#texts.push({ path, text, start });
    this.#end = start + text.length;
    return start;
  }
}

/** All texts as one: the source that the spans of such a reading are offsets in. */
export function wholeSource(own: string, joined: readonly JoinedText[] = []): string {
  return joined.length === 0 ? own : [own, ...joined.map(({ text }) => text)].join('\n');
}

/** The text that an offset lies in; `null` for the file's own. */
export function textAround(joined: readonly JoinedText[] | undefined, at: number): JoinedText | null {
  return joined?.findLast(({ start }) => start <= at) ?? null;
}

/** A span in a text that stands behind others. */
export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** A value, hidden or not, in a text that stands behind others. */
export function movedValue(value: MappedText | 'hidden', by: number): MappedText | 'hidden' {
  return value === 'hidden' ? value : value.moved(by);
}

/** A comment of another file: it counts here too, and whether it is of any use is for that file to say. */
export function borrowedComment(comment: Comment, by: number): Comment {
  return { ...comment, span: movedSpan(comment.span, by), covers: movedSpan(comment.covers, by), borrowed: true };
}

/**
 * Where what stands alone gives way to the connections that it is a part of: code reads it (in the language of the
 * driver that was guessed, for a program in another one may read it as well), or some container adds to it and none
 * leaves it as it is.
 */
export function givesWay(claims: Iterable<Claim>): (at: number, guessed?: DriverId | null) => boolean {
  const joins = new Map<number, boolean>();
  const drivers = new Map<number, Set<DriverId>>();
  for (const { at, driver, joins: adds } of claims) {
    if (driver === undefined) joins.set(at, adds && joins.get(at) !== false);
    else drivers.set(at, (drivers.get(at) ?? new Set()).add(driver));
  }
  return (at, guessed = null) => {
    const readers = drivers.get(at);
    if (readers === undefined) return joins.get(at) === true;
    return guessed === null || [...readers].some((reader) => speaksAs(reader, guessed));
  };
}

/** Whether two drivers are of one ecosystem. */
function speaksAs(one: DriverId, other: DriverId): boolean {
  const packages = driverOf(other)?.packages ?? {};
  return one === other || Object.keys(driverOf(one)?.packages ?? {}).some((ecosystem) => ecosystem in packages);
}

/** Without the connections of a file's own that others of it take in. */
export function withoutClaimed(sites: readonly Site[], claims: readonly Claim[]): readonly Site[] {
  if (claims.length === 0) return sites;
  const isGone = givesWay(claims);
  return sites.filter(({ span, joins }) => joins === true || !isGone(span.start));
}
