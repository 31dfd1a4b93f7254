import { describe, expect, it } from 'vitest';
import { ALL_PARSERS, PARSERS, TYPESCRIPT_PARSERS, sitesOf } from './collect.ts';

const URL = 'postgres://u:p@db.acme.com/app?sslmode=require';

/** Ways to get at the constructor, each with one call. */
const IMPORTS: readonly (readonly [name: string, source: string])[] = [
  ['named import', `import { Pool } from 'pg'; new Pool('${URL}')`],
  ['renamed import', `import { Pool as P } from 'pg'; new P('${URL}')`],
  ['default import', `import pg from 'pg'; new pg.Pool('${URL}')`],
  ['destructured default import', `import pg from 'pg'; const { Client } = pg; new Client('${URL}')`],
  ['renamed in destructuring', `import pg from 'pg'; const { Client: C } = pg; new C('${URL}')`],
  ['namespace import', `import * as pg from 'pg'; new pg.Client('${URL}')`],
  ['default of a namespace', `import * as pg from 'pg'; new pg.default.Pool('${URL}')`],
  ['require', `const pg = require('pg'); new pg.Pool('${URL}')`],
  ['destructured require', `const { Pool } = require('pg'); new Pool('${URL}')`],
  ['member of require', `const Pool = require('pg').Pool; new Pool('${URL}')`],
  ['inline require', `new (require('pg').Pool)('${URL}')`],
  ['dynamic import', `const { default: pg } = await import('pg'); new pg.Pool('${URL}')`],
  ['alias', `import { Pool } from 'pg'; const Database = Pool; new Database('${URL}')`],
  ['computed member', `import pg from 'pg'; new pg['Pool']('${URL}')`],
  ['pg-pool', `import Pool from 'pg-pool'; new Pool({ connectionString: '${URL}' })`],
  ['Deno specifier', `import { Client } from 'npm:pg@8.11'; new Client('${URL}')`],
  ['var', `var pg = require('pg'); function f() { return new pg.Client('${URL}') }`],
];

describe('calls of pg', () => {
  it.for(IMPORTS)('%s', ([, source]) => {
    for (const parser of ALL_PARSERS) {
      const { sites } = PARSERS[parser](source);
      expect(sites.map(({ driver, string }) => ({ driver, text: typeof string === 'object' && string !== null ? string.text : string })), parser).toEqual([
        { driver: { id: 'node-postgres', kind: 'code', line: 1 }, text: URL },
      ]);
    }
  });

  it.for([
    ['another module', `import { Pool } from 'mysql2'; new Pool({ ssl: false })`],
    ['a local class', `class Pool {} new Pool({ ssl: false })`],
    ['a shadowed import', `import { Pool } from 'pg'; function f(Pool) { new Pool({ ssl: false }) }`],
    ['a type import', `import type { Pool } from 'pg'; declare const x: Pool`],
    ['another export', `import { types } from 'pg'; types.setTypeParser(20, Number)`],
    ['Bun as a name of one\'s own', `const Bun = own(); new Bun.SQL({ tls: false })`],
    ['a generic pool', `import { createPool } from 'generic-pool'; createPool({ host: 'postgres' })`],
  ])('is not: %s', ([, source = '']) => {
    expect(sitesOf(source, 'typescript-eslint')).toEqual([]);
  });
});

