import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/value.ts';
import { ALL_PARSERS, PARSERS } from './collect.ts';

/** The value of `ssl`, without its places. */
function shape(value: Value | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return 'nothing';
    case 'literal':
      return value.value;
    case 'object':
      return { ...Object.fromEntries(value.entries.map(({ name, value: inner }) => [name, shape(inner)])), ...(value.open ? { '…': true } : {}) };
    case 'array':
      return value.items.map(shape);
    case 'function':
      return value.returnsNothing ? 'a function that returns nothing' : 'a function';
    case 'opaque':
    case 'hidden':
      return `<${value.kind}>`;
  }
}

const VALUES: readonly (readonly [expression: string, shape: unknown])[] = [
  [`true`, true],
  [`'require'`, 'require'],
  [`1`, 1],
  [`null`, null],
  [`undefined`, undefined],
  [`void 0`, undefined],
  [`!0`, true],
  [`!process.env.X`, '<hidden>'],
  [`process.env.DB_SSL === 'true'`, '<hidden>'],
  [`(true)`, true],
  [`{ ca: fs.readFileSync('ca.pem') }`, { ca: '<opaque>' }],
  [`{ ca: readFileSync('ca.pem').toString() }`, { ca: '<opaque>' }],
  [`{ ca: await readFile('ca.pem') }`, { ca: '<opaque>' }],
  [`{ ca: Buffer.from(process.env.CA, 'base64') }`, { ca: '<opaque>' }],
  [`{ ca: process.env.CA }`, { ca: '<hidden>' }],
  [`{ ca: [readFileSync('a'), 'b'] }`, { ca: ['<opaque>', 'b'] }],
  [`{ ca: \`\${a}\` }`, { ca: '<opaque>' }],
  [`{ checkServerIdentity: () => undefined }`, { checkServerIdentity: 'a function that returns nothing' }],
  [`{ checkServerIdentity: () => {} }`, { checkServerIdentity: 'a function that returns nothing' }],
  [`{ checkServerIdentity: () => null }`, { checkServerIdentity: 'a function that returns nothing' }],
  [`{ checkServerIdentity() { return } }`, { checkServerIdentity: 'a function that returns nothing' }],
  [`{ checkServerIdentity: function () { log(() => { return 1 }) } }`, { checkServerIdentity: 'a function that returns nothing' }],
  [`{ checkServerIdentity: (h, c) => check(h, c) }`, { checkServerIdentity: 'a function' }],
  [`{ checkServerIdentity: () => { throw new Error() } }`, { checkServerIdentity: 'a function' }],
  [`{ checkServerIdentity: async () => {} }`, { checkServerIdentity: 'a function' }],
  [`{ checkServerIdentity }`, { checkServerIdentity: '<hidden>' }],
  [`{ ...rest }`, { '…': true }],
  [`{ rejectUnauthorized: false, ...rest }`, { rejectUnauthorized: '<hidden>', '…': true }],
  [`{ ...rest, rejectUnauthorized: false }`, { rejectUnauthorized: false, '…': true }],
  [`{ [name]: 1 }`, { '…': true }],
  [`{ get ca() { return 1 } }`, { ca: 1 }],
  [`{ get ca() { for (;;) return 1 } }`, { ca: '<hidden>' }],
  [`{ ...null, ...undefined, ...false, ca: 'x' }`, { ca: 'x' }],
  [`tls.createSecureContext()`, '<hidden>'],
  [`new SecureContext()`, '<opaque>'],
  [`/x/`, '<opaque>'],
  [`a, true`, '<nothing>'],
];

describe('values', () => {
  it.for(VALUES.slice(0, -1))('%s', ([expression, expected]) => {
    for (const parser of ALL_PARSERS) {
      const [site] = PARSERS[parser](`import { Pool } from 'pg'; new Pool({ ssl: ${expression} })`).sites;
      const ssl = site?.options?.kind === 'object' ? site.options.entries.find(({ name }) => name === 'ssl')?.value : undefined;
      expect(shape(ssl), parser).toEqual(expected);
    }
  });
});

describe('hostile input', () => {
  const head = `import { Pool } from 'pg';`;
  it.for([
    ['a sum of 20,000 parts', `new Pool({ connectionString: 'postgres://' ${'+ a '.repeat(20_000)} })`],
    ['a chain of constants that doubles', `const c0 = 'postgres://a/';${Array.from({ length: 40 }, (_, i) => `const c${i + 1} = c${i} + c${i};`).join('')}new Pool({ connectionString: c40 })`],
    ['a constant of itself', `const a = a; const b = { ...b }; const c = c.d; new Pool(a); new Pool(b); new Pool({ connectionString: c, ssl: a ? a : b })`],
    ['a constant that is its own condition', `const isLocal = !isLocal; new Pool({ ssl: isLocal ? true : false })`],
    ['two that lead to each other', `const { a } = b; const { b } = a; new a.Pool(); process.env = a; a.env.PGHOST = b`],
    ['functions that call each other', `function f() { return g() } function g() { return f() } new Pool(f())`],
    ['nested objects', `new Pool(${'{a:'.repeat(500)}1${'}'.repeat(500)})`],
    ['many constants in a row', Array.from({ length: 5000 }, (_, i) => `const u${i} = 'postgres://db.acme.com/a${i}';`).join('\n')],
    ['many calls', Array.from({ length: 3000 }, (_, i) => `new Pool({ connectionString: process.env.A${i} || x, ssl: y ? true : false });`).join('\n')],
    ['many changes of one object', `const c = {}; ${Array.from({ length: 3000 }, (_, i) => `c.a${i} = 1;`).join('')} new Pool(c)`],
    ['many uses of one object', `const c = { ssl: true }; ${Array.from({ length: 1500 }, () => `c.ssl = x; new Pool(c);`).join('')}`],
  ])('%s', { timeout: 60_000 }, ([, source = '']) => {
    // Loose: a busy machine is no failure, what grows with the square of the input is.
    const started = performance.now();
    expect(() => PARSERS.oxc(head + source)).not.toThrow();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.for([
    ['no body', { type: 'Program' }],
    ['no nodes', { type: 'Program', body: [null, undefined, 1, 'x', {}] }],
    ['unknown nodes', { type: 'Program', body: [{ type: 'PostgresStatement', body: { type: 'Strange' } }] }],
    ['another root', { type: 'Document', children: [] }],
  ])('a tree with %s', async ([, tree]) => {
    const { collectCode } = await import('../../src/code/index.ts');
    expect(collectCode(tree as never, `postgres://db/app`).sites).toEqual([]);
  });
});
