import { nearest } from './text-distance.ts';
import { type SafeText, ownText, redactString, safeWord } from './redact.ts';
import { RULE_IDS } from './rules/ids.ts';
import type { Comment } from './site.ts';
import type { Span } from './text.ts';

/** An ignore comment, read. */
export interface Ignore {
  /** Ids without prefix, in the order written. */
  readonly rules: readonly string[];
  readonly unknown: readonly string[];
  readonly reason: SafeText | null;
  /** `YYYY-MM-DD`, inclusive, UTC. */
  readonly until: string | null;
  readonly wholeFile: boolean;
  readonly span: Span;
  readonly covers: Span;
}

const MARK = 'sslmode-ignore';
const DATE = /^(\d{4}-\d{2}-\d{2})$/;

/** Reads `sslmode-ignore RULE[, RULE] [until YYYY-MM-DD] -- reason`; `: reason` too, and `sslmode-ignore-file`. `null` for any other comment. */
export function readIgnore(comment: Comment): Ignore | null {
  const at = comment.text.indexOf(MARK);
  // The lines of a comment in blocks may begin with stars.
  if (at < 0 || /[^\s*]/.test(comment.text.slice(0, at))) return null;
  let rest = comment.text.slice(at + MARK.length);
  const wholeFile = rest.startsWith('-file');
  if (wholeFile) rest = rest.slice('-file'.length);
  if (rest !== '' && !/^[\s:]/.test(rest)) return null;
  const { head, reason } = splitReason(rest);
  const words = head.split(/[\s,]+/).filter((word) => word !== '');
  const untilAt = words.indexOf('until');
  const until = untilAt < 0 ? null : dateOr('invalid', words[untilAt + 1] ?? '');
  const named = (untilAt < 0 ? words : words.slice(0, untilAt)).map((word) => word.replace(/^sslmode\//, ''));
  return {
    rules: named.filter((word) => (RULE_IDS as readonly string[]).includes(word)),
    unknown: named.filter((word) => !(RULE_IDS as readonly string[]).includes(word)),
    reason: reason === '' ? null : redactString(reason),
    until,
    wholeFile,
    span: comment.span,
    covers: comment.covers,
  };
}

/** A date that the calendar has: one that never comes (`2026-13-45`) would never run out. */
function dateOr<T>(otherwise: T, word: string): string | T {
  const time = DATE.test(word) ? Date.parse(`${word}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(word) ? word : otherwise;
}

function splitReason(rest: string): { head: string; reason: string } {
  const dashes = /\s--\s/.exec(`${rest} `);
  const colon = rest.indexOf(':');
  const ends = [dashes === null ? Infinity : dashes.index, colon < 0 ? Infinity : colon];
  const end = Math.min(...ends);
  if (end === Infinity) return { head: rest, reason: '' };
  const length = end === dashes?.index ? dashes[0].length : 1;
  return { head: rest.slice(0, end), reason: rest.slice(end + length).trim() };
}

/** An ignore that counts today: with a reason, and not run out. */
export function counts(ignore: Ignore, today: string): boolean {
  return ignore.reason !== null && !isExpired(ignore.until, today);
}

/** True from the day after; a date that is none has run out. */
function isExpired(until: string | null, today: string): boolean {
  return until !== null && (until === 'invalid' || today > until);
}

/** What is wrong with an ignore; `used`: ids that ignored something; `ran`: ids of the rules that ran on this file. */
export function complaints(ignore: Ignore, used: ReadonlySet<string>, ran: readonly string[], today: string): readonly { messageId: string; data: Record<string, SafeText> }[] {
  const found: { messageId: string; data: Record<string, SafeText> }[] = [];
  for (const word of ignore.unknown) {
    const near = nearest(word, RULE_IDS);
    found.push({ messageId: 'unknownRule', data: { rule: safeWord(word), remedy: ownText(near === undefined ? 'See `sslmode rules`.' : `Did you mean \`${near}\`?`) } });
  }
  if (ignore.rules.length === 0 && ignore.unknown.length === 0) {
    found.push({ messageId: 'unknownRule', data: { rule: ownText('none is named'), remedy: ownText('Write `sslmode-ignore RULE -- reason`.') } });
    return found;
  }
  if (ignore.reason === null) return [...found, { messageId: 'noReason', data: {} }];
  if (isExpired(ignore.until, today)) {
    return [...found, { messageId: 'expired', data: { until: ownText(ignore.until === 'invalid' ? 'a date that is none (write YYYY-MM-DD)' : (ignore.until ?? '')) } }];
  }
  // "An ignore is unused only if all the rules it names ran on that file."
  const unused = ignore.rules.filter((rule) => !used.has(rule));
  if (unused.length > 0 && ignore.rules.every((rule) => ran.includes(rule))) {
    // Where there is nothing that a comment may speak of, its reader gives it itself to cover.
    const misplaced = !ignore.wholeFile && ignore.covers.start === ignore.span.start && ignore.covers.end === ignore.span.end;
    found.push(...(misplaced ? [{ messageId: 'misplaced', data: {} }] : unused.map((rule) => ({ messageId: 'unused', data: { rule: ownText(rule) } }))));
  }
  return found;
}
