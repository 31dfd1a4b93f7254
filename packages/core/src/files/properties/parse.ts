import { MappedTextBuilder, type MappedText, type Span } from '../../text.ts';
import type { RawComment } from '../tree/comments.ts';
import { commonEscape } from '../tree/escapes.ts';
import { wholeOf } from '../tree/tree.ts';

/** One entry of a properties file. */
export interface Property {
  readonly name: string;
  readonly value: MappedText;
  /** From the key to the end of the value. */
  readonly span: Span;
  readonly whole: Span;
}

/** A properties file taken apart: documents (Spring parts several by `#---`) of entries. */
export interface Properties {
  readonly documents: readonly (readonly Property[])[];
  readonly comments: readonly RawComment[];
}

/** Takes a properties file apart as java.util.Properties does (its `load` method's documentation); linear, never fails. */
export function parseProperties(text: string): Properties {
  const documents: Property[][] = [[]];
  const comments: RawComment[] = [];
  const blank = /[ \t\f\r\n\uFEFF]*/y;
  const line = /[^\r\n]*/y;
  for (let at = skip(blank, text, 0); at < text.length; at = skip(blank, text, at)) {
    if (text[at] === '#' || text[at] === '!') {
      const end = skip(line, text, at);
      comments.push({ span: { start: at, end }, inner: { start: at + 1, end } });
      if (/^[#!]---[ \t]*$/.test(text.slice(at, Math.min(end, at + 100)))) documents.push([]);
      at = end;
      continue;
    }
    const key = piece(text, at, true);
    const separator = /[ \t\f]*(?:[=:][ \t\f]*)?/y;
    const value = piece(text, skip(separator, text, key.end), false);
    const end = trimmedEnd(text, value.start, value.end);
    const shown = value.text.slice(0, value.text.text.length - (value.end - end));
    documents.at(-1)?.push({ name: key.text.text, value: shown, span: { start: at, end }, whole: wholeOf(text, at, value.end) });
    at = value.end;
  }
  return { documents, comments };
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.exec(text);
  return pattern.lastIndex;
}

/** A key, up to what parts it from its value, or a value, up to the end of its logical line. */
function piece(text: string, start: number, isKey: boolean): { text: MappedText; start: number; end: number } {
  const builder = new MappedTextBuilder();
  const run = isKey ? /[^\\\r\n=: \t\f]+/y : /[^\\\r\n]+/y;
  let at = start;
  for (;;) {
    const end = runEnd(run, text, at);
    builder.verbatim(text, at, end);
    at = end;
    if (text[at] !== '\\') break;
    const escape = commonEscape(text, at, text.length);
    if (escape === null) {
      at++;
      break;
    }
    builder.add(escape.text, { start: at, end: escape.end }, true);
    // White space at the beginning of a line that goes on is left out.
    at = escape.text === '' ? skip(/[ \t\f]*/y, text, escape.end) : escape.end;
  }
  return { text: builder.build(start), start, end: at };
}

function runEnd(run: RegExp, text: string, at: number): number {
  run.lastIndex = at;
  return run.exec(text) === null ? at : run.lastIndex;
}

/** Java keeps blanks at the end of a value; drivers fail on them or trim them, and nobody means them. */
function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && (text[trimmed - 1] === ' ' || text[trimmed - 1] === '\t')) trimmed--;
  return text[trimmed - 1] === '\\' ? end : trimmed;
}
