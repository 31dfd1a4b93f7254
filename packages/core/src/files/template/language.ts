import type { Language, Quote } from '../source/language.ts';

const quote = (mark: string): Quote => ({ open: new RegExp(mark, 'y'), close: mark, escapes: 'backslash', lines: false });

/** Strings and comments in the actions of Go's, Jinja's, ERB's and Mustache's templates. */
export const LANGUAGE: Language = {
  extensions: [],
  ecosystem: null,
  lineComments: [],
  blockComments: [['{{/*', '*/}}'], ['{{- /*', '*/ -}}'], ['{{- /*', '*/}}'], ['{#', '#}'], ['<%#', '%>'], ['{{!', '}}']],
  quotes: [quote('"'), quote("'"), { open: /`/y, close: '`', escapes: 'none', lines: false }],
  joins: [],
  imports: [],
};
