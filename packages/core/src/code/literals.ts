import { MappedText, MappedTextBuilder } from '../text.ts';
import type { Span } from '../text.ts';
import { spanOf } from './ast.ts';
import type { Literal, TemplateElement } from './ast.ts';

/** One hole of a template, as readers of connection strings expect it. */
export const HOLE = '${…}';

/** A string literal's text with the way back to its source, escape by escape. */
export function literalText(node: Literal, text: string, source: string): MappedText {
  const { start, end } = spanOf(node);
  const quote = source[start];
  // An attribute of JSX has quotes too, and no escapes but entities.
  const inner: Span = quote === '"' || quote === "'" || quote === '`' ? { start: start + 1, end: end - 1 } : { start, end };
  return mapped(text, source, inner);
}

/** The text between two holes of a template. */
export function quasiText(element: TemplateElement, source: string): MappedText | undefined {
  const { cooked, raw } = element.value;
  if (typeof cooked !== 'string') return undefined;
  const span = spanOf(element);
  // espree, acorn and oxc give the text alone; typescript-eslint gives the delimiters too: "`text${" or "}text`".
  const opens = source[span.start] === '`' || source[span.start] === '}' ? span.start + 1 : span.start;
  const start = startsAt(source, raw, span.start) ? span.start : opens;
  return mapped(cooked, source, { start, end: startsAt(source, raw, start) ? start + raw.length : lengthWithCarriageReturns(source, raw, start) });
}

/** A template's `raw` has `\n` where the source has `\r\n`. */
function startsAt(source: string, raw: string, at: number): boolean {
  const following = source.slice(at + raw.length, at + raw.length + 2);
  return source.startsWith(raw, at) && (following.startsWith('`') || following === '${');
}

function lengthWithCarriageReturns(source: string, raw: string, start: number): number {
  let at = start;
  for (const unit of raw) at += unit === '\n' && source.startsWith('\r\n', at) ? 2 : unit.length;
  return at;
}

function mapped(text: string, source: string, span: Span): MappedText {
  if (source.slice(span.start, span.end) === text) return MappedText.verbatim(source, span.start, span.end);
  const built = decode(source, span);
  // What the parser read counts: where this decoder reads something else, the map is coarse instead of wrong.
  return built.text === text ? built : MappedText.whole(text, span);
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', v: '\v', f: '\f', '0': '\0' };
const ESCAPE = /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r\n|[^])|\r\n?/y;

/** Resolves JavaScript's escapes (and the line ends of templates). */
function decode(source: string, { start, end }: Span): MappedText {
  const builder = new MappedTextBuilder();
  let plain = start;
  for (let at = start; at < end; ) {
    const unit = source[at];
    if (unit !== '\\' && unit !== '\r') {
      at++;
      continue;
    }
    builder.verbatim(source, plain, at);
    ESCAPE.lastIndex = at;
    const match = ESCAPE.exec(source);
    const length = match === null ? 1 : match[0].length;
    builder.add(match === null ? unit : meaning(match), { start: at, end: at + length });
    at += length;
    plain = at;
  }
  return builder.verbatim(source, plain, Math.max(plain, end)).build(start);
}

function meaning([whole, point, unit, byte]: RegExpExecArray): string {
  const code = point ?? unit ?? byte;
  if (code !== undefined) {
    const value = Number.parseInt(code, 16);
    return value <= 0x10ffff ? String.fromCodePoint(value) : '';
  }
  if (!whole.startsWith('\\')) return '\n';
  const escaped = whole.slice(1);
  // A backslash at the end of a line continues it.
  if (/^[\r\n\u2028\u2029]/.test(escaped)) return '';
  return SIMPLE[escaped] ?? escaped;
}
