import { Buffer } from 'node:buffer';
import type { Span, Suggestion } from '@sslmode/core';
import type { FoundFinding } from '../scan/entries.ts';

/** Which suggestions are wanted: those that provably cannot break a connection, or all. */
export type FixChoice = 'safe' | 'all';

/** A change that cures a finding. */
export interface Fix {
  readonly finding: FoundFinding;
  readonly suggestion: Suggestion;
}

/**
 * The fixes for one file's findings that go together: one a finding, in the order of the findings. Of two that touch
 * the same place the first stays; the other one, if it is still needed, comes with the next round.
 */
export function choose(findings: readonly FoundFinding[], choice: FixChoice): Fix[] {
  const taken: Span[] = [];
  const made = new Set<string>();
  return findings.flatMap((finding): Fix[] => {
    const { entry, suggestions } = finding;
    if (entry.ignored !== null) return [];
    const suggestion = suggestions.find(({ safe }) => safe) ?? (choice === 'all' ? suggestions[0] : undefined);
    if (suggestion === undefined) return [];
    const id = JSON.stringify(suggestion.edits);
    // The same edit for another finding: it cures both.
    if (made.has(id)) return [{ finding, suggestion: { ...suggestion, edits: [] } }];
    if (suggestion.edits.some(({ span }) => taken.some((other) => touch(span, other)))) return [];
    made.add(id);
    taken.push(...suggestion.edits.map(({ span }) => span));
    return [{ finding, suggestion }];
  });
}

function touch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** All edits of fixes, in order. */
export function editsOf(fixes: readonly Fix[]): Suggestion['edits'] {
  return fixes.flatMap(({ suggestion }) => suggestion.edits).sort((a, b) => a.span.start - b.span.start);
}

/** The text with the edits made. */
function editText(text: string, edits: Suggestion['edits']): string {
  let edited = '';
  let at = 0;
  for (const { span, text: replacement } of edits) {
    edited += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return edited + text.slice(at);
}

/**
 * A file's bytes with the edits made; every byte outside them stays as it was. `text` is what the bytes decode to,
 * without a byte order mark. `null` where bytes and text don't correspond (what is not valid UTF-8).
 */
export function editBytes(bytes: Uint8Array, text: string, edits: Suggestion['edits']): Uint8Array | null {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const isBigEndian = marked && bytes[0] === 0xfe;
  const bom = marked ? 2 : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const encode = (part: string): Buffer => {
    if (!marked) return Buffer.from(part, 'utf8');
    const encoded = Buffer.from(part, 'utf16le');
    return isBigEndian ? encoded.swap16() : encoded;
  };
  if (Buffer.compare(encode(text), bytes.subarray(bom)) !== 0) return null;
  return Buffer.concat([bytes.subarray(0, bom), encode(editText(text, edits))]);
}