/** Who gets what: a driver and a string. */
const DRIVERS: readonly (readonly [source: string, driver: string])[] = [
  [`import pg from 'pg'; new pg.native.Client('${URL}')`, 'pg-native'],
  [`import { native } from 'pg'; new native.Pool({ connectionString: '${URL}' })`, 'pg-native'],
  [`const { Client } = require('pg').native; new Client('${URL}')`, 'pg-native'],
  [`import Native from 'pg-native'; const c = new Native(); c.connect('${URL}', () => {})`, 'libpq'],
  [`import Native from 'pg-native'; Native().connectSync('${URL}')`, 'libpq'],
  [`import { createPool } from 'slonik'; createPool('${URL}')`, 'slonik'],
  [`import { SQL } from 'bun'; new SQL('${URL}')`, 'bun'],
  [`import { SQL } from 'bun'; new SQL({ url: '${URL}', max: 2 })`, 'bun'],
  [`import { SQL } from 'bun'; new SQL(new URL('${URL}'), { max: 2 })`, 'bun'],
  [`const { SQL } = Bun; new SQL('${URL}')`, 'bun'],
  [`import { neon } from '@neondatabase/serverless'; neon('${URL}')`, 'neon-serverless'],
  [`import { createClient } from '@vercel/postgres'; createClient({ connectionString: '${URL}' })`, 'neon-serverless'],
  [`import { PrismaNeon } from '@prisma/adapter-neon'; new PrismaNeon({ connectionString: '${URL}' })`, 'neon-serverless'],
  [`import { drizzle } from 'drizzle-orm/neon-serverless'; drizzle('${URL}')`, 'neon-serverless'],
  [`import { drizzle } from 'drizzle-orm/bun-sql'; drizzle({ connection: { url: '${URL}' } })`, 'bun'],
  [`import { Client } from 'https://deno.land/x/postgres@v0.19.3/mod.ts'; new Client('${URL}')`, 'deno-postgres'],
  [`import { Pool } from 'jsr:@db/postgres@^0.19'; new Pool('${URL}', 3)`, 'deno-postgres'],
  [`import { Pool } from '@db/postgres'; new Pool('${URL}', 3)`, 'deno-postgres'],
  [`import { Client } from 'postgres'; new Client('${URL}')`, 'deno-postgres'],
  [`import postgres from 'https://deno.land/x/postgresjs@v3.4.5/mod.js'; postgres('${URL}')`, 'postgres.js'],
  [`import postgres from 'npm:postgres@3'; postgres('${URL}')`, 'postgres.js'],
  [`import { Client } from 'https://esm.sh/pg@8.11.3?dts'; new Client('${URL}')`, 'node-postgres'],
  [`import { postgresAdapter } from '@payloadcms/db-postgres'; postgresAdapter({ pool: { connectionString: '${URL}' } })`, 'node-postgres'],
  [`export default { datasource: { url: '${URL}' } }`, 'prisma'],
];

describe('drivers', () => {
  it.for(DRIVERS)('%s', ([source, driver]) => {
    for (const parser of ALL_PARSERS) {
      expect(PARSERS[parser](source).sites.map((site) => [site.driver?.id, typeof site.string === 'object' ? site.string?.text.replace('${…}', '') : site.string]), parser).toEqual([[driver, URL]]);
    }
  });
});

