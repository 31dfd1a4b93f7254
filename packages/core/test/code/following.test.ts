import { describe, expect, it } from 'vitest';
import { ALL_PARSERS, TYPESCRIPT_PARSERS, sitesOf } from './collect.ts';

/*
 * How values are followed inside a file (issue 5, "Following values"): what each way of writing comes to, as `form |
 * string | ssl | condition`. All start with the import of pg.
 */
const WAYS: Readonly<Record<string, readonly (readonly [source: string, ...sites: string[]])[]>> = {
  'constants and single assignments': [
    [`const url = 'postgres://h/a?sslmode=require'; new Pool(url)`, 'url | postgres://h/a?sslmode=require'],
    [`let url; url = 'postgres://h/a?sslmode=require'; new Pool(url)`, 'url | postgres://h/a?sslmode=require'],
    [`var ssl = false; new Pool({ ssl })`, 'options | null | ssl: false'],
    [`let ssl = false; if (process.env.NODE_ENV === 'production') ssl = true; new Pool({ ssl })`, 'options | null | ssl: true | when NODE_ENV is production', 'options | null | ssl: false | when NODE_ENV is not production'],
    [`let ssl = false; if (process.env.NODE_ENV === 'production') { ssl = true; } else { ssl = { rejectUnauthorized: false }; } new Pool({ ssl })`, 'options | null | ssl: { rejectUnauthorized: false } | when NODE_ENV is not production', 'options | null | ssl: true | when NODE_ENV is production'],
  ],
  destructuring: [
    [`const { url } = { url: 'postgres://h/a' }; new Pool(url)`, 'url | postgres://h/a'],
    [`const config = { db: { url: 'postgres://h/a', ssl: true } }; const { db: { url: connectionString, ssl } } = config; new Pool({ connectionString, ssl })`, 'url | postgres://h/a | ssl: true'],
    [`const { url = 'postgres://h/a' } = {}; new Pool(url)`, 'url | postgres://h/a'],
    [`const { DATABASE_URL = 'postgres://h/a' } = process.env; new Pool(DATABASE_URL)`, 'url | postgres://h/a | when DATABASE_URL is not set', 'url | hidden | when DATABASE_URL is set'],
    [`const [url, ssl] = ['postgres://h/a', false]; new Pool({ connectionString: url, ssl })`, 'url | postgres://h/a | ssl: false'],
    [`const { host, ...rest } = { host: 'h', ssl: false, user: 'u' }; new Pool({ host: 'other', ...rest })`, 'options | null | ssl: false'],
    [`const { ssl, ...rest } = { host: 'h', ssl: false }; new Pool({ ...rest })`, 'options | null'],
  ],
  'spread, merge and assign': [
    [`const base = { host: 'h', ssl: true }; new Pool({ ...base, ssl: false })`, 'options | null | ssl: false'],
    [`const base = { host: 'h' }; new Pool({ ...base, ...(process.env.CA && { ssl: false }) })`, 'options | null | ssl: false | when CA is set', 'options | null | when CA is not set'],
    [`new Pool(Object.assign({ host: 'h' }, { ssl: false }))`, 'options | null | ssl: false'],
    [`const c = { host: 'h' }; Object.assign(c, { ssl: false }); new Pool(c)`, 'options | null | ssl: false'],
    [`import merge from 'lodash/merge'; new Pool(merge({ host: 'h', ssl: { ca: 'x' } }, { ssl: { rejectUnauthorized: false } }))`, 'options | null | ssl: { ca: x }'],
    [`import _ from 'lodash'; new Pool(_.defaults({ host: 'h' }, { ssl: false }))`, 'options | null | ssl: false'],
    [`const c = { host: 'h' }; c.ssl = false; new Pool(c)`, 'options | null | ssl: false'],
    [`const c = { host: 'h' }; c['ssl'] = false; new Pool(c)`, 'options | null | ssl: false'],
    [`new Pool(structuredClone({ host: 'h', ssl: false }))`, 'options | null | ssl: false'],
  ],
  'concatenation and templates': [
    ["new Pool('postgres://h/a' + '?sslmode=' + 'require')", 'url | postgres://h/a?sslmode=require'],
    ['const mode = "require"; new Pool(`postgres://h/a?sslmode=${mode}`)', 'url | postgres://h/a?sslmode=require'],
    [`new Pool(['postgres://h/a', '?sslmode=require'].join(''))`, 'url | postgres://h/a?sslmode=require'],
    [`new Pool('postgres://h/a'.concat('?sslmode=', 'require'))`, 'url | postgres://h/a?sslmode=require'],
    [`let url = 'postgres://h/a'; url += '?sslmode=require'; new Pool(url)`, 'url | postgres://h/a?sslmode=require'],
    [`let url = 'postgres://h/a'; if (process.env.TLS) url += '?sslmode=require'; new Pool(url)`, 'url | postgres://h/a?sslmode=require | when TLS is set', 'url | postgres://h/a | when TLS is not set'],
    ['new Pool(String(`postgres://h/a`))', 'url | postgres://h/a'],
    ['new Pool(`postgres://h/a`.trim())', 'url | postgres://h/a'],
    ['new Pool(`postgres://u:${encodeURIComponent("p")}@h/a`)', 'url | postgres://u:${…}@h/a'],
  ],
  URL: [
    [`new Pool(new URL('postgres://h/a?sslmode=require').toString())`, 'url | postgres://h/a?sslmode=require'],
    [`new Pool({ connectionString: new URL('postgres://h/a?sslmode=require').href })`, 'url | postgres://h/a?sslmode=require'],
    [`const u = new URL('postgres://h/a'); u.searchParams.set('sslmode', 'require'); new Pool(u.toString())`, 'url | postgres://h/a?sslmode=require'],
    [`const u = new URL('postgres://h/a?sslmode=disable'); u.searchParams.set('sslmode', 'require'); new Pool(String(u))`, 'url | postgres://h/a?sslmode=require'],
    [`const u = new URL('postgres://h/a?x=1'); u.searchParams.append('sslmode', 'require'); new Pool({ connectionString: u.href })`, 'url | postgres://h/a?x=1&sslmode=require'],
    [`const u = new URL('postgres://h/a?sslmode=disable&x=1'); u.searchParams.delete('sslmode'); new Pool({ connectionString: u.href })`, 'url | postgres://h/a?x=1'],
    [`const u = new URL('postgres://h/a'); if (process.env.TLS) u.searchParams.set('sslmode', 'require'); new Pool(u.href)`, 'url | postgres://h/a?sslmode=require | when TLS is set', 'url | postgres://h/a | when TLS is not set'],
    [`const u = new URL('postgres://h/a'); u.username = 'app'; u.password = process.env.PASSWORD; u.pathname = '/b'; new Pool(u.href)`, 'url | postgres://h/a'],
    [`const u = new URL('postgres://h/a'); u.searchParams.set('sslmode', process.env.MODE); new Pool(u.href)`, 'url | postgres://h/a?sslmode=${…}'],
    [`const u = new URL('postgres://h/a'); addTls(u); new Pool(u.href)`, 'url | postgres://h/a${…}'],
    [`const u = new URL('postgres://h/a'); u.hostname = other; new Pool(u.href)`, 'url | hidden'],
    [`const u = new URL('postgres://h/a'); for (const [k, v] of all) u.searchParams.set(k, v); new Pool(u.href)`, 'url | postgres://h/a${…}'],
    [`const u = new URL('postgres://h/a'); const p = u.searchParams; p.set('sslmode', 'require'); new Pool(u.href)`, 'url | postgres://h/a?sslmode=require'],
    [`const u = new URL('postgres://h/a?x=1'); const { searchParams } = u; searchParams.set('sslmode', 'require'); searchParams.delete('x'); new Pool(u.href)`, 'url | postgres://h/a?sslmode=require'],
    [`const u = new URL('postgres://h/a'); const { searchParams: p } = u; if (process.env.TLS) p.append('sslmode', 'require'); new Pool(u.href)`, 'url | postgres://h/a?sslmode=require | when TLS is set', 'url | postgres://h/a | when TLS is not set'],
    [`const u = new URL('postgres://h/a'); const p = u.searchParams; addTls(p); new Pool(u.href)`, 'url | postgres://h/a${…}'],
    [`const u = new URL('postgres://h/a'); const { searchParams } = u; addTls(searchParams); new Pool(u.href)`, 'url | postgres://h/a${…}'],
    [`const u = new URL('postgres://h/a'); u.search = '?sslmode=require'; new Pool(u.href)`, 'url | hidden'],
    [`const u = new URL('postgres://h/a'); u.searchParams.set('sslmode', 'require'); start(u.href)`, 'url | postgres://h/a?sslmode=require'],
    [`const u = new URL('postgres://h/a'); start(u.hostname, u.password)`, 'url | postgres://h/a${…}'],
    [`const u = new URL(process.env.DATABASE_URL); u.searchParams.set('sslmode', 'require'); new Pool(u.href)`, 'url | ${…}?sslmode=require'],
  ],
  'conditions, each outcome with its own': [
    [`new Pool({ ssl: process.env.CI ? false : true })`, 'options | null | ssl: false | when CI is set', 'options | null | ssl: true | when CI is not set'],
    [`new Pool({ ssl: process.env.CI && true })`, 'options | null | ssl: true | when CI is set', 'options | null | ssl: process.env.CI && true | when CI is not set'],
    [`new Pool({ connectionString: process.env.URL || 'postgres://h/a' })`, 'url | hidden | when URL is set', 'url | postgres://h/a | when URL is not set'],
    [`new Pool({ connectionString: process.env.URL ?? 'postgres://h/a' })`, 'url | hidden | when URL is set', 'url | postgres://h/a | when URL is not set'],
    [`new Pool({ ssl: env.bool('DB_SSL', false) ? true : false })`, 'options | null | ssl: true | when DB_SSL is true', 'options | null | ssl: false | when DB_SSL is false'],
    [`new Pool({ ssl: process.env.NODE_ENV === 'production' && !process.env.NO_SSL ? true : false })`, 'options | null | ssl: true | when NODE_ENV is production and NO_SSL is not set', 'options | null | ssl: false | when NODE_ENV is not production or NO_SSL is set'],
    [`new Pool({ ssl: credentials.ssl === 'require' || credentials.ssl === 'allow' ? false : true })`, 'options | null | ssl: false | when credentials.ssl is require or credentials.ssl is allow', 'options | null | ssl: true | when credentials.ssl is not require and credentials.ssl is not allow'],
    [`new Pool({ ssl: a.ssl ?? false, pool: { ...(pool ?? {}), min: 2 } })`, 'options | null | ssl: a.ssl | when a.ssl is set', 'options | null | ssl: false | when a.ssl is not set'],
    [`const config = { production: { ssl: true }, test: { ssl: false } }; new Pool(config[process.env.NODE_ENV])`, 'options | null | ssl: true | when NODE_ENV is production', 'options | null | ssl: false | when NODE_ENV is test'],
  ],
  'functions of one expression': [
    [`const ssl = () => ({ rejectUnauthorized: false }); new Pool({ ssl: ssl() })`, 'options | null | ssl: { rejectUnauthorized: false }'],
    [`function options() { return { ssl: false }; } new Pool(options())`, 'options | null | ssl: false'],
    ['const url = (name) => `postgres://h/${name}?sslmode=require`; new Pool(url("a"))', 'url | postgres://h/a?sslmode=require'],
    [`const withSsl = (ssl) => ({ host: 'h', ssl }); new Pool(withSsl(false))`, 'options | null | ssl: false'],
    [`const build = ({ host, ssl = true }) => ({ host, ssl }); new Pool(build({ host: 'h', ssl: false }))`, 'options | null | ssl: false'],
    [`const tls = { off: () => false }; new Pool({ ssl: tls.off() })`, 'options | null | ssl: false'],
  ],
  'functions with several returns': [
    [`function ssl() { if (process.env.NODE_ENV === 'production') { return true; } return false; } new Pool({ ssl: ssl() })`, 'options | null | ssl: true | when NODE_ENV is production', 'options | null | ssl: false | when NODE_ENV is not production'],
    [`function ssl() { if (process.env.CI) return false; else return true; } new Pool({ ssl: ssl() })`, 'options | null | ssl: false | when CI is set', 'options | null | ssl: true | when CI is not set'],
    [`function ssl(mode) { if (!mode || mode === 'disable') { return false; } if (mode === 'require') { return { rejectUnauthorized: false }; } return true; } new Pool({ ssl: ssl(process.env.MODE) })`, 'options | null | ssl: false | when mode is false or mode is disable', 'options | null | ssl: { rejectUnauthorized: false } | when mode is require', 'options | null | ssl: true | when mode is true and mode is not disable and mode is not require'],
    [`function ssl(mode) { if (mode === 'disable') return false; return true; } new Pool({ ssl: ssl('require') }); new Pool({ ssl: ssl('disable') })`, 'options | null | ssl: true', 'options | null | ssl: false'],
    [`function ssl(value) { switch (value) { case 'accept': return { rejectUnauthorized: false }; case 'strict': case 'full': return true; default: log('unknown'); return true; } } new Pool({ ssl: ssl(process.env.SSL) })`, 'options | null | ssl: { rejectUnauthorized: false } | when value is accept', 'options | null | ssl: true | when value is strict', 'options | null | ssl: true | when value is full', 'options | null | ssl: true | when value is not strict and value is not full'],
    [`function ssl(mode) { switch (mode) { case 'off': return false; } return true; } new Pool({ ssl: ssl('off') })`, 'options | null | ssl: false'],
    [`function url() { try { return new URL('postgres://h/a?sslmode=require').toString(); } catch { return 'postgres://h/b'; } } new Pool(url())`, 'url | postgres://h/a?sslmode=require', 'url | postgres://h/b | when the `try` in line 1 fails'],
    [`function url() { if (!process.env.URL) throw new Error('no URL'); return 'postgres://h/a'; } new Pool(url())`, 'url | postgres://h/a'],
    [`function ssl() { if (process.env.SSL) return true; } new Pool({ ssl: ssl() })`, 'options | null | ssl: true | when SSL is set', `options | null | ssl: function ssl() { if (process.env.SSL) return true; } | when SSL is not set`],
    [`function ssl() { for (const mode of modes) { if (mode) return false; } return true; } new Pool({ ssl: ssl() })`, 'options | null | ssl: ssl()'],
  ],
  'fields and methods of classes': [
    [`class Db { url = 'postgres://h/a'; open() { return new Pool(this.url); } }`, 'url | postgres://h/a'],
    [`class Db { constructor() { this.options = { host: 'h', ssl: false }; } open() { return new Pool(this.options); } }`, 'options | null | ssl: false'],
    [`class Db { ssl = false; constructor() { this.ssl = true; } open() { return new Pool({ ssl: this.ssl }); } }`, 'options | null | ssl: this.ssl'],
    [`class Db { options = { host: 'h', ssl: false }; constructor() { this.options.ssl = true; } open() { return new Pool(this.options); } }`, 'url | hidden'],
    [`class Db { ssl = false; open = () => new Pool({ ssl: this.ssl }) }`, 'options | null | ssl: false'],
    [`class Db { ssl = false; open() { return function () { new Pool({ ssl: this.ssl }); }; } }`, 'options | null | ssl: this.ssl'],
    [`class Db { get options() { return { host: 'h', ssl: false }; } open() { return new Pool(this.options); } }`, 'options | null | ssl: false'],
    [`class Db { ssl(mode) { if (mode === 'disable') return false; return true; } open() { return new Pool({ ssl: this.ssl('disable') }); } }`, 'options | null | ssl: false'],
    [`class Db { static ssl(mode) { return mode === 'disable' ? false : true; } constructor() { this.pool = new Pool({ ssl: Db.ssl('disable') }); } }`, 'options | null | ssl: false'],
    [`class Db { ssl = false; init() { if (process.env.SSL) this.ssl = true; } open() { return new Pool({ ssl: this.ssl }); } }`, 'options | null | ssl: this.ssl'],
  ],
  'enum-like constants': [
    [`const Mode = { Off: 'disable' }; new Pool('postgres://h/a?sslmode=' + Mode.Off)`, 'url | postgres://h/a?sslmode=disable'],
    [`const Mode = Object.freeze({ Off: 'disable' }); new Pool('postgres://h/a?sslmode=' + Mode['Off'])`, 'url | postgres://h/a?sslmode=disable'],
    [`class Defaults { static url = 'postgres://h/a'; static ssl = false } new Pool({ connectionString: Defaults.url, ssl: Defaults.ssl })`, 'url | postgres://h/a | ssl: false'],
  ],
};

