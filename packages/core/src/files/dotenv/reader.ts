import type { Comment, Reading } from '../../site.ts';
import type { Span } from '../../text.ts';
import { nextLine, startOfLine, type Variables } from '../entry.ts';
import { FILE_BUDGET } from '../expand.ts';
import { certificateText } from '../certificates.ts';
import { readScope } from '../scope.ts';
import { parseShell } from '../shell/parse.ts';
import { writtenIn } from '../shell/written.ts';
import { variablesOf } from '../variables.ts';
import { parseDotenv } from './syntax.ts';

/** Reads `.env` and its kin as dotenv does, and `.envrc` as the shell script that it is. One file is one scope. */
export function readDotenv(path: string, text: string): Reading {
  const isShell = /(?:^|[\\/])\.envrc[^\\/]*$/i.test(path);
  const parsed = isShell ? parseShell(text) : parseDotenv(text);
  const variables = variablesOf(parsed.entries, { left: FILE_BUDGET }, isShell);
  const { sites, bypasses } = readScope({
    variables,
    inherited: [],
    path: '',
    bareNames: false,
    hints: [],
    servers: new Map(),
    unparsed: false,
  });
  const certificates = text.includes('BEGIN CERTIFICATE') ? parsed.entries.flatMap(({ name, value }) => certificateText(name, value) ?? []) : [];
  return { ...(certificates.length > 0 && { certificates }), sites, comments: commentsOf(text, parsed), bypasses, problems: [], localNames: [], environments: [{ variables, of: [] }], ...(isShell && { written: writtenIn(text, parsed.entries.map(({ whole }) => whole), []) }) };
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