/** What the argument of `new Pool` comes to. */
const OPTIONS: readonly (readonly [source: string, ...sites: string[]])[] = [
  [`new Pool()`, 'options | null'],
  [`new Pool({})`, 'options | null'],
  [`new Pool({ host: 'db.acme.com', ssl: true })`, 'options | null | ssl: true'],
  [`new Pool({ connectionString: process.env.DATABASE_URL })`, 'url | hidden'],
  [`new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } })`, 'url | hidden | ssl: { rejectUnauthorized: false }'],
  [`new Pool({ connectionString: undefined, ssl: true })`, 'options | null | ssl: true'],
  [`new Pool({ connectionString: '${URL}', ssl: true })`, `url | ${URL} | ssl: true`],
  [`new Pool({ connectionString: \`${URL}\` })`, `url | ${URL}`],
  [`new Pool({ ['connectionString']: '${URL}' })`, `url | ${URL}`],
  [`const url = '${URL}'; new Pool({ connectionString: url })`, `url | ${URL}`],
  [`const connectionString = '${URL}'; new Pool({ connectionString })`, `url | ${URL}`],
  [`const options = { connectionString: '${URL}', ssl: false }; new Pool(options)`, `url | ${URL} | ssl: false`],
  [`const config = { db: { connectionString: '${URL}' } }; new Pool(config.db)`, `url | ${URL}`],
  [`const config = { url: '${URL}' }; new Pool({ connectionString: config.url })`, `url | ${URL}`],
  [`const base = { ssl: false }; new Pool({ ...base, connectionString: '${URL}' })`, `url | ${URL} | ssl: false`],
  [`const base = { ssl: false }; new Pool({ ...base, ssl: true })`, 'options | null | ssl: true'],
  [`new Pool(Object.assign({ ssl: false }, { ssl: true }))`, 'options | null | ssl: true'],
  [`const options = Object.freeze({ ssl: true }); new Pool(options)`, 'options | null | ssl: true'],
  [`const getOptions = () => ({ ssl: true }); new Pool(getOptions())`, 'options | null | ssl: true'],
  [`function getOptions() { return { ssl: true } } new Pool(getOptions())`, 'options | null | ssl: true'],
  [`import { options } from './options.js'; new Pool(options)`, 'url | hidden'],
  [`export const create = (options) => new Pool(options)`, 'url | hidden'],
  [`export const create = (options) => new Pool({ ...options, ssl: true })`, 'url | hidden | ssl: true'],
  [`new Pool(...args)`, 'url | hidden'],
  [`let pool; pool = new Pool({ ssl: true })`, 'options | null | ssl: true'],
  [`class Db { pool = new Pool({ ssl: true }) }`, 'options | null | ssl: true'],
  [`let url; url = '${URL}'; new Pool({ connectionString: url })`, `url | ${URL}`],
  [`new Pool({ connectionString: 'host=db.acme.com sslmode=require' })`, 'keyword-value | host=db.acme.com sslmode=require'],
  // The name of a database on the default host.
  [`new Pool({ connectionString: 'test_db' })`, 'options | null'],
  // Templates and concatenations.
  [`new Pool({ connectionString: 'postgres://u:' + process.env.PW + '@db.acme.com/app' })`, 'url | postgres://u:${…}@db.acme.com/app'],
  ['new Pool({ connectionString: `postgres://u:${process.env.PW}@db.acme.com/app` })', 'url | postgres://u:${…}@db.acme.com/app'],
  ['const host = "db.acme.com"; const port = 5432; new Pool({ connectionString: `postgres://${host}:${port}/app` })', 'url | postgres://db.acme.com:5432/app'],
  [`const base = 'postgres://db.acme.com/app'; new Pool({ connectionString: base + '?sslmode=disable' })`, 'url | postgres://db.acme.com/app?sslmode=disable'],
  [`let url = 'postgres://db.acme.com/app'; url += '?sslmode=require'; new Pool({ connectionString: url })`, 'url | postgres://db.acme.com/app?sslmode=require'],
  [`new Pool({ connectionString: 'postgres://db.acme.com/app', ...rest })`, 'url | hidden', 'url | postgres://db.acme.com/app${…}'],
  [`new Pool({ connectionString: withTls('postgres://db.acme.com/app') })`, 'url | hidden', 'url | postgres://db.acme.com/app${…}'],
  [`new Pool({ connectionString: new URL('postgres://db.acme.com/app').href })`, 'url | postgres://db.acme.com/app'],
];

describe('arguments of pg', () => {
  it.for(OPTIONS)('%s', ([source, ...expected]) => {
    for (const parser of ALL_PARSERS) expect(sitesOf(`import { Pool } from 'pg'; ${source}`, parser).sort(), parser).toEqual([...expected].sort());
  });

  it.for([
    [`new Pool({ connectionString: process.env.URL!, ssl: { rejectUnauthorized: false } as any })`, 'url | hidden | ssl: { rejectUnauthorized: false }'],
    [`new Pool({ connectionString: '${URL}' } satisfies PoolConfig)`, `url | ${URL}`],
    [`const url = '${URL}' as const; new Pool(<PoolConfig>{ connectionString: url })`, `url | ${URL}`],
    [`const options: PoolConfig = { ssl: false }; export const pool: Pool = new Pool(options)`, 'options | null | ssl: false'],
    [`class Db { constructor(private readonly pool = new Pool({ ssl: false })) {} }`, 'options | null | ssl: false'],
    [`namespace Db { export const pool = new Pool({ ssl: false }) }`, 'options | null | ssl: false'],
  ])('TypeScript: %s', ([source = '', expected]) => {
    const code = `import { Pool } from 'pg'; ${source}`;
    // Angle brackets are no casts in a file that may hold JSX.
    const parsers = source.includes('(<') ? [] : TYPESCRIPT_PARSERS;
    for (const parser of parsers) expect(sitesOf(code, parser), parser).toEqual([expected]);
  });

  it('TypeScript: import = require', () => {
    expect(sitesOf(`import pg = require('pg'); new pg.Pool('${URL}')`, 'typescript-eslint')).toEqual([`url | ${URL}`]);
  });
});

