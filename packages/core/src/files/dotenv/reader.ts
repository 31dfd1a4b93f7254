import type { Comment, Reading } from '../../site.ts';
import type { MappedText, Span } from '../../text.ts';
import { expand, FILE_BUDGET } from '../expand.ts';
import { readScope, type Variable } from '../scope.ts';
import { nextLine, startOfLine, type Entry, type Variables } from './entry.ts';
import { parseShell } from './shell.ts';
import { parseDotenv } from './syntax.ts';

/** Reads `.env` and its kin as dotenv does, and `.envrc` as the shell script that it is. One file is one scope. */
export function readDotenv(path: string, text: string): Reading {
  const parsed = /(?:^|[\\/])\.envrc[^\\/]*$/i.test(path) ? parseShell(text) : parseDotenv(text);
  const { sites, bypasses } = readScope({
    variables: variablesOf(parsed.entries),
    inherited: [],
    path: '',
    bareNames: false,
    hints: [],
    servers: new Map(),
    unparsed: false,
  });
  return { sites, comments: commentsOf(text, parsed), bypasses, problems: [], localNames: [] };
}

/** With references filled in from what stands before them, else from what stands below and needs no filling in. */
function variablesOf(entries: readonly Entry[]): Variable[] {
  const all = new Map(entries.map((entry) => [entry.name, entry.value.text]));
  const before = new Map<string, string>();
  const budget = { left: FILE_BUDGET };
  return entries.map(({ name, value: raw, literal, whole }): Variable => {
    const lookup = (other: string): string | undefined => {
      const known = before.get(other);
      if (known !== undefined || other === name) return known;
      const later = all.get(other);
      return later?.includes('$') === true ? undefined : later;
    };
    const value: MappedText = expand(raw, { lookup, escape: '\\$', budget, literal });
    before.set(name, value.text);
    return { name, path: name, value, span: raw.span, whole };
  });
}

/** Those that may be ignores. Behind a value an ignore covers nothing: there it may become part of the value. */
function commentsOf(text: string, { entries, comments }: Variables): Comment[] {
  if (!text.includes('sslmode-ignore')) return [];
  const covered = new Map<number, Span>();
  for (const { whole } of entries) {
    const line = startOfLine(text, whole.start);
    covered.set(line, { start: covered.get(line)?.start ?? whole.start, end: whole.end });
  }
  const found: Comment[] = [];
  // From below, so that a comment hands what it covers up to the one above it.
  for (const { span, trailing } of comments.toReversed()) {
    const below = trailing ? undefined : covered.get(nextLine(text, span.end));
    if (below !== undefined) covered.set(lineStartOf(text, span), below);
    const inner = text.slice(span.start + 1, span.end);
    if (inner.includes('sslmode-ignore')) found.push({ text: inner.trim(), span, trailing, covers: below ?? span });
  }
  return found.reverse();
}

function lineStartOf(text: string, span: Span): number {
  let start = span.start;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return start;
}
