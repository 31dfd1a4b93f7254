import { describe, expect, it } from 'vitest';
import { mayHoldCode } from '../../src/code/index.ts';
import { ALL_PARSERS, PARSERS, sitesOf } from './collect.ts';

const URL = 'postgres://u:p@db.acme.com/app';

describe('connection strings anywhere', () => {
  it.for([
    [`export const url = '${URL}'`, `url | ${URL}`],
    [`connect('${URL}')`, `url | ${URL}`],
    [`module.exports = { development: { url: '${URL}' } }`, `url | ${URL}`],
    [`process.env.DATABASE_URL = '${URL}'`, `url | ${URL}`],
    [`const url = process.env.DATABASE_URL ?? '${URL}'`, `url | ${URL}`],
    [`const url = process.env.DATABASE_URL || "${URL}"`, `url | ${URL}`],
    ['const url = `postgres://${user}:${password}@${host}/${name}?sslmode=disable`', 'url | postgres://${…}:${…}@${…}/${…}?sslmode=disable'],
    [`const url = 'postgresql://' + host + '/app'`, 'url | postgresql://${…}/app'],
    [`const dsn = 'host=db.acme.com dbname=app sslmode=disable'`, 'keyword-value | host=db.acme.com dbname=app sslmode=disable'],
    [`const jdbc = 'jdbc:postgresql://db.acme.com/app'`, 'jdbc | jdbc:postgresql://db.acme.com/app'],
    [`knex({ client: 'pg', connection: '${URL}' })`, `url | ${URL}`],
    [`new DataSource({ type: 'postgres', url: '${URL}', ssl: { rejectUnauthorized: false } })`, `url | ${URL} | ssl: { rejectUnauthorized: false }`],
    [`z.string().default('${URL}')`, `url | ${URL}`],
    [`<Database url="${URL}" />`, `url | ${URL}`],
    // A constant that is only the start of the string is judged with the rest.
    [`const base = '${URL}'; connect(base + '?sslmode=disable')`, `url | ${URL}?sslmode=disable`],
    ['const base = "postgres://db.acme.com"; connect(`${base}/app?sslmode=disable`)', 'url | postgres://db.acme.com/app?sslmode=disable'],
    // What is still to be worked on is open.
    [`const url = new URL('${URL}'); url.searchParams.set('sslmode', 'verify-full')`, `url | ${URL}\${…}`],
    [`const text = '${URL}'; const url = new URL(text)`, `url | ${URL}\${…}`],
    [`let url = '${URL}'; if (tls) url += '?sslmode=verify-full'`, `url | ${URL}\${…}`],
    [`const url = isProduction ? '${URL}?sslmode=disable' : '${URL}?sslmode=require'`, `url | ${URL}?sslmode=disable`, `url | ${URL}?sslmode=require`],
  ])('%s', ([source = '', ...expected]) => {
    for (const parser of ALL_PARSERS) expect(sitesOf(source, parser).sort(), parser).toEqual([...expected].sort());
  });

  it.for([
    `import x from 'postgres://u:p@db.acme.com/app'`,
    `export * from 'postgres://db.acme.com/app'`,
    `'postgres://db.acme.com/app'`,
    `if (url.startsWith('postgres://')) {}`,
    `if (url.startsWith('postgres://db.acme.com/')) {}`,
    `if (url === 'postgres://db.acme.com/app') {}`,
    `switch (url) { case 'postgres://db.acme.com/app': break }`,
    `const scheme = 'postgres://'`,
    `const scheme = 'postgresql:'`,
    `/postgres:\\/\\/db.acme.com\\/app/.test(x)`,
    `throw new Error('postgres://db.acme.com/app')`,
    `new TypeError('postgres://db.acme.com/app')`,
    `console.log('postgres://db.acme.com/app')`,
    `logger.info({ url: 'postgres://db.acme.com/app' })`,
    'console.log(`postgres://${host}/app`)',
    `const help = 'Example: postgres://user:password@host/db'`,
    `const text = 'postgres://user:password@host/db is what it looks like'`,
    `const EXAMPLE_URL = 'postgres://db.acme.com/app'`,
    `({ description: 'postgres://db.acme.com/app' })`,
    `({ placeholder: 'postgres://db.acme.com/app' })`,
    `({ 'postgres://db.acme.com/app': 1 })`,
    `expect(url).toBe('postgres://db.acme.com/app')`,
    `expect(config).toEqual({ url: 'postgres://db.acme.com/app' })`,
    `assert.equal(url, 'postgres://db.acme.com/app')`,
    `z.string().describe('postgres://db.acme.com/app')`.replace('describe', 'describe'),
    'sql`postgres://db.acme.com/app`',
    `<p>postgres://db.acme.com/app</p>`,
    `<input placeholder="postgres://db.acme.com/app" />`,
    `const url = 'mysql://u:p@db.acme.com/app'`,
    `const url = 'https://db.acme.com/postgres'`,
    `const url = 'mongodb+srv://u:p@db.acme.com/app'`,
    `const cookie = 'user=1; host=2'`,
    `fetch('/api?host=a&user=b')`,
    `const css = 'host=x'`,
    `parts.push('dbname=' + quote(name))`,
    `new URL(text, 'postgres://base')`,
  ])('is a mention or no database: %s', (source) => {
    for (const parser of ALL_PARSERS) expect(sitesOf(source, parser), parser).toEqual([]);
  });

  it.for([
    [`import pg from 'pg'; export const url = '${URL}'`, 'node-postgres'],
    [`const postgres = require('postgres');\nexport const url = '${URL}'`, 'postgres.js'],
    [`import pg from 'pg'; import postgres from 'postgres'; export const url = '${URL}'`, null],
    [`export const url = '${URL}'`, null],
  ] as const)('takes the one driver that the file loads for evidence: %s', ([source, driver]) => {
    expect(PARSERS.espree(source).sites[0]?.driver?.id ?? null).toBe(driver);
  });

  it('does not take types for evidence', () => {
    expect(PARSERS['typescript-eslint'](`import type { Pool } from 'pg'; export const url = '${URL}'`).sites[0]?.driver).toBeNull();
  });
});

