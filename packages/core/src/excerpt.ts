import { type SafeText, ownText, redactString, redactValue } from './redact.ts';
import type { Site } from './site.ts';
import type { Span } from './text.ts';

/** The longest excerpt that is shown, in UTF-16 units. */
const LONGEST = 400;

/** A connection's own text with its secrets masked, on one line: the string, or the names of a group with their values. */
export function textOf(site: Site): SafeText {
  if (site.string !== null && site.string !== 'hidden') return oneLine(redactString(site.string.text));
  const settings = [...site.members, ...site.environment];
  return oneLine(ownText(settings.map(({ key, value }) => `${key}=${value === null ? '…' : redactValue(key, value)}`).join(' ')));
}

/** What a finding is recognised by: the connection's masked text, or the masked source that it stands on. Never line or column. */
export function identityOf(source: string, site: Site | null, span: Span): SafeText {
  const text = site === null ? '' : textOf(site);
  return text === '' ? oneLine(redactString(source.slice(span.start, span.end))) : text;
}

/**
 * The stretch of source to show for a finding: the connection string that it stands in, else the setting itself. The
 * rest of the line may hold other secrets and is never part of it.
 */
export function excerptOf(source: string, site: Site | null, span: Span): { span: Span; text: SafeText; mark: Span } {
  const string = site !== null && site.string !== null && site.string !== 'hidden' ? site.string : null;
  const whole = string?.span;
  if (string === null || whole === undefined || span.start < whole.start || span.end > whole.end) return ofSetting(source, site, span);
  const text = oneLine(redactString(string.text));
  const shown = { span: whole, text: cut(text) };
  if (span.start === whole.start && span.end === whole.end) return { ...shown, mark: { start: 0, end: shown.text.length } };
  // A value that is encoded in the source (escapes, folding, base64) is shown decoded, and so is the setting in it.
  const mark = markIn(text, string.text, string.fromSource(span));
  return { ...shown, mark: { start: Math.min(mark.start, shown.text.length), end: Math.min(mark.end, shown.text.length) } };
}

/** Where a stretch of the raw text shows in the masked one: masks change lengths, what is around them stays. */
function markIn(text: SafeText, raw: string, span: Span): Span {
  const fromEnd = text.length - (raw.length - span.start);
  const piece = raw.slice(span.start, span.end);
  if (fromEnd >= 0 && text.startsWith(piece, fromEnd)) return { start: fromEnd, end: fromEnd + piece.length };
  if (text.startsWith(piece, span.start)) return { start: span.start, end: span.end };
  const at = piece === '' ? -1 : text.lastIndexOf(piece);
  return at < 0 ? { start: 0, end: text.length } : { start: at, end: at + piece.length };
}

function ofSetting(source: string, site: Site | null, span: Span): { span: Span; text: SafeText; mark: Span } {
  // As its reader decoded it: what is escaped or in base64 hides a secret from those who mask it, not from those who read it.
  const setting = site === null ? undefined : [...site.members, ...site.environment].find((each) => each.span.start === span.start && each.span.end === span.end);
  const shown = setting?.value == null ? redactString(source.slice(span.start, span.end)) : redactValue(setting.key, setting.value);
  const text = cut(oneLine(shown));
  return { span, text, mark: { start: 0, end: text.length } };
}

function oneLine(text: SafeText): SafeText {
  return ownText(text.replace(/\s+/g, ' ').trim());
}

function cut(text: SafeText): SafeText {
  return text.length > LONGEST ? ownText(`${text.slice(0, LONGEST)}…`) : text;
}