describe('calls of postgres.js', () => {
  it.for([
    [`postgres('${URL}')`, `url | ${URL}`],
    [`postgres('${URL}', { ssl: 'require' })`, `url | ${URL} | ssl: require`],
    [`postgres(process.env.DATABASE_URL, { ssl: 'require' })`, 'url | hidden | ssl: require'],
    [`postgres({ host: 'db.acme.com', ssl: true })`, 'options | null | ssl: true'],
    [`postgres()`, 'options | null'],
    [`postgres('', { ssl: 'prefer' })`, 'options | null | ssl: prefer'],
    [`postgres(options)`, 'url | hidden'],
    [`const sql = postgres(process.env.URL ?? '${URL}', { max: 1 })`, 'url | hidden | when URL is set', `url | ${URL} | when URL is not set`],
  ])('%s', ([source = '', ...expected]) => {
    for (const parser of ALL_PARSERS) expect(sitesOf(`import postgres from 'postgres'; ${source}`, parser).sort(), parser).toEqual([...expected].sort());
  });

  it('is the driver', () => {
    expect(PARSERS.espree(`const sql = require('postgres')('${URL}')`).sites[0]?.driver).toEqual({ id: 'postgres.js', kind: 'code', line: 1 });
  });
});

/** Conditionals: each branch is a site of its own. */
const BRANCHES: readonly (readonly [source: string, ...sites: string[]])[] = [
  [
    `new Pool({ ssl: process.env.NODE_ENV === 'production' ? { rejectUnauthorized: false } : false })`,
    'options | null | ssl: { rejectUnauthorized: false } | when NODE_ENV is production',
    'options | null | ssl: false | when NODE_ENV is not production',
  ],
  [
    `const isProd = process.env.NODE_ENV === 'production'; new Pool({ ssl: isProd && { rejectUnauthorized: false } })`,
    'options | null | ssl: { rejectUnauthorized: false } | when NODE_ENV is production',
    'options | null | ssl: isProd && { rejectUnauthorized: false } | when NODE_ENV is not production',
  ],
  [
    `const isDev = process.env.NODE_ENV !== 'production'; new Pool({ host: isDev ? 'localhost' : 'db.acme.com', ssl: isDev ? false : true })`,
    'options | null | ssl: false | when NODE_ENV is not production',
    'options | null | ssl: true | when NODE_ENV is production',
  ],
  [`new Pool({ ...(process.env.CA ? { ssl: true } : {}) })`, 'options | null | ssl: true | when CA is set', 'options | null | when CA is not set'],
  [`new Pool({ ...(process.env.CA && { ssl: true }) })`, 'options | null | ssl: true | when CA is set', 'options | null | when CA is not set'],
  [`new Pool({ connectionString: process.env.URL || '${URL}' })`, 'url | hidden | when URL is set', `url | ${URL} | when URL is not set`],
  [`const { URL = '${URL}' } = process.env; new Pool({ connectionString: URL })`, 'url | hidden | when URL is set', `url | ${URL} | when URL is not set`],
  [`function connect(url = '${URL}') { return new Pool({ connectionString: url }) }`, 'url | hidden | when url is set', `url | ${URL} | when url is not set`],
  [`new Pool({ ssl: true, max: process.env.MAX ? 1 : 2 })`, 'options | null | ssl: true'],
  [`const tls = true; new Pool({ ssl: tls ? { rejectUnauthorized: false } : false })`, 'options | null | ssl: { rejectUnauthorized: false }'],
  [`new Pool({ ssl: false ? 1 : true })`, 'options | null | ssl: true'],
  [`new Pool({ ssl: null ?? true })`, 'options | null | ssl: true'],
  [`new Pool({ ssl: isSafe() ? true : false })`, 'options | null | ssl: true | when the condition in line 1 holds', 'options | null | ssl: false | when the condition in line 1 does not hold'],
  [`const config = production ? { ssl: true } : { ssl: false }; new Pool(config)`, 'options | null | ssl: true | when production is true', 'options | null | ssl: false | when production is false'],
  // What holds on the own machine alone needs no TLS.
  [`new Pool({ connectionString: url, ssl: url.includes('localhost') ? false : { rejectUnauthorized: false } })`, 'url | hidden | ssl: { rejectUnauthorized: false } | when the condition in line 1 does not hold'],
  [`new Pool({ ssl: !isLocal && { rejectUnauthorized: false } })`, 'options | null | ssl: { rejectUnauthorized: false } | when isLocal is false'],
  // A secret in a comparison is not shown.
  [`new Pool({ ssl: process.env.TOKEN === 'hunter2' ? true : false })`, 'options | null | ssl: true | when TOKEN is that value', 'options | null | ssl: false | when TOKEN is not that value'],
  // Too many branches to tell apart.
  [`new Pool({ ssl: a ? 1 : b ? 2 : c ? 3 : d ? 4 : e, host: f ? '1' : g ? '2' : h ? '3' : i ? '4' : '5' })`, ...[]],
];

