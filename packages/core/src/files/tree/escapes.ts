import { MappedTextBuilder, type MappedText } from '../../text.ts';

/** What stands at a backslash: the text that it means, and where it ends; `null` where the backslash is only one. */
export type EscapeAt = (source: string, at: number, end: number) => { readonly text: string; readonly end: number } | null;

/** A stretch of the source with its escapes decoded and mapped. */
export function decodeEscapes(source: string, start: number, end: number, escapeAt: EscapeAt): MappedText {
  const builder = new MappedTextBuilder();
  let copied = start;
  // Within the stretch: to look for a backslash up to the end of the text would take quadratic time.
  const stretch = source.slice(start, end);
  for (let found = stretch.indexOf('\\'); found >= 0; found = stretch.indexOf('\\', Math.max(found + 1, copied - start))) {
    const at = start + found;
    const escape = escapeAt(source, at, end);
    if (escape === null) continue;
    builder.verbatim(source, copied, at).add(escape.text, { start: at, end: escape.end }, true);
    copied = escape.end;
  }
  return builder.verbatim(source, copied, end).build(start);
}

const SHORT: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0', a: '\u0007', e: '\u001B' };
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * The escapes that the languages with C's backslash have in common: `\n`, `\x41`, `\u0041`, `\u{41}`, `\U00000041`, an
 * escaped line break for nothing; any other letter stands for itself.
 */
export const commonEscape: EscapeAt = (source, at, end) => {
  const next = source.charAt(at + 1);
  if (at + 1 >= end) return null;
  const digits = HEX_LENGTH[next];
  if (digits !== undefined) return hexEscape(source, at, end, digits) ?? { text: next, end: at + 2 };
  if (next === '\r' || next === '\n') return { text: '', end: Math.min(end, next === '\r' && source[at + 2] === '\n' ? at + 3 : at + 2) };
  // Half of a pair must not be taken from the other half.
  const letter = String.fromCodePoint(source.codePointAt(at + 1) ?? 0);
  return { text: SHORT[next] ?? letter, end: Math.min(end, at + 1 + letter.length) };
};

function hexEscape(source: string, at: number, end: number, digits: number): { text: string; end: number } | null {
  const braced = /\{([0-9A-Fa-f]{1,6})\}/y;
  braced.lastIndex = at + 2;
  const inner = source[at + 2] === '{' ? braced.exec(source) : null;
  const hex = inner?.[1] ?? source.slice(at + 2, Math.min(end, at + 2 + digits));
  const code = inner !== null || hex.length === digits ? (/^[0-9A-Fa-f]+$/.test(hex) ? Number.parseInt(hex, 16) : Infinity) : Infinity;
  const last = inner === null ? at + 2 + digits : braced.lastIndex;
  return code > 0x10ffff || last > end ? null : { text: String.fromCodePoint(code), end: last };
}
