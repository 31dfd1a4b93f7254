/** A stretch of a text, in UTF-16 units from 0, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a value and where in the source it stands. Equal lengths map unit by unit; others (an escape, an expansion) only as a whole. */
export interface Segment {
  /** Offset in the value. */
  readonly at: number;
  /** Length in the value. */
  readonly length: number;
  /** Where this stretch stands in the source. */
  readonly source: Span;
  /** Maps only as a whole although the lengths happen to be equal: `${DB}` for a value of five units. */
  readonly whole?: boolean;
}

/**
 * A value as its reader decoded it (quotes off, escapes resolved, lines folded, base64 decoded), with the way
 * back: every span of the value leads to the exact span of the source that it came from.
 */
export class MappedText {
  readonly text: string;
  readonly #segments: readonly Segment[];

  /** Segments are in order and without gaps in the value; an empty value has one segment of length 0. */
  constructor(text: string, segments: readonly Segment[]) {
    this.text = text;
    this.#segments = segments;
  }

  /** A value that stands in the source as it is. */
  static verbatim(source: string, start: number, end: number): MappedText {
    return new MappedText(source.slice(start, end), [{ at: 0, length: end - start, source: { start, end } }]);
  }

  /** A value all of which comes from one stretch of the source, without a finer map. */
  static whole(text: string, source: Span): MappedText {
    return new MappedText(text, [{ at: 0, length: text.length, source, whole: true }]);
  }

  /** The source span of the whole value, without its quotes. */
  get span(): Span {
    return this.toSource({ start: 0, end: this.text.length });
  }

  /** The source span of a span of the value. */
  toSource(span: Span): Span {
    const start = this.#offset(span.start, 'start');
    return { start, end: Math.max(start, span.end > span.start ? this.#offset(span.end, 'end') : start) };
  }

  /** The smallest span of the value that comes from all of a source span; the whole value where none of it does. */
  fromSource({ start, end }: Span): Span {
    const last = Math.max(start, end - 1);
    const holds = ({ source }: Segment, at: number): boolean => source.start <= at && at < source.end;
    const first = this.#segments.find((segment) => holds(segment, start));
    const final = this.#segments.findLast((segment) => holds(segment, last));
    if (first === undefined || final === undefined || final.at < first.at) return { start: 0, end: this.text.length };
    return {
      start: isExact(first) ? first.at + start - first.source.start : first.at,
      end: isExact(final) ? final.at + Math.max(start, end) - final.source.start : final.at + final.length,
    };
  }

  /** A part of this value, mapped to the same source. */
  slice(start: number, end: number): MappedText {
    const segments = this.segments(start, end).map((segment) => ({ ...segment, at: segment.at - start }));
    if (segments.length === 0) segments.push({ at: 0, length: 0, source: this.toSource({ start, end: start }) });
    return new MappedText(this.text.slice(start, end), segments);
  }

  /** The same value where its source stands behind others. */
  moved(by: number): MappedText {
    return new MappedText(this.text, this.#segments.map((segment) => ({ ...segment, source: { start: segment.source.start + by, end: segment.source.end + by } })));
  }

  /** The segments of a part of this value, cut to it; `at` counts in the whole value. */
  segments(start: number, end: number): Segment[] {
    const found: Segment[] = [];
    for (let index = this.#indexAt(start); index < this.#segments.length; index++) {
      const segment = this.#segments[index];
      if (segment === undefined || segment.at >= end) break;
      const from = Math.max(start, segment.at);
      const to = Math.min(end, segment.at + segment.length);
      if (from >= to) continue;
      if (isExact(segment)) {
        const offset = segment.source.start - segment.at;
        found.push({ at: from, length: to - from, source: { start: from + offset, end: to + offset } });
      } else found.push({ at: from, length: to - from, source: segment.source, whole: true });
    }
    return found;
  }

  /** Index of the last segment that begins at or before an offset. */
  #indexAt(at: number): number {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#segments[middle]?.at ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #offset(at: number, side: 'start' | 'end'): number {
    const segment = this.#segments[this.#indexAt(side === 'start' ? at : at - 1)];
    if (segment === undefined) return 0;
    const { source } = segment;
    if (isExact(segment)) return Math.min(source.end, source.start + Math.max(0, at - segment.at));
    if (side === 'start') return at >= segment.at + segment.length ? source.end : source.start;
    return source.end;
  }
}

/** Whether a segment maps unit by unit. */
function isExact(segment: Segment): boolean {
  return segment.whole !== true && segment.source.end - segment.source.start === segment.length;
}

/** Collects a value piece by piece, for readers that decode as they go. */
export class MappedTextBuilder {
  #text = '';
  readonly #segments: Segment[] = [];

  /** Adds what stands in the source as it is. */
  verbatim(source: string, start: number, end: number): this {
    return this.add(source.slice(start, end), { start, end });
  }

  /** Adds a decoded piece and the stretch of source that it was decoded from; `whole` where units of equal number don't correspond. */
  add(text: string, source: Span, whole = false): this {
    if (text === '') return this;
    const last = this.#segments.at(-1);
    const exact = !whole && text.length === source.end - source.start;
    // One segment for a run that maps unit by unit: keeps long values cheap.
    if (exact && last?.source.end === source.start && isExact(last)) {
      this.#segments[this.#segments.length - 1] = {
        at: last.at,
        length: last.length + text.length,
        source: { start: last.source.start, end: source.end },
      };
    } else {
      this.#segments.push({ at: this.#text.length, length: text.length, source, ...(whole && { whole }) });
    }
    this.#text += text;
    return this;
  }

  /** Adds a part of another value with its map. */
  addPart(value: MappedText, start: number, end: number): this {
    for (const segment of value.segments(start, end)) {
      this.add(value.text.slice(segment.at, segment.at + segment.length), segment.source, segment.whole);
    }
    return this;
  }

  /** The value; `at` is where an empty value stands. */
  build(at: number): MappedText {
    const segments = this.#segments.length > 0 ? this.#segments : [{ at: 0, length: 0, source: { start: at, end: at } }];
    return new MappedText(this.#text, segments);
  }
}

/** Offsets to lines and columns, both from 1, columns in UTF-16 units; `\n`, `\r\n` and a lone `\r` end a line. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) this.#starts.push(at + 1);
    }
  }

  /** How many lines there are. */
  get count(): number {
    return this.#starts.length;
  }

  /** Line and column of an offset. */
  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (((this.#starts[middle] ?? 0)) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - ((this.#starts[low] ?? 0)) + 1 };
  }

  /** Offset at which a line (from 1) begins. */
  startOf(line: number): number {
    return this.#starts[Math.min(line, this.#starts.length) - 1] ?? 0;
  }
}