/** What only TypeScript can write. */
const TYPED: readonly (readonly [source: string, ...sites: string[]])[] = [
  [`new Pool({ ssl: false } satisfies PoolConfig)`, 'options | null | ssl: false'],
  [`new Pool({ ssl: false as boolean } as PoolConfig)`, 'options | null | ssl: false'],
  [`new Pool({ connectionString: ('postgres://h/a' as string)! })`, 'url | postgres://h/a'],
  [`const Mode = { Off: 'disable' } as const; new Pool(\`postgres://h/a?sslmode=\${Mode.Off}\`)`, 'url | postgres://h/a?sslmode=disable'],
  [`enum Mode { Off = 'disable', On = 'require' } new Pool(\`postgres://h/a?sslmode=\${Mode.Off}\`)`, 'url | postgres://h/a?sslmode=disable'],
  [`export const enum Mode { Off = 'disable' } new Pool(\`postgres://h/a?sslmode=\${Mode.Off}\`)`, 'url | postgres://h/a?sslmode=disable'],
];

describe.for(Object.entries(WAYS))('%s', ([, rows]) => {
  it.for(rows)('%s', ([source, ...sites]) => {
    for (const parser of ALL_PARSERS) expect(sitesOf(`import { Pool } from 'pg'; ${source}`, parser), parser).toEqual(sites);
  });
});

describe('types and what only TypeScript has', () => {
  it.for(TYPED)('%s', ([source, ...sites]) => {
    for (const parser of TYPESCRIPT_PARSERS) expect(sitesOf(`import { Pool } from 'pg'; ${source}`, parser), parser).toEqual(sites);
  });
});