describe('places', () => {
  it.for([
    // A value is its text between the quotes.
    [`const url = 'postgres://db.acme.com/app?sslmode=disable'`, 'disable', 'disable'],
    ['const url = `postgres://db.acme.com/app?sslmode=disable`', 'disable', 'disable'],
    [`const url = 'postgres://db.acme.com' + '/app?sslmode=disable'`, 'disable', 'disable'],
    ['const url = `postgres://${host}/app?sslmode=disable&x=${x}`', 'disable', 'disable'],
    [`const url = 'postgres://db.acme.com/\\x61pp?sslmode=dis\\u0061ble'`, 'disable', 'dis\\u0061ble'],
    [`const url = 'postgres://db.acme.com/app\\\n?sslmode=disable'`, 'disable', 'disable'],
    ['const url = `postgres://db.acme.com/\\u{61}pp?sslmode=disable`', 'disable', 'disable'],
    // A constant from elsewhere is its name.
    ["const mode = 'disable'; const url = `postgres://db.acme.com/app?sslmode=${mode}`", 'disable', '${mode}'],
    [`const mode = 'disable'; const url = 'postgres://db.acme.com/app?sslmode=' + mode`, 'disable', 'mode'],
  ] as const)('%s', ([source, value, expected]) => {
    for (const parser of ALL_PARSERS) {
      const [site] = PARSERS[parser](source).sites;
      const text = site?.string === 'hidden' ? null : site?.string;
      const at = text?.text.indexOf(value) ?? -1;
      expect(at, parser).toBeGreaterThan(0);
      const span = text?.toSource({ start: at, end: at + value.length });
      expect(source.slice(span?.start, span?.end), parser).toBe(expected);
    }
  });

  it('maps an attribute with entities as a whole', () => {
    const source = `<Database url="postgres://db.acme.com/app?sslmode=disable&amp;x=1" />`;
    const [site] = PARSERS.espree(source).sites;
    const text = site?.string === 'hidden' ? null : site?.string;
    const span = text?.toSource({ start: 27, end: 34 });
    expect(text?.text).toBe('postgres://db.acme.com/app?sslmode=disable&x=1');
    expect(source.slice(span?.start, span?.end)).toBe('postgres://db.acme.com/app?sslmode=disable&amp;x=1');
  });

  it('maps through line ends of Windows in a template', () => {
    const source = "const url = `postgres://db.acme.com/app\r\n`; const url2 = `host=db.acme.com\r\ndbname=app sslmode=disable`";
    for (const parser of ALL_PARSERS) {
      const text = PARSERS[parser](source).sites.map(({ string }) => string).find((string) => typeof string === 'object' && string?.text.includes('dbname') === true);
      const at = typeof text === 'object' ? (text?.text.indexOf('disable') ?? -1) : -1;
      const span = typeof text === 'object' ? text?.toSource({ start: at, end: at + 7 }) : undefined;
      expect(source.slice(span?.start, span?.end), parser).toBe('disable');
    }
  });

  it('stands on the callee where there is no string', () => {
    const source = `import { Pool } from 'pg'; const pool = new Pool({ ssl: false })`;
    const span = PARSERS.espree(source).sites[0]?.span;
    expect(source.slice(span?.start, span?.end)).toBe('Pool');
  });
});

describe('mayHoldCode', () => {
  it.for([
    [`import { Pool } from 'pg'`, true],
    [`require("postgres")`, true],
    [`import 'npm:pg@8'`, true],
    [`process.env.PGSSLMODE = 'disable'`, true],
    [`process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0`, true],
    [`'host=a dbname=b'`, true],
    [`export const answer = 42`, false],
    [`import express from 'express'; app.listen(process.env.PORT)`, false],
    ['', false],
  ] as const)('%s', ([source, expected]) => {
    expect(mayHoldCode(source)).toBe(expected);
  });
});
