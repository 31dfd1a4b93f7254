import type { Reading, Site } from '../../site.ts';
import type { MappedText, Span } from '../../text.ts';
import { endOfLine, nextLine } from '../entry.ts';
import { findStrings } from '../strings.ts';
import { commentsOver, type RawComment } from '../tree/comments.ts';
import { commonEscape, decodeEscapes } from '../tree/escapes.ts';

/** Kinds of databases that Prisma speaks to as PostgreSQL (https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource). */
const PROVIDERS: ReadonlySet<string> = new Set(['postgresql', 'postgres', 'cockroachdb']);

interface Field {
  readonly name: string;
  /** `null` for anything but a string: `env("DATABASE_URL")`. */
  readonly value: MappedText | null;
  /** That `env("…")` names; `null` for none. */
  readonly variable: string | null;
  readonly span: Span;
}

/** Reads a Prisma schema: the connections of its `datasource` blocks, written or taken from the environment. */
export function readPrisma(_path: string, text: string): Reading {
  const sites: Site[] = [];
  const comments: RawComment[] = [];
  const parts: Span[] = [];
  let block: { readonly name: string; readonly fields: Field[] } | null = null;
  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    const opened = /^\s*(datasource|generator|model|enum|type|view)\s+(\w{1,100})\s*\{/.exec(line);
    const comment = commentIn(line);
    if (comment >= 0) comments.push({ span: { start: at + comment, end }, inner: { start: at + comment + 2, end } });
    if (opened !== null) {
      block = opened[1] === 'datasource' ? { name: opened[2] ?? '', fields: [] } : null;
      parts.push({ start: at, end });
    } else if (/^\s*\}/.test(line)) {
      if (block !== null) sites.push(...sitesOf(block.name, block.fields));
      block = null;
    } else if (block !== null) {
      const field = fieldAt(text, at, comment < 0 ? line : line.slice(0, comment));
      if (field !== null) {
        block.fields.push(field);
        parts.push({ start: at, end });
      }
    }
    at = nextLine(text, end);
  }
  if (block !== null) sites.push(...sitesOf(block.name, block.fields));
  return { sites, comments: commentsOver(text, comments, parts), bypasses: [], problems: [], localNames: [] };
}

/** Where a comment begins; not in a string. */
function commentIn(line: string): number {
  const before = /^(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*/.exec(line)?.[0].length ?? 0;
  return line.startsWith('//', before) ? before : -1;
}

function fieldAt(text: string, at: number, line: string): Field | null {
  const key = /^\s*(\w{1,100})\s*=\s*/.exec(line);
  if (key?.[1] === undefined) return null;
  const start = at + key[0].length;
  const rest = line.slice(key[0].length).trimEnd();
  const string = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
  const span = { start, end: start + rest.length };
  return { name: key[1], variable: /^env\(\s*"(\w{1,100})"\s*\)/.exec(rest)?.[1] ?? null, value: string === null ? null : decodeEscapes(text, start + 1, start + string[0].length - 1, commonEscape), span };
}

function sitesOf(name: string, fields: readonly Field[]): readonly Site[] {
  const provider = fields.find((field) => field.name === 'provider')?.value?.text ?? '';
  return fields.flatMap((field): readonly Site[] => {
    if (!/^(?:url|directUrl|shadowDatabaseUrl)$/.test(field.name)) return [];
    const common = { key: `${name}.${field.name}`, members: [], environment: [], options: undefined, driver: null, hints: ['prisma'] as const, condition: null, unparsed: false };
    if (field.value === null) return PROVIDERS.has(provider) ? [{ ...common, form: 'url', span: field.span, string: 'hidden', ...(field.variable !== null && { reads: field.variable }) }] : [];
    return findStrings(field.value).map(({ form, text: string }) => ({ ...common, form, span: string.span, string }));
  });
}
