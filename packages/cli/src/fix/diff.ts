import { LineIndex, redactString, type Span, type Suggestion } from '@sslmode/core';
import { keyBefore, restAfter } from '../scan/snippet.ts';
import { visible, type Paint } from '../terminal.ts';
import type { Fix } from './edits.ts';

/**
 * What fixes change in a file, for people: no patch to apply, since secrets are masked and of a line only what belongs
 * to the connection is shown.
 */
export function diffOf(file: string, text: string, fixes: readonly Fix[], paint: Paint): string {
  const lines = new LineIndex(text);
  const name = visible(file);
  const hunks = fixes.flatMap(({ finding, suggestion }): string[] => {
    const [first] = suggestion.edits;
    if (first === undefined) return [];
    const { line } = lines.position(first.span.start);
    const { before, after } = shownChange(text, lines, finding, suggestion.edits);
    return [
      `${paint.blue(`@@ line ${line} @@`)} ${finding.entry.rule}: ${visible(suggestion.message)}\n`,
      ...(before === '' ? [] : [`${paint.red(`-${visible(before)}`)}\n`]),
      ...(after === '' ? [] : [`${paint.green(`+${visible(after)}`)}\n`]),
    ];
  });
  return hunks.length === 0 ? '' : `${paint.bold(`--- ${name}`)}\n${paint.bold(`+++ ${name}`)}\n${hunks.join('')}`;
}

function shownChange(text: string, lines: LineIndex, { entry, connection }: Fix['finding'], edits: Suggestion['edits']): { before: string; after: string } {
  const inside = connection !== null && edits.every(({ span }) => connection.span.start <= span.start && span.end <= connection.span.end);
  // Where the source is encoded (escapes, base64), masking it as it stands could miss a secret.
  if (inside && fold(redactString(text.slice(connection.span.start, connection.span.end))) === connection.text) {
    const { start, end } = connection.span;
    const key = keyBefore(text.slice(Math.max(lines.startOf(lines.position(start).line), start - 300), start), entry.key);
    const rest = restAfter(text.slice(end, end + 200));
    return { before: key + connection.text + rest, after: key + fold(redactString(apply(text, { start, end }, edits))) + rest };
  }
  const [first] = edits;
  const last = edits.at(-1);
  const span = { start: first?.span.start ?? 0, end: last?.span.end ?? 0 };
  return { before: around(text.slice(span.start, span.end)), after: around(apply(text, span, edits)) };
}

/** A part of a line, with nothing of what is around it. */
function around(part: string): string {
  const shown = fold(redactString(part));
  return shown === '' ? '' : `… ${shown} …`;
}

function apply(text: string, { start, end }: Span, edits: Suggestion['edits']): string {
  let edited = '';
  let at = start;
  for (const { span, text: replacement } of edits) {
    edited += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return edited + text.slice(at, end);
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
