import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../src/files/dotenv/syntax.ts';
import { parseShell } from '../../src/files/shell/parse.ts';

function values(text: string): Record<string, string> {
  return Object.fromEntries(parseDotenv(text).entries.map(({ name, value }) => [name, value.text]));
}

/** Pieces that are apt to trip each other. */
const piece = fc.constantFrom('A', 'B1', 'export ', 'export', '=', ' = ', ': ', ':', '"', "'", '`', '\\', '\\"', "\\'", '\\n', '\\r', '\\\\', '#', ' #', '# c', ' ', '\t', '\n', '\r\n', '\r', '$', 'x', '.', '-', 'postgres://h/db', '\uFEFF', '\u00A0');
const assignment = fc
  .tuple(fc.constantFrom('', 'export ', ' '), fc.constantFrom('A', 'B', 'C.d-e'), fc.constantFrom('=', ' = ', ': ', '=\n'), fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')), fc.constantFrom('\n', '\r\n', '\n\n', ''))
  .map((parts) => parts.join(''));
const file = fc.oneof(fc.array(piece, { maxLength: 25 }), fc.array(assignment, { maxLength: 5 })).map((parts) => parts.join(''));

describe('parseDotenv', { timeout: 60_000 }, () => {
  it('reads what dotenv itself reads', () => {
    fc.assert(
      fc.property(file, (text) => {
        expect(values(text)).toEqual(parse(text));
      }),
      { numRuns: 10_000, seed: 1 },
    );
  });

  it('maps every value to where it stands', () => {
    fc.assert(
      fc.property(file, (text) => {
        for (const { value, whole } of parseDotenv(text).entries) {
          expect(whole.start).toBeLessThanOrEqual(value.span.start);
          expect(value.span.end).toBeLessThanOrEqual(whole.end);
          for (let at = 0; at < value.text.length; at++) {
            const source = value.toSource({ start: at, end: at + 1 });
            const raw = text.slice(source.start, source.end);
            expect(raw === value.text[at] || ['\\n', '\\r', '\r\n', '\r'].includes(raw)).toBe(true);
          }
        }
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  it.for([
    ['\uFEFFA=1', { A: '1' }],
    ['A=1\rB=2\r\nC=3', { A: '1', B: '2', C: '3' }],
    ['A=p#w', { A: 'p' }],
    ['A="p#w" # c', { A: 'p#w' }],
    ['A="one\ntwo"\nB=1', { A: 'one\ntwo', B: '1' }],
    ["A='a\\nb'", { A: 'a\\nb' }],
    ['A: b', { A: 'b' }],
    ['A=1\nA=2', { A: '2' }],
    ['A="open\nB=1', { A: '"open', B: '1' }],
  ] as const)('reads %j', ([text, expected]) => {
    expect(values(text)).toEqual(expected);
    expect(parse(text)).toEqual(expected);
  });
});

describe('parseShell', () => {
  it.for([
    ['export A=b C="d e"', { A: 'b', C: 'd e' }],
    ["A='x y'\"z\"w", { A: 'x yzw' }],
    ['A="a\\$b\\"c\\d"', { A: 'a$b"c\\d' }],
    ['if [ -n "$X" ]; then\n  export A=$(op read x y)\nfi', { A: '$(op read x y)' }],
    ['use nix\necho A=b', {}],
    ['A=1; B=2 && C=3 # D=4', { A: '1', B: '2', C: '3' }],
    ["A='open\nB=2", { A: "'open", B: '2' }],
    ['A=a\\ b\nexport B', { A: 'a b' }],
  ] as const)('reads %j', ([text, expected]) => {
    expect(Object.fromEntries(parseShell(text).entries.map(({ name, value }) => [name, value.text]))).toEqual(expected);
  });

  it('knows which $ are literal', () => {
    const [entry] = parseShell('A=\'$X\'"$Y\\$Z"').entries;
    expect(entry?.value.text).toBe('$X$Y$Z');
    expect([0, 2, 4].map((at) => entry?.literal(at))).toEqual([true, false, true]);
  });
});
