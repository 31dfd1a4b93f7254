import { normalize } from 'node:path';
import { LineIndex, textAround, wholeSource, type Reading, type Span, type Suggestion } from '@sslmode/core';
import type { Candidate } from './collect.ts';
import type { Range } from './report.ts';
import { pathFrom } from './targets.ts';

/** Some lines of a file. */
export interface SourceLines {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Where offsets of a reading stand: in the file itself, or in one that its connections draw on. */
export class Places {
  /** All texts as one. */
  readonly source: string;
  readonly lines: LineIndex;
  readonly #file: Candidate;
  readonly #text: string;
  readonly #joined: NonNullable<Reading['joined']>;

  constructor(file: Candidate, text: string, joined: Reading['joined'] = []) {
    this.source = wholeSource(text, joined);
    this.lines = new LineIndex(this.source);
    this.#file = file;
    this.#text = text;
    this.#joined = joined;
  }

  /** The file that an offset lies in. */
  fileAt(at: number): Candidate {
    const text = textAround(this.#joined, at);
    if (text === null) return this.#file;
    const path = normalize(text.path);
    return { ...this.#file, path, file: pathFrom(this.#file.base, path), gitIgnored: false, named: false };
  }

  /** The text of that file. */
  textAt(at: number): string {
    return textAround(this.#joined, at)?.text ?? this.#text;
  }

  /** Changes as their own file counts; `null` where they are of several files. */
  editsIn(edits: Suggestion['edits'], at: number): Suggestion['edits'] | null {
    const text = textAround(this.#joined, at);
    const start = text?.start ?? 0;
    if (edits.some(({ span }) => textAround(this.#joined, span.start) !== text)) return null;
    return edits.map(({ span, text: put }) => ({ span: { start: span.start - start, end: span.end - start }, text: put }));
  }

  /** The lines of a span, whole. */
  linesOf({ start, end }: Span): SourceLines {
    const first = this.lines.startOf(this.lines.position(start).line);
    const last = this.lines.position(Math.max(start, end - 1)).line;
    const next = last === this.lines.count ? this.source.length : this.lines.startOf(last + 1);
    return { path: this.fileAt(start).path, text: this.source.slice(first, next).trimEnd() };
  }

  /** A span as its own file counts. */
  spanIn({ start, end }: Span): Span {
    return { start: this.offsetIn(start), end: this.offsetIn(start) + end - start };
  }

  /** Whether an offset lies in the file itself. */
  isOwn(at: number): boolean {
    return textAround(this.#joined, at) === null;
  }

  /** An offset as its own file counts it. */
  offsetIn(at: number): number {
    return at - (textAround(this.#joined, at)?.start ?? 0);
  }

  /** Where it begins, as its own file counts lines. */
  position(at: number): { readonly line: number; readonly column: number } {
    const { line, column } = this.lines.position(at);
    const text = textAround(this.#joined, at);
    return { line: text === null ? line : line - this.lines.position(text.start).line + 1, column };
  }

  /** A span, as its own file counts lines. */
  range({ start, end }: Span): Range {
    const first = this.position(start);
    const last = textAround(this.#joined, start) === textAround(this.#joined, end) ? this.position(end) : first;
    return { ...first, endLine: last.line, endColumn: last.column };
  }
}