describe('branches', () => {
  it.for(BRANCHES.slice(0, -1))('%s', ([source, ...expected]) => {
    for (const parser of ALL_PARSERS) expect(sitesOf(`import { Pool } from 'pg'; ${source}`, parser).sort(), parser).toEqual([...expected].sort());
  });

  it('hides what has too many', () => {
    const { sites } = PARSERS.espree(`import { Pool } from 'pg'; ${BRANCHES.at(-1)?.[0] ?? ''}`);
    expect(sites).toHaveLength(5);
    for (const { options } of sites) expect(options?.kind === 'object' && options.entries.find(({ name }) => name === 'host')?.value.kind).toBe('hidden');
  });
});

/** Changes to an object between its making and its use. */
const MUTATIONS: readonly (readonly [source: string, ...sites: string[]])[] = [
  [`const c = { ssl: true }; c.ssl = false; new Pool(c)`, 'options | null | ssl: false'],
  [`const c = { ssl: true }; new Pool(c); c.ssl = false`, 'options | null | ssl: true'],
  [`const c = {}; Object.assign(c, { ssl: false }); new Pool(c)`, 'options | null | ssl: false'],
  [`const c = { ssl: false }; delete c.ssl; new Pool(c)`, 'options | null | ssl: c.ssl'],
  [`const c = { ssl: true }; if (process.env.INSECURE) c.ssl = false; new Pool(c)`, 'options | null | ssl: false | when INSECURE is set', 'options | null | ssl: true | when INSECURE is not set'],
  [`const c = {}; if (process.env.INSECURE) { c.ssl = false } else { c.ssl = true } new Pool(c)`, 'options | null | ssl: false | when INSECURE is set', 'options | null | ssl: true | when INSECURE is not set'],
  [`let ssl = false; if (process.env.NODE_ENV === 'production') { ssl = true } new Pool({ ssl })`, 'options | null | ssl: true | when NODE_ENV is production', 'options | null | ssl: false | when NODE_ENV is not production'],
];

describe('changes before the use', () => {
  it.for(MUTATIONS)('%s', ([source, ...expected]) => {
    for (const parser of ALL_PARSERS) {
      const found = sitesOf(`import { Pool } from 'pg'; ${source}`, parser).map((line) => line.replace('ssl: delete c.ssl', 'ssl: c.ssl'));
      expect(found.sort(), parser).toEqual([...expected].sort());
    }
  });

  it.for([
    ['in a loop', `const c = { ssl: true }; for (const x of y) { c.ssl = x } new Pool(c)`],
    ['in another function', `const c = { ssl: true }; function f() { c.ssl = false } new Pool(c)`],
    ['through a computed name', `const c = { ssl: true }; c[name] = false; new Pool(c)`],
  ])('hides what it cannot follow: %s', ([, source = '']) => {
    const [site] = PARSERS.espree(`import { Pool } from 'pg'; ${source}`).sites;
    const ssl = site?.options?.kind === 'object' ? site.options.entries.findLast(({ name }) => name === 'ssl')?.value.kind : (site?.string ?? null);
    expect(ssl).toBe('hidden');
  });

  it('follows a change of a nested property', () => {
    const [site] = PARSERS.espree(`import { Pool } from 'pg'; const c = { ssl: { ca: 'x' } }; c.ssl.rejectUnauthorized = false; new Pool(c)`).sites;
    const ssl = site?.options?.kind === 'object' ? site.options.entries.findLast(({ name }) => name === 'ssl')?.value : undefined;
    expect(ssl?.kind === 'object' && ssl.entries.map(({ name, value }) => [name, value.kind === 'literal' ? value.value : value.kind])).toEqual([['ca', 'x'], ['rejectUnauthorized', false]]);
  });
});
