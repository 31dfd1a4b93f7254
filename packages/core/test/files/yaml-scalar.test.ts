import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, visit, type Scalar } from 'yaml';
import { mapScalar } from '../../src/files/yaml/scalar.ts';

function scalarsOf(text: string): Scalar[] {
  const document = parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent' });
  const found: Scalar[] = [];
  if (document.errors.length > 0) return found;
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string') found.push(node);
    },
  });
  return found;
}

/** Every unit of the value leads to itself in the source, to an escape, or to folded white space. */
function check(text: string, scalar: Scalar): void {
  const mapped = mapScalar(text, scalar);
  expect(mapped.text).toBe(scalar.value);
  const [start, end] = scalar.range ?? [0, 0];
  let before = start;
  for (let at = 0; at < mapped.text.length; at++) {
    const unit = mapped.text[at] ?? '';
    const span = mapped.toSource({ start: at, end: at + 1 });
    const raw = text.slice(span.start, span.end);
    expect(span.start).toBeGreaterThanOrEqual(start);
    expect(span.end).toBeLessThanOrEqual(end);
    if (/[ \t\r\n]/.test(unit)) expect(raw).toMatch(/^(?:[ \t\r\n]|\\[tnr\t \r\n]|\\x(?:09|0a|0d|20)|\\u00(?:09|0a|0d|20))*$/i);
    else if (raw !== unit) expect(raw).toMatch(/^(?:''|\\[xuU][0-9a-fA-F]+|\\[^ntrxuU])$/);
    expect(span.start).toBeGreaterThanOrEqual(before);
    before = span.start;
  }
}

const text = (units: readonly string[]): fc.Arbitrary<string> => fc.array(fc.constantFrom(...units), { maxLength: 14 }).map((parts) => parts.join(''));
const plain = text(['a', 'b', ' ', '  ', "'", '"', '\\', '/', '=', '@', '\n  ', '\n\n  ', '\r\n  ', '\t', '\u00A0', '\u2028', '😀', 'é']);
const single = text(['a', ' ', "''", '"', '\\', '\n  ', ' \n\n\t  ', '\r\n   ', '😀', '#', ': ']).map((inner) => `'${inner}'`);
const double = text(['a', ' ', "'", '\\"', '\\\\', '\\/', '\\n', '\\t', '\\x41', '\\x20', '\\u00e9', '\\U0001F600', '\\_', '\\N', '\\0', '\\e', '\n  ', '\n\n  ', '\\\n  ', '\\\r\n  ', '\r\n  ', ' \\\n \\ ', '#', ': ', '😀']).map((inner) => `"${inner}"`);
const block = fc
  .tuple(fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>1-', '| # c', '>-  # c'), fc.array(fc.tuple(fc.constantFrom('  ', '   ', '    ', '', '  \t'), text(['a', 'b', ' ', '#', ': ', '\t', "'"]), fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 6 }))
  .map(([header, lines]) => `${header}\n${lines.map((line) => line.join('')).join('')}`);

describe('mapScalar', { timeout: 60_000 }, () => {
  it.for([
    ['plain', plain],
    ['single-quoted', single],
    ['double-quoted', double],
    ['block', block],
  ] as const)('maps every unit of %s scalars to its source', ([, arbitrary]) => {
    let checked = 0;
    fc.assert(
      fc.property(fc.constantFrom('k: ', '- ', 'k:\n  '), arbitrary, fc.constantFrom('', '\n', '\nz: y\n'), (before, scalar, after) => {
        const source = before + scalar + after;
        for (const found of scalarsOf(source)) {
          check(source, found);
          checked++;
        }
      }),
      { numRuns: 2_000, seed: 1 },
    );
    expect(checked).toBeGreaterThan(800);
  });
});
