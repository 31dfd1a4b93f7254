import { stripVTControlCharacters } from 'node:util';
import type { Io, Output } from './io.ts';

type Painter = (text: string) => string;

/** Sets words off by colour, or leaves them as they are. */
export interface Paint {
  readonly bold: Painter;
  readonly dim: Painter;
  readonly red: Painter;
  readonly yellow: Painter;
  readonly green: Painter;
  readonly blue: Painter;
}

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], green: [32, 39], blue: [34, 39] } as const;

const painted = (name: keyof typeof CODES) => (text: string) =>
  text === '' ? '' : `\u001b[${CODES[name][0]}m${text}\u001b[${CODES[name][1]}m`;
const same = (text: string): string => text;

/** Colours for a terminal. */
export const COLORED: Paint = {
  bold: painted('bold'),
  dim: painted('dim'),
  red: painted('red'),
  yellow: painted('yellow'),
  green: painted('green'),
  blue: painted('blue'),
};

/** No colours. */
export const PLAIN: Paint = { bold: same, dim: same, red: same, yellow: same, green: same, blue: same };

/** What `--color`, then NO_COLOR (https://no-color.org), then FORCE_COLOR, then the output itself say. */
export function paintFor(io: Io, output: Output, when: string | undefined): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (when === 'always') return COLORED;
  if (when === 'never' || (NO_COLOR !== undefined && NO_COLOR !== '')) return PLAIN;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR === '0' || FORCE_COLOR === 'false' ? PLAIN : COLORED;
  return output.isTTY && TERM !== 'dumb' ? COLORED : PLAIN;
}

/**
 * Text from a scanned tree (a file name, a value), harmless to a terminal and on one line: control characters are
 * escaped, so are those that reverse or hide what follows them, since they can make a line read as something else.
 */
export function visible(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- these are the ones to get rid of
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu,
    (unit) => {
      const code = unit.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** How many cells of a terminal a text takes: East Asian wide characters and emoji take two, combining marks and our own colours none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Mn}|\p{Me}/u.test(character)) continue;
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u.test(character) ? 2 : 1;
  }
  return width;
}

/** `1 file`, `2 files` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The least that the last column of a table may be squeezed to. */
const LEAST = 30;

/**
 * A table without rules: columns are as wide as their widest cell, but for the last. In a terminal of some `width` that is
 * broken between words, and begins lines of its own where the others leave it no room.
 */
export function table(rows: readonly (readonly string[])[], indent = '', width = Infinity): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
  }
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, indent.length);
  const isBeneath = width - before < LEAST;
  const margin = isBeneath ? indent.length + 4 : before;
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => (index === row.length - 1 ? '' : cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell))));
      const [first = '', ...rest] = linesOf(row.at(-1) ?? '', width - margin);
      const start = `${indent}${cells.join('  ')}`;
      const lines = isBeneath && row.length > 1 ? [start, ' '.repeat(margin) + first] : [start + first];
      return [...lines, ...rest.map((line) => ' '.repeat(margin) + line)].map((line) => `${line.trimEnd()}\n`).join('');
    })
    .join('');
}

/** A text broken between words; a word that is longer stays whole. */
function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
