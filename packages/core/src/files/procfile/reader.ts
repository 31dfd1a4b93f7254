import type { Reading } from '../../site.ts';
import { endOfLine, nextLine } from '../entry.ts';
import { FILE_BUDGET } from '../expand.ts';
import { readScript, type ScriptReading } from '../shell/script.ts';
import { writtenInAny } from '../shell/written.ts';
import { commentsOver, type RawComment } from '../tree/comments.ts';

/** Reads a Procfile (https://devcenter.heroku.com/articles/procfile): a line a process, whose command a shell runs. */
export function readProcfile(_path: string, text: string): Reading {
  const budget = { left: FILE_BUDGET };
  const found: ScriptReading[] = [];
  const comments: RawComment[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const process = /^\s*([\w-]{1,100}):\s*/.exec(text.slice(at, Math.min(end, at + 200)));
    const mark = /^\s*#/.exec(text.slice(at, Math.min(end, at + 200)))?.[0].length ?? 0;
    if (process?.[1] !== undefined) found.push(readScript(text, { start: at + process[0].length, end }, { inherited: [], path: process[1], hints: [], budget }));
    else if (mark > 0) comments.push({ span: { start: at + mark - 1, end }, inner: { start: at + mark, end } });
    at = nextLine(text, end);
  }
  const trailing = found.flatMap((script) => script.comments.map(({ span }) => ({ span, inner: { start: span.start + 1, end: span.end } })));
  const parts = found.flatMap((script) => script.parts.map(({ start, end }) => ({ start: text.lastIndexOf('\n', start) + 1, end })));
  return {
    sites: found.flatMap(({ sites }) => sites),
    comments: commentsOver(text, [...comments, ...trailing].sort((a, b) => a.span.start - b.span.start), parts),
    bypasses: found.flatMap(({ bypasses }) => bypasses),
    problems: [],
    localNames: [],
    written: writtenInAny(found),
  };
}
