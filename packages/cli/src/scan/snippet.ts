import type { Finding, LineIndex } from '@sslmode/core';
import type { Snippet } from './report.ts';

/** Longer lines are cut around the carets. */
const MAX_WIDTH = 160;

/**
 * The line to show for a finding. Of the source only the key right before the excerpt is taken as it is; the excerpt
 * is the finding's, whose secrets are masked; everything else is `…`, since it may be a secret of something else.
 */
export function snippetOf(source: string, lines: LineIndex, finding: Pick<Finding, 'span' | 'excerpt' | 'key'>): Snippet {
  const { start, end } = finding.excerpt.span;
  const { mark, text } = finding.excerpt;
  const lineStart = lines.startOf(lines.position(start).line);
  const before = keyBefore(source.slice(Math.max(lineStart, start - 300), start), finding.key);
  const after = restAfter(source.slice(end, end + 200));
  return cut({
    line: lines.position(finding.span.start).line,
    text: before + text + after,
    caretStart: before.length + mark.start,
    // An empty value still gets one caret.
    caretEnd: before.length + Math.max(mark.start + 1, mark.end),
  });
}

/** `- `, `export ` and a name with its colon or equals sign, all that a line holds before its value. */
const LINE_HEAD = /^\s*(?:- {1,9})?(?:(?:export|ENV|ARG) {1,9})?["']?[A-Za-z_][\w.-]{0,99}["']?\s{0,9}[:=]\s{0,9}(?:[|>][+-]?\d?\s{0,9})?["']?$/;

/** The key of the value where it stands right before it on the line: `DATABASE_URL=`, `- value: "`. */
export function keyBefore(text: string, key: string | null): string {
  if (text.trim() === '' || LINE_HEAD.test(text)) return text.trimStart();
  const name = key?.slice(-100).split(/[.[\]]/).findLast((step) => step !== '' && !/^\d+$/.test(step)) ?? '';
  const at = name === '' ? -1 : text.lastIndexOf(name);
  const shown = at >= 0 && /^["']?\s{0,9}[:=]\s{0,9}["']?$/.test(text.slice(at + name.length)) ? text.slice(at) : (/["']$/.exec(text)?.[0] ?? '');
  return `… ${shown}`;
}

/** What follows the value on its line: a closing quote, or something that isn't shown. */
export function restAfter(text: string): string {
  const rest = text.split(/[\r\n]/, 1)[0] ?? '';
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  return quote + (/^[\s,;)\]}]*$/.test(rest.slice(quote.length)) ? '' : ' …');
}

function cut(snippet: Snippet): Snippet {
  const { text, caretStart, caretEnd } = snippet;
  if (text.length <= MAX_WIDTH) return snippet;
  const from = Math.max(0, Math.min(caretStart - 60, text.length - MAX_WIDTH));
  const to = from + MAX_WIDTH;
  const head = from > 0 ? '…' : '';
  return {
    line: snippet.line,
    text: head + text.slice(from, to) + (to < text.length ? '…' : ''),
    caretStart: caretStart - from + head.length,
    caretEnd: Math.min(caretEnd, to) - from + head.length,
  };
}
