import { describe, expect, it } from 'vitest';
import { ALL_PARSERS, PARSERS } from './collect.ts';

/** Ways to switch certificate checks off, with the value that does so. */
const BYPASSES = [
  [`process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, '0'],
  [`process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = "0"`, '0'],
  ['process.env[`NODE_TLS_REJECT_UNAUTHORIZED`] = 0', '0'],
  [`process.env.NODE_TLS_REJECT_UNAUTHORIZED ||= '0'`, '0'],
  [`process.env.NODE_TLS_REJECT_UNAUTHORIZED = isProduction ? '1' : '0'`, '0'],
  [`Object.assign(process.env, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })`, '0'],
  [`process.env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' }`, '0'],
  [`globalThis.process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, '0'],
  [`import { env } from 'node:process'; env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, '0'],
  [`import process from 'node:process'; process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, '0'],
  [`const { env } = process; env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, '0'],
  [`const env = process.env; env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, '0'],
  [`if (insecure) { process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0' }`, '0'],
  [`const off = '0'; process.env.NODE_TLS_REJECT_UNAUTHORIZED = off`, '0'],
  [`spawn('node', [], { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } })`, '0'],
] as const;

describe('NODE_TLS_REJECT_UNAUTHORIZED', () => {
  it.for(BYPASSES)('%s', ([source, value]) => {
    for (const parser of ALL_PARSERS) {
      const { bypasses } = PARSERS[parser](source);
      expect(bypasses.map(({ setting }) => setting.value), parser).toEqual([value]);
    }
  });

  it.for([
    `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'`,
    `process.env.NODE_TLS_REJECT_UNAUTHORIZED = 'false'`,
    `delete process.env.NODE_TLS_REJECT_UNAUTHORIZED`,
    `process.env.NODE_TLS_REJECT_UNAUTHORIZED = value`,
    `if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') throw new Error()`,
    `const process = { env: {} }; process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`,
    `const text = "NODE_TLS_REJECT_UNAUTHORIZED=0"`,
    `({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })`,
  ])('is no bypass: %s', (source) => {
    for (const parser of ALL_PARSERS) expect(PARSERS[parser](source).bypasses, parser).toEqual([]);
  });

  it('is in force for the connections of the file', () => {
    const { sites } = PARSERS.espree(`import { Pool } from 'pg'; process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; new Pool({ ssl: true })`);
    expect(sites.map(({ environment }) => environment.map(({ name, value }) => [name, value]))).toEqual([[['NODE_TLS_REJECT_UNAUTHORIZED', '0']]]);
  });

  it('is not in force where another process gets it', () => {
    const { sites, bypasses } = PARSERS.espree(`import { Pool } from 'pg'; spawn('node', { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }); new Pool({ ssl: true })`);
    expect(sites.map(({ environment }) => environment)).toEqual([[]]);
    expect(bypasses).toHaveLength(1);
  });

  it('names value and statement', () => {
    const source = `x();\nprocess.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\ny()`;
    const setting = PARSERS.espree(source).bypasses[0]?.setting;
    expect(source.slice(setting?.span.start, setting?.span.end)).toBe('0');
    expect(source.slice(setting?.whole.start, setting?.whole.end)).toBe(`process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';`);
  });

  it('takes the comma of a property along', () => {
    const source = `Object.assign(process.env, { NODE_TLS_REJECT_UNAUTHORIZED: '0', A: '1' })`;
    const setting = PARSERS.espree(source).bypasses[0]?.setting;
    expect(source.slice(setting?.whole.start, setting?.whole.end)).toBe(`NODE_TLS_REJECT_UNAUTHORIZED: '0',`);
  });
});

describe('PG* variables', () => {
  it('are in force for the connections of the file', () => {
    const { sites } = PARSERS.espree(`import { Pool } from 'pg'; process.env.PGSSLMODE = 'disable'; new Pool()`);
    expect(sites.map(({ form, environment }) => [form, environment.map(({ name, value }) => [name, value])])).toEqual([['options', [['PGSSLMODE', 'disable']]]]);
  });

  it('are a connection of their own where there is no other', () => {
    const source = `process.env.PGHOST = 'db.acme.com'; process.env.PGSSLMODE = mode`;
    const { sites } = PARSERS.espree(source);
    expect(sites.map(({ form, environment }) => [form, environment.map(({ name, value }) => [name, value])])).toEqual([['group', [['PGHOST', 'db.acme.com'], ['PGSSLMODE', null]]]]);
  });

  it.for([`process.env.PGUSER = 'app'`, `process.env.PGADMIN_PORT = '1'`, `console.log(process.env.PGSSLMODE)`])('say nothing about a connection: %s', (source) => {
    expect(PARSERS.espree(source).sites).toEqual([]);
  });
});

describe('variables that are read', () => {
  it.for([
    `process.env.DATABASE_URL`,
    `process.env['DATABASE_URL']`,
    `import.meta.env.DATABASE_URL`,
    `Deno.env.get('DATABASE_URL')`,
    `Bun.env.DATABASE_URL`,
    `DATABASE_URL`,
    `url`,
  ])('%s', (expression) => {
    const source = `import pg from 'pg'; const { DATABASE_URL } = process.env; const url = process.env.DATABASE_URL; new pg.Pool({ connectionString: ${expression} })`;
    for (const parser of ALL_PARSERS) {
      const [site] = PARSERS[parser](source).sites;
      const value = site?.options?.kind === 'object' ? site.options.entries[0]?.value : undefined;
      expect(value, parser).toMatchObject({ kind: 'hidden', name: 'DATABASE_URL' });
    }
  });
});
