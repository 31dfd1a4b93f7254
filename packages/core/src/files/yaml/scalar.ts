import { Scalar } from 'yaml';
import { MappedText, MappedTextBuilder } from '../../text.ts';

/**
 * The value of a scalar with the way back to its source. The value is the YAML library's own; here only its letters
 * are found again in the source. That is sure, because the styles of YAML change nothing but white space, doubled
 * single quotes and escapes: letter for letter, the rest of the value stands in the source in the same order.
 */
export function mapScalar(source: string, scalar: Scalar): MappedText {
  const start = scalar.range?.[0] ?? 0;
  const end = scalar.range?.[1] ?? start;
  const { value, type } = scalar;
  if (typeof value !== 'string') return MappedText.verbatim(source, start, end);
  switch (type) {
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      return align(source, bodyOf(source, start, end), end, value, 'block');
    case Scalar.QUOTE_SINGLE:
    case Scalar.QUOTE_DOUBLE: {
      const inner = Math.max(start + 1, end - 1);
      if (value.length === inner - start - 1 && source.startsWith(value, start + 1)) return MappedText.verbatim(source, start + 1, inner);
      return align(source, start + 1, inner, value, type === Scalar.QUOTE_DOUBLE ? 'double' : 'single');
    }
    default:
      return source.startsWith(value, start) && end - start === value.length
        ? MappedText.verbatim(source, start, end)
        : align(source, start, end, value, 'plain');
  }
}

/** Where the content of a block scalar begins: on the line below `|` or `>`. */
export function bodyOf(source: string, start: number, end: number): number {
  const newline = source.indexOf('\n', start);
  return newline < 0 || newline >= end ? end : newline + 1;
}

type Style = 'plain' | 'single' | 'double' | 'block';

function isBlank(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t' || unit === '\n' || unit === '\r';
}

function align(source: string, start: number, end: number, value: string, style: Style): MappedText {
  const builder = new MappedTextBuilder();
  let from = start;
  let at = 0;
  while (at < value.length) {
    // White space, folded or not: the run in the value is the run in the source.
    let blanks = at;
    while (isBlank(value[blanks])) blanks++;
    let next = from;
    while (next < end) {
      const token = tokenAt(source, next, end, style);
      if (!token.blank) break;
      next = token.end;
    }
    addRun(builder, source, from, next, value.slice(at, blanks));
    at = blanks;
    from = next;
    if (at >= value.length) break;
    const same = sameRun(source, from, end, value, at, style);
    builder.verbatim(source, from, from + same);
    at += same;
    from += same;
    if (same > 0) continue;
    const token = from < end ? tokenAt(source, from, end, style) : null;
    // Can't be, as said above; if it were, the rest is mapped as a whole rather than wrongly.
    if (token === null) {
      builder.add(value.slice(at), { start: from, end }, true);
      break;
    }
    const length = token.verbatim ? 1 : token.length;
    builder.add(value.slice(at, at + length), { start: from, end: token.end }, !token.verbatim);
    at += length;
    from = token.end;
  }
  return builder.build(start);
}

/** How many letters stand in source and value alike. */
function sameRun(source: string, from: number, end: number, value: string, at: number, style: Style): number {
  let length = 0;
  while (at + length < value.length && from + length < end) {
    const unit = source[from + length];
    if (unit !== value[at + length] || isBlank(unit)) break;
    if ((style === 'double' && unit === '\\') || (style === 'single' && unit === "'")) break;
    length++;
  }
  return length;
}

function addRun(builder: MappedTextBuilder, source: string, start: number, end: number, run: string): void {
  if (run === '') return;
  if (source.slice(start, end) === run) builder.verbatim(source, start, end);
  else builder.add(run, { start, end }, true);
}

/** One unit of the source: what it is in the value. */
interface Token {
  readonly end: number;
  /** White space in the value, or nothing: a line break, an escaped tab, an escaped line break. */
  readonly blank: boolean;
  /** Stands in the value as it is. */
  readonly verbatim: boolean;
  /** Units in the value. */
  readonly length: number;
}

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function tokenAt(source: string, at: number, end: number, style: Style): Token {
  const unit = source.charAt(at);
  if (style === 'single' && unit === "'" && source[at + 1] === "'" && at + 1 < end) return { end: at + 2, blank: false, verbatim: false, length: 1 };
  if (style !== 'double' || unit !== '\\') return { end: at + 1, blank: isBlank(unit), verbatim: true, length: 1 };
  const next = source.charAt(at + 1);
  const digits = HEX_LENGTH[next];
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    return { end: Math.min(end, at + 2 + digits), blank: code === 9 || code === 10 || code === 13 || code === 32, verbatim: false, length: code > 0xffff ? 2 : 1 };
  }
  if (next === '\r' && source[at + 2] === '\n') return { end: Math.min(end, at + 3), blank: true, verbatim: false, length: 0 };
  return { end: Math.min(end, at + 2), blank: 'tnr\t \n\r'.includes(next), verbatim: false, length: 1 };
}
