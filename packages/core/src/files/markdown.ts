import type { Reading, Site } from '../site.ts';
import { LineIndex, MappedText, MappedTextBuilder, type Span } from '../text.ts';
import { fileNameOf, placedIn } from './embedded.ts';
import { endOfLine, nextLine } from './entry.ts';
import { readScope } from './scope.ts';
import { linesOf } from './shell/script.ts';
import { findStrings } from './strings.ts';
import { commentsOver } from './tree/comments.ts';

/** What may stand before a fence: a quote, an item of a list. */
const FENCE = /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}|~{3,})[ \t]*([^\s`,{:]*)[^`\r\n]*$/;

interface Block {
  /** As the fence names it; empty where it names none. */
  readonly language: string;
  /** Without what stands before each line: blanks, the sign of a quote, a shell's prompt. */
  readonly text: MappedText;
  /** With its fences. */
  readonly span: Span;
}

/**
 * Reads Markdown (https://spec.commonmark.org/0.31.2/#fenced-code-blocks): blocks of code as the files that they are
 * samples of, everything else as text. No kind of file: Markdown is read on request only.
 *
 * @param read reads a block; nothing for a name of a kind that it does not know.
 */
export function readMarkdown(text: string, read: (name: string, text: string) => Reading | null): Reading {
  const { blocks, prose } = takeApart(text);
  const lines = new LineIndex(text);
  const readings = blocks.map(({ language, text: code }) => placedIn((language === '' ? null : read(fileNameOf(language), code.text)) ?? readLines(code.text), code, lines));
  const strings = prose.flatMap((line) => findStrings(MappedText.verbatim(text, line.start, line.end)).map((found): Site => ({ ...NOWHERE, form: found.form, span: found.text.span, string: found.text })));
  const parts = [...blocks.map(({ span }) => span), ...prose.map(({ start, end }) => ({ start: start + (/^\s*/.exec(text.slice(start, end))?.[0].length ?? 0), end }))];
  const comments = commentsOver(text, htmlComments(text, blocks), parts);
  return {
    sites: [...readings.flatMap(({ sites }) => sites), ...strings].sort((a, b) => a.span.start - b.span.start),
    comments: [...readings.flatMap((reading) => reading.comments), ...comments].sort((a, b) => a.span.start - b.span.start),
    bypasses: readings.flatMap(({ bypasses }) => bypasses),
    problems: readings.flatMap(({ problems }) => problems),
    localNames: readings.flatMap(({ localNames }) => localNames),
    servers: readings.flatMap(({ servers = [] }) => servers),
    certificates: readings.flatMap(({ certificates = [] }) => certificates),
    disabled: readings.flatMap(({ disabled = [] }) => disabled),
    written(put, at) {
      const index = blocks.findIndex(({ span }) => span.start <= at && at < span.end);
      return readings[index]?.written?.(put, at) ?? put;
    },
  };
}

/** Of what is only text nothing else is known. */
const NOWHERE: Omit<Site, 'form' | 'span' | 'string'> = { key: null, members: [], environment: [], options: undefined, driver: null, hints: [], condition: null, unparsed: true };

/** A block of which nobody says what it is. */
function readLines(text: string): Reading {
  const { sites, bypasses } = readScope({ variables: linesOf(text, { start: 0, end: text.length }, ''), inherited: [], path: '', bareNames: false, hints: [], servers: new Map(), unparsed: true });
  return { sites, bypasses, comments: [], problems: [], localNames: [] };
}

function takeApart(text: string): { readonly blocks: readonly Block[]; readonly prose: readonly Span[] } {
  const blocks: Block[] = [];
  const prose: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const [, before = '', fence, language = ''] = end - at > 1000 ? [] : (FENCE.exec(text.slice(at, end)) ?? []);
    if (fence === undefined) {
      prose.push({ start: at, end });
      at = nextLine(text, end);
      continue;
    }
    const block = blockAt(text, { start: at + before.length, indent: before.length, fence, language });
    blocks.push(block);
    at = nextLine(text, block.span.end);
  }
  return { blocks, prose };
}

function blockAt(text: string, opened: { readonly start: number; readonly indent: number; readonly fence: string; readonly language: string }): Block {
  const { start, indent, fence, language } = opened;
  const builder = new MappedTextBuilder();
  const from = nextLine(text, endOfLine(text, start));
  const prompts = fileNameOf(language).endsWith('.sh');
  let end = from;
  for (let at = from; at < text.length; at = nextLine(text, end)) {
    end = endOfLine(text, at);
    const line = text.slice(at, end);
    const inner = at + (/^[\s>]*/.exec(line.slice(0, indent))?.[0].length ?? 0);
    const content = text.slice(inner, end).trim();
    if (content.startsWith(fence) && content.split('').every((unit) => unit === fence[0])) break;
    const prompt = prompts ? (/^\s*\$ +/.exec(text.slice(inner, Math.min(end, inner + 100)))?.[0].length ?? 0) : 0;
    builder.verbatim(text, inner + prompt, nextLine(text, end));
  }
  return { language, text: builder.build(from), span: { start, end } };
}

/** Comments of HTML, for ignores; those in blocks are theirs. */
function htmlComments(text: string, blocks: readonly Block[]): { readonly span: Span; readonly inner: Span }[] {
  if (!text.includes('sslmode-ignore')) return [];
  return [...text.matchAll(/<!--.{0,1000}?-->/gs)].flatMap(({ 0: comment, index: start }) => {
    const end = start + comment.length;
    return blocks.some(({ span }) => span.start <= start && start < span.end) ? [] : [{ span: { start, end }, inner: { start: start + 4, end: end - 3 } }];
  });
}
