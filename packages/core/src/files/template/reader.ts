import type { Reading, Site } from '../../site.ts';
import { readScope } from '../scope.ts';
import { linesOf } from '../shell/script.ts';
import { LANGUAGE } from './language.ts';
import { readStrings } from '../source/reader.ts';

/** Reads a template of whatever: its lines as text, and the strings in its actions (`{{ printf "postgres://%s/app" .host }}`). */
export function readTemplate(_path: string, text: string): Reading {
  const lines = readScope({ variables: linesOf(text, { start: 0, end: text.length }, ''), inherited: [], path: '', bareNames: false, hints: [], servers: new Map(), unparsed: true });
  const strings = readStrings(text, LANGUAGE);
  const isNew = ({ span }: Site): boolean => !lines.sites.some((site) => site.span.start < span.end && span.start < site.span.end);
  return {
    ...strings,
    sites: [...lines.sites, ...strings.sites.filter(isNew).map((site) => ({ ...site, unparsed: true }))].sort((a, b) => a.span.start - b.span.start),
    bypasses: lines.bypasses,
  };
}
