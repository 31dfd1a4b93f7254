import { parse as babel } from '@babel/parser';
import { parse as typescriptEslint } from '@typescript-eslint/parser';
import * as espree from 'espree';
import { parseSync as oxc } from 'oxc-parser';
import { collectCode } from '../../src/code/index.ts';
import type { Program, SourceComment } from '../../src/code/index.ts';
import type { Reading, Site } from '../../src/site.ts';

/** The parsers whose trees are read, each as a tool that uses it would call it. */
export const PARSERS = {
  espree: (source: string): Reading => collect(espree.parse(source, { ecmaVersion: 'latest', sourceType: 'module', range: true, comment: true, ecmaFeatures: { jsx: true } }), source),
  'typescript-eslint': (source: string): Reading => collect(typescriptEslint(source, { range: true, comment: true, sourceType: 'module', jsx: true }), source),
  babel: (source: string): Reading => {
    const file = babel(source, { sourceType: 'module', plugins: ['estree', 'typescript', 'jsx'], createParenthesizedExpressions: true });
    return collect(file.program, source, file.comments as unknown as SourceComment[]);
  },
  oxc: (source: string): Reading => {
    const parsed = oxc('file.tsx', source);
    return collect(parsed.program, source, parsed.comments);
  },
} as const;

export type ParserName = keyof typeof PARSERS;

/** TypeScript alone: what only it can parse. */
export const TYPESCRIPT_PARSERS: readonly ParserName[] = ['typescript-eslint', 'babel', 'oxc'];
export const ALL_PARSERS = Object.keys(PARSERS) as ParserName[];

function collect(program: unknown, source: string, comments?: readonly SourceComment[]): Reading {
  return collectCode(program as Program, source, comments);
}

/** What a test says of a site: readable, and no more than is decided by /code. */
function summary(site: Site, source: string): string {
  const string = site.string === null || site.string === 'hidden' ? String(site.string) : site.string.text;
  const ssl = site.options?.kind === 'object' ? site.options.entries.findLast(({ name }) => name === 'ssl')?.value : undefined;
  const parts = [site.form, string];
  if (ssl !== undefined) parts.push(`ssl: ${source.slice(ssl.span.start, ssl.span.end)}`.replaceAll("'", ''));
  if (site.condition !== null) parts.push(site.condition);
  return parts.join(' | ');
}

/** All sites of a source, by one parser. */
export function sitesOf(source: string, parser: ParserName = 'espree'): string[] {
  return PARSERS[parser](source).sites.map((site) => summary(site, source));
}
