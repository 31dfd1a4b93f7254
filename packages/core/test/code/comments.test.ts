import { describe, expect, it } from 'vitest';
import { ALL_PARSERS, PARSERS } from './collect.ts';

const IGNORE = 'sslmode-ignore no-plaintext -- a test';

/** Sources with one ignore, and what it covers. */
const COVERS: readonly (readonly [name: string, source: string, covers: string])[] = [
  ['a statement below', `// ${IGNORE}\nconst url = 'postgres';\nnext()`, `const url = 'postgres';`],
  ['a statement of several lines', `/* ${IGNORE} */\nconst pool = f({\n  a: 1,\n});`, `const pool = f({\n  a: 1,\n});`],
  ['a property', `f({\n  // ${IGNORE}\n  url: 'postgres',\n  b: 2,\n})`, `url: 'postgres'`],
  ['an argument', `f(\n  // ${IGNORE}\n  'postgres',\n)`, `'postgres'`],
  ['an exported constant', `// ${IGNORE}\nexport const url = 'postgres';`, `export const url = 'postgres';`],
  ['behind other comments', `// ${IGNORE}\n// and more\n\n/* and more */\nconst url = 'postgres';`, `const url = 'postgres';`],
  ['its own line where it trails', `a();\nconst url = 'postgres'; // ${IGNORE}\nb()`, `const url = 'postgres'; // ${IGNORE}`],
  ['the first line of a function', `// ${IGNORE}\nfunction f() {\n  return 'postgres'\n}`, `function f() {`],
  ['the first line of an exported function', `// ${IGNORE}\nexport function f() {\n  return 'postgres'\n}`, `export function f() {`],
];

describe('ignore comments', () => {
  it.for(COVERS)('%s', ([, source, expected]) => {
    for (const parser of ALL_PARSERS) {
      const [comment, ...more] = PARSERS[parser](source).comments;
      expect(more).toEqual([]);
      expect(comment?.text.trim(), parser).toBe(IGNORE);
      expect(source.slice(comment?.covers.start, comment?.covers.end), parser).toBe(expected);
    }
  });

  it('leaves other comments to their owners', () => {
    expect(PARSERS.espree(`// eslint-disable-next-line\nconst url = 'postgres'`).comments).toEqual([]);
  });

  it('covers nothing below the last line', () => {
    const source = `const url = 'postgres'\n// ${IGNORE}`;
    const [comment] = PARSERS.espree(source).comments;
    expect(source.slice(comment?.covers.start, comment?.covers.end)).toBe('');
  });
});
