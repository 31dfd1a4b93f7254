import type { Reading } from '../../site.ts';
import { FILE_BUDGET } from '../expand.ts';
import { commentsOver } from '../tree/comments.ts';
import { readScript } from './script.ts';

/** Reads shell scripts: variables, psql and its kin, words of any other command, here-documents. */
export function readShell(_path: string, text: string): Reading {
  const { sites, bypasses, comments, parts, written, servers } = readScript(text, { start: 0, end: text.length }, { inherited: [], path: '', hints: [], budget: { left: FILE_BUDGET } });
  const raw = comments.map(({ span }) => ({ span, inner: { start: span.start + 1, end: span.end } }));
  return { sites: sites.toSorted((a, b) => a.span.start - b.span.start), comments: commentsOver(text, raw, parts), bypasses, problems: [], localNames: [], written, ...(servers.length > 0 && { servers }) };
}
