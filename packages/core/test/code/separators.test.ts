import { describe, expect, it } from 'vitest';
import { ALL_PARSERS, PARSERS } from './collect.ts';

/** Objects with a property `b`, and what is left of them when it has gone. */
const OBJECTS = [
  [`{ a: 1, b: 2 }`, `{ a: 1 }`],
  [`{ b: 2, a: 1 }`, `{ a: 1 }`],
  [`{ a: 1, b: 2, c: 3 }`, `{ a: 1, c: 3 }`],
  [`{ b: 2 }`, `{  }`],
  [`{ a: 1, b: 2, }`, `{ a: 1, }`],
  [`{\n  a: 1,\n  b: 2,\n  c: 3,\n}`, `{\n  a: 1,\n  c: 3,\n}`],
  [`{\n  a: 1,\n  b: 2\n}`, `{\n  a: 1\n}`],
  [`{\r\n  b: 2,\r\n  a: 1\r\n}`, `{\r\n  a: 1\r\n}`],
  [`{ b: 2 /* two */, a: 1 }`, `{ a: 1 }`],
  [`{ a: 1, /* two */ b: 2 }`, `{ a: 1, /* two */  }`],
  [`{ ...x, b: 2 }`, `{ ...x }`],
] as const;

describe('a property goes with its separator', () => {
  it.for(OBJECTS)('%s', ([object, rest]) => {
    const source = `import { Pool } from 'pg'; new Pool({ ssl: ${object} })`;
    for (const parser of ALL_PARSERS) {
      const options = PARSERS[parser](source).sites[0]?.options;
      const ssl = options?.kind === 'object' ? options.entries[0]?.value : undefined;
      const whole = ssl?.kind === 'object' ? ssl.entries.find(({ name }) => name === 'b')?.whole : undefined;
      expect(source.slice(0, whole?.start) + source.slice(whole?.end), parser).toBe(source.replace(object, rest));
    }
  });
});
