import { MappedTextBuilder, type MappedText, type Span } from '../../text.ts';
import { endOfLine, nextLine } from '../entry.ts';
import { templateEnd } from '../inline-template.ts';
import type { RawComment } from '../tree/comments.ts';
import { commonEscape } from '../tree/escapes.ts';

/** One setting of a unit. */
export interface UnitSetting {
  readonly name: string;
  /** Of the value, lines that go on included. */
  readonly value: Span;
  /** Whole lines. */
  readonly whole: Span;
}

/** A unit taken apart (https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html); linear, never fails. */
export function parseUnit(text: string): { readonly settings: readonly UnitSetting[]; readonly comments: readonly RawComment[] } {
  const settings: UnitSetting[] = [];
  const comments: RawComment[] = [];
  for (let at = 0; at < text.length; ) {
    let end = endOfLine(text, at);
    const line = text.slice(at, Math.min(end, at + 300));
    const first = at + (line.length - line.trimStart().length);
    if (text[first] === '#' || text[first] === ';') {
      comments.push({ span: { start: first, end }, inner: { start: first + 1, end } });
    } else {
      const start = at;
      // Comments between lines that go on are no end.
      while (text[end - 1] === '\\' && end < text.length) end = endOfLine(text, nextLine(text, end));
      const name = /^\s*([A-Za-z][\w-]*)\s*=\s*/.exec(line);
      if (name?.[1] !== undefined) settings.push({ name: name[1], value: { start: start + name[0].length, end }, whole: { start, end: nextLine(text, end) } });
    }
    at = nextLine(text, end);
  }
  return { settings, comments };
}

/** Words in quotes or without, with escapes as in C (systemd.service(5), "Command lines"); `%%` is a percent sign. */
export function wordsOf(text: string, { start, end }: Span): readonly { readonly value: MappedText; readonly span: Span }[] {
  const words: { value: MappedText; span: Span }[] = [];
  for (let at = start; at < end; ) {
    if (/[\s\\]/.test(text.charAt(at)) && (text[at] !== '\\' || text[at + 1] === '\n' || text[at + 1] === '\r')) {
      at++;
      continue;
    }
    const builder = new MappedTextBuilder();
    const from = at;
    let quote = '';
    for (; at < end; at++) {
      const unit = text.charAt(at);
      if (quote === '' && /\s/.test(unit)) break;
      const template = unit === '{' || unit === '<' ? templateEnd(text, at) : -1;
      if (template >= 0 && template <= end) {
        builder.verbatim(text, at, template);
        at = template - 1;
        continue;
      }
      if (unit === quote) quote = '';
      else if (quote === '' && (unit === '"' || unit === "'")) quote = unit;
      else if (unit === '\\' && at + 1 < end) {
        const escape = commonEscape(text, at, end) ?? { text: '\\', end: at + 1 };
        builder.add(escape.text, { start: at, end: escape.end }, true);
        at = escape.end - 1;
      } else if (unit === '%' && text[at + 1] === '%') {
        builder.add('%', { start: at, end: at + 2 }, true);
        at++;
      } else builder.verbatim(text, at, at + 1);
    }
    const isQuoted = /["']/.test(text.charAt(from));
    words.push({ value: builder.build(isQuoted ? from + 1 : from), span: { start: from, end: at } });
  }
  return words;
}
