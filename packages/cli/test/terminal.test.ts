import { describe, expect, it } from 'vitest';
import type { Io, Output } from '../src/io.ts';
import { COLORED, PLAIN, paintFor, plural, table, visible, widthOf } from '../src/terminal.ts';

describe('paintFor', () => {
  it.for<[what: string, env: Io['env'], isTTY: boolean, when: string | undefined, colored: boolean]>([
    ['a terminal', {}, true, undefined, true],
    ['a pipe', {}, false, undefined, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, undefined, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, 'auto', false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true, undefined, true],
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, false, undefined, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, undefined, false],
    ['both', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, undefined, false],
    ['always, in spite of NO_COLOR', { NO_COLOR: '1' }, false, 'always', true],
    ['never, in spite of FORCE_COLOR', { FORCE_COLOR: '1' }, true, 'never', false],
  ])('%s', ([, env, isTTY, when, colored]) => {
    const output: Output = { isTTY, write: () => undefined };
    const io: Io = { env, cwd: '/', stdout: output, stderr: output, readStdin: () => Promise.resolve(new Uint8Array()), now: () => new Date(0) };
    expect(paintFor(io, output, when)).toBe(colored ? COLORED : PLAIN);
  });
});

it.for([
  ['plain ☃ text', 'plain ☃ text'],
  ['\u001b[31mred', String.raw`\x1b[31mred`],
  ['a\nb\r\t', String.raw`a\x0ab\x0d\x09`],
  ['\u009b31m', String.raw`\x9b31m`],
  ['abc\u202edcba', String.raw`abc\u202edcba`],
  ['a\u200bb\ufeff', String.raw`a\u200bb\ufeff`],
  ['half \ud800 pair', String.raw`half \ud800 pair`],
  ['whole 😀 pair', 'whole 😀 pair'],
] as const)('makes %j harmless: %s', ([text, expected]) => {
  expect(visible(text)).toBe(expected);
});

it.for([
  ['abc', 3],
  ['データ', 6],
  ['e\u0301', 1],
  ['😀', 2],
  [COLORED.red('ab'), 2],
] as const)('%j is %i wide', ([text, width]) => {
  expect(widthOf(text)).toBe(width);
});

it('aligns columns by what they show', () => {
  expect(table([[COLORED.bold('a'), 'x'], ['デー', 'y', 'z']], '  ')).toBe(`  ${COLORED.bold('a')}     x\n  デー  y  z\n`);
});

it('counts', () => {
  expect([plural(0, 'file'), plural(1, 'file'), plural(2, 'file'), plural(2, 'entry', 'entries')]).toEqual(['0 files', '1 file', '2 files', '2 entries']);
});

it('breaks the last column of a table between words, and puts it beneath where there is no room for it', () => {
  const rows = [['driver', 'mode', 'why it does so, in more words than a line takes'], ['libpq 18', 'require', 'short']];
  expect(table(rows, '', 50)).toBe('driver    mode     why it does so, in more words\n                   than a line takes\nlibpq 18  require  short\n');
  expect(table(rows, '', 40)).toBe('driver    mode\n    why it does so, in more words than a\n    line takes\nlibpq 18  require\n    short\n');
});
