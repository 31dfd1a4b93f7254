import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import { LineIndex } from '../../text.ts';

/** A YAML text as documents, or why it is none. */
export type Parsed =
  | { readonly documents: readonly Document.Parsed[]; readonly failure: null }
  | { readonly documents: null; readonly failure: { readonly line: number; readonly reason: string } };

/** How deep collections may stand in each other. Real files stay below 30; the parser's recursion bears some thousands. */
const MAX_DEPTH = 200;

/** Longer texts are read as text: parsing them would take longer than anyone waits. */
const MAX_LENGTH = 5 * 1024 * 1024;

/** Errors of the library that leave the tree whole: an alias without anchor is only a hidden value. */
const HARMLESS: ReadonlySet<string> = new Set(['BAD_ALIAS', 'TAG_RESOLVE_FAILED', 'DUPLICATE_KEY', 'MULTIPLE_ANCHORS', 'NON_STRING_KEY', 'BAD_DIRECTIVE']);

/** What an error code of the library means. Its own messages are not used: they may quote the text, and so a password. */
const REASONS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'wrong indentation',
  TAB_AS_INDENT: 'a tab as indentation',
  MISSING_CHAR: 'something is missing, such as a quote, a comma or a colon',
  BLOCK_AS_IMPLICIT_KEY: 'a nested mapping where a plain value stands',
  BLOCK_IN_FLOW: 'a block inside of brackets',
  BAD_SCALAR_START: 'a value begins with a reserved character',
  BAD_DQ_ESCAPE: 'an unknown escape between double quotes',
  MULTILINE_IMPLICIT_KEY: 'a key over several lines',
  KEY_OVER_1024_CHARS: 'a key longer than 1024 characters',
  UNEXPECTED_TOKEN: 'something that cannot stand there',
};

/** Statements of Go templates (Helm), Jinja and ERB on a line of their own: the text becomes YAML only when it is rendered. */
const STATEMENT = /^[ \t]*(?:\{\{-?[ \t]*(?:if|else|with|range|end|include|template|define|block|\/\*|\$)|\{%|<%)/m;

/** Parses every document of a text. Never throws. */
export function parseYaml(text: string): Parsed {
  if (text.length > MAX_LENGTH) return failed(1, 'it is too long');
  // Most of a chart is like this: no need to let the parser fail first.
  const statement = STATEMENT.exec(text);
  if (statement !== null) return failed(new LineIndex(text).position(statement.index).line, 'it is a template');
  const deep = tooDeepAt(text);
  if (deep !== null) return failed(deep, 'it is nested too deep');
  try {
    const lines = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: false, merge: false, logLevel: 'silent' });
    if (!Array.isArray(documents)) return { documents: [], failure: null };
    for (const document of documents) {
      const error = document.errors.find(({ code }) => !HARMLESS.has(code));
      if (error !== undefined) return failed(lines.linePos(error.pos[0]).line, REASONS[error.code] ?? 'not well-formed');
    }
    return { documents, failure: null };
  } catch {
    // The library has limits of its own; whatever it throws, the text is still there to be read.
    return failed(1, 'the parser gave up');
  }
}

function failed(line: number, reason: string): Parsed {
  return { documents: null, failure: { line, reason } };
}

/** The line on which collections first stand too deep in each other; `null` where they nowhere do. Errs on the safe side: brackets in quotes count too. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10) {
      line++;
      const next = text.charCodeAt(at + 1);
      // A letter at the beginning of a line is the next key of the document's own map.
      if ((next >= 97 && next <= 122) || (next >= 65 && next <= 90)) depth = 0;
    } else if (unit === 91 || unit === 123) {
      depth++;
      if (depth > MAX_DEPTH) return line;
    } else if ((unit === 93 || unit === 125) && depth > 0) depth--;
  }
  return /^[ \t]*(?:[-?][ \t]+){200}/m.test(text) || /^[ \t]{2000}/m.test(text) ? 1 : null;
}
