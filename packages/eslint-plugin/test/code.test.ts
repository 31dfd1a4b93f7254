import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import sslmode from '../src/index.ts';
import { TypescriptRuleTester } from './rule-tester.ts';

const tester = new TypescriptRuleTester();
type Module = Parameters<typeof tester.run>[1];
const ruleOf = (id: string): Module => sslmode.rules?.[id] as unknown as Module;

tester.run('no-plaintext', ruleOf('no-plaintext'), {
  valid: [
    `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: true })`,
    `import { Pool } from 'pg'; new Pool({ connectionString: process.env.DATABASE_URL })`,
    `import { Pool } from 'pg'; new Pool({ host: 'localhost', ssl: false })`,
    `import { Pool } from 'pg'; new Pool({ connectionString: 'postgres://u@127.0.0.1/app?sslmode=disable' })`,
    `import { Pool } from 'mysql2'; new Pool({ host: 'db.acme.com', ssl: false })`,
    `if (url.startsWith('postgres://db.acme.com/app?sslmode=disable')) {}`,
    `const url = process.env.URL; new Pool({ connectionString: url, ssl: url.includes('localhost') ? false : true })`,
    `// sslmode-ignore no-plaintext -- a test server\nexport const url = 'postgres://u@db.acme.com/app?sslmode=disable'`,
    `export const url = 'postgres://u@db.acme.com/app?sslmode=disable' // sslmode-ignore sslmode/no-plaintext: a test server`,
  ],
  invalid: [
    {
      code: `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: false })`,
      errors: [
        {
          messageId: 'disable',
          line: 1,
          column: 60,
          endLine: 1,
          endColumn: 70,
          suggestions: [
            { messageId: 'suggestion', output: `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: true })` },
            { messageId: 'suggestion', output: `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } })` },
          ],
        },
      ],
    },
    {
      code: `import postgres from 'postgres';\nexport const sql = postgres('postgres://u:p@db.acme.com/app?sslmode=disable&application_name=x');`,
      errors: [
        {
          messageId: 'disable',
          line: 2,
          column: 69,
          endLine: 2,
          endColumn: 76,
          suggestions: [{ messageId: 'suggestion', output: `import postgres from 'postgres';\nexport const sql = postgres('postgres://u:p@db.acme.com/app?sslmode=verify-full&application_name=x');` }],
        },
      ],
    },
    {
      // A constant from elsewhere is changed at its use.
      code: "const pg = require('pg'); const mode = 'disable'; new pg.Client(`postgres://u:p@db.acme.com/app?sslmode=${mode}`)",
      errors: [
        {
          messageId: 'disable',
          column: 105,
          endColumn: 112,
          suggestions: [{ messageId: 'suggestion', output: "const pg = require('pg'); const mode = 'disable'; new pg.Client(`postgres://u:p@db.acme.com/app?sslmode=verify-full`)" }],
        },
      ],
    },
    {
      // A string that is written elsewhere as a whole can't be changed at its use.
      code: "const pg = require('pg'); const base = 'postgres://u:p@db.acme.com/app?sslmode=disable'; new pg.Client(`${base}&application_name=x`)",
      errors: [{ messageId: 'disable', column: 104, endColumn: 112, suggestions: [] }],
    },
    {
      code: `import { Pool } from 'pg'; const isProd = process.env.NODE_ENV === 'production'; new Pool({ host: 'db.acme.com', ssl: isProd ? { rejectUnauthorized: true } : false })`,
      errors: [{ messageId: 'disable', suggestions: [{ messageId: 'suggestion', output: `import { Pool } from 'pg'; const isProd = process.env.NODE_ENV === 'production'; new Pool({ host: 'db.acme.com', ssl: isProd ? { rejectUnauthorized: true } : true })` }, { messageId: 'suggestion', output: `import { Pool } from 'pg'; const isProd = process.env.NODE_ENV === 'production'; new Pool({ host: 'db.acme.com', ssl: isProd ? { rejectUnauthorized: true } : { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } })` }] }],
    },
    {
      code: `process.env.PGSSLMODE = 'disable';`,
      errors: [{ messageId: 'disable', column: 26, endColumn: 33, suggestions: [{ messageId: 'suggestion', output: `process.env.PGSSLMODE = 'verify-full';` }] }],
    },
    {
      code: `const pool: Pool = new (require('pg').Pool)(<PoolConfig>{ host: 'db.acme.com', ssl: false } satisfies PoolConfig);`,
      errors: [{ messageId: 'disable', column: 80, endColumn: 90, suggestions: [{ messageId: 'suggestion', output: `const pool: Pool = new (require('pg').Pool)(<PoolConfig>{ host: 'db.acme.com', ssl: true } satisfies PoolConfig);` }, { messageId: 'suggestion', output: `const pool: Pool = new (require('pg').Pool)(<PoolConfig>{ host: 'db.acme.com', ssl: { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } } satisfies PoolConfig);` }] }],
    },
  ],
});

tester.run('require-sslmode', ruleOf('require-sslmode'), {
  valid: [
    `import { Pool } from 'pg'; new Pool()`,
    `import { Pool } from 'pg'; new Pool({ connectionString: process.env.DATABASE_URL })`,
    `import { Pool } from 'pg'; new Pool({ connectionString: withTls('postgres://u:p@db.acme.com/app') })`,
    `import { Pool } from 'pg'; new Pool({ connectionString: 'postgres://u:p@db.acme.com/app', ...options })`,
    'import { Pool } from "pg"; new Pool({ connectionString: `postgres://u:p@db.acme.com/app${query}` })',
    `const url = new URL('postgres://u:p@db.acme.com/app'); url.searchParams.set('sslmode', 'verify-full');`,
    // Confidence is low where the host comes from elsewhere.
    'import { Pool } from "pg"; new Pool({ connectionString: `postgres://${user}:${password}@${host}/app` })',
  ],
  invalid: [
    {
      code: `import pg from 'pg'; new pg.Pool({ connectionString: process.env.DATABASE_URL ?? 'postgres://u:p@db.acme.com/app' });`,
      errors: [
        {
          messageId: 'disable',
          column: 83,
          endColumn: 113,
          suggestions: [{ messageId: 'suggestion', output: `import pg from 'pg'; new pg.Pool({ connectionString: process.env.DATABASE_URL ?? 'postgres://u:p@db.acme.com/app?sslmode=verify-full' });` }],
        },
      ],
    },
    {
      code: `import { Client } from 'pg'; new Client({ host: 'db.acme.com' });`,
      errors: [{ messageId: 'disable', line: 1, column: 34, endColumn: 40, suggestions: [
        { messageId: 'suggestion', output: `import { Client } from 'pg'; new Client({ host: 'db.acme.com', ssl: true });` },
        { messageId: 'suggestion', output: `import { Client } from 'pg'; new Client({ host: 'db.acme.com', ssl: { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } });` },
      ] }],
    },
    {
      code: `import { Sequelize } from 'sequelize'; new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { keepAlive: true } });`,
      errors: [{ messageId: 'disable', suggestions: [
        { messageId: 'suggestion', output: `import { Sequelize } from 'sequelize'; new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { keepAlive: true, ssl: true } });` },
        { messageId: 'suggestion', output: `import { Sequelize } from 'sequelize'; new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { keepAlive: true, ssl: { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } } });` },
      ] }],
    },
    {
      // What a spread may bring is not to be seen: there is nothing to be said. A constant elsewhere is added to where it is written.
      code: `import knex from 'knex'; const connection = { host: 'db.acme.com' }; knex({ client: 'pg', connection });`,
      errors: [{ messageId: 'disable', suggestions: [
        { messageId: 'suggestion', output: `import knex from 'knex'; const connection = { host: 'db.acme.com', ssl: true }; knex({ client: 'pg', connection });` },
        { messageId: 'suggestion', output: `import knex from 'knex'; const connection = { host: 'db.acme.com', ssl: { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } }; knex({ client: 'pg', connection });` },
      ] }],
    },
  ],
});

tester.run('no-unverified-certificate', ruleOf('no-unverified-certificate'), {
  valid: [{ code: `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } })` }],
  invalid: [
    {
      code: `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: { ca: readFileSync('ca.pem'), rejectUnauthorized: false } })`,
      settings: { sslmode: { minimum: 'verify-ca' } },
      errors: [{ messageId: 'require', column: 95, endColumn: 120, suggestions: [{ messageId: 'suggestion', output: `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: { ca: readFileSync('ca.pem') } })` }] }],
    },
  ],
});

tester.run('no-plaintext-fallback', ruleOf('no-plaintext-fallback'), {
  valid: [`import postgres from 'postgres'; postgres(process.env.URL, { ssl: 'verify-full' })`],
  invalid: [
    {
      // As weak in both branches: one finding, and no word of what decides between them.
      code: `import postgres from 'postgres'; postgres(process.env.URL ?? 'postgres://u:p@db.acme.com/app', { ssl: 'prefer' })`,
      errors: [
        {
          messageId: 'prefer',
          data: {
            driver: 'postgres.js 3',
            because: '`ssl: prefer` accepts any certificate, and goes on in plaintext if the server offers no TLS',
            advice: "Set `ssl: 'verify-full'`.",
          },
          suggestions: [
            { messageId: 'suggestion', output: `import postgres from 'postgres'; postgres(process.env.URL ?? 'postgres://u:p@db.acme.com/app', { ssl: 'verify-full' })` },
            { messageId: 'suggestion', output: `import postgres from 'postgres'; postgres(process.env.URL ?? 'postgres://u:p@db.acme.com/app', { ssl: { ca: readFileSync('/path/to/your-ca.crt', 'utf8') } })` },
          ],
        },
      ],
    },
  ],
});

tester.run('no-global-tls-bypass', ruleOf('no-global-tls-bypass'), {
  valid: [`process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'`, `if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {}`],
  invalid: [
    { code: `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`, errors: [{ messageId: 'bypass', column: 45, endColumn: 46, suggestions: [{ messageId: 'suggestion', output: `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'` }] }] },
    { code: `process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 0`, errors: [{ messageId: 'bypass', column: 47, endColumn: 48, suggestions: [{ messageId: 'suggestion', output: `process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = 1` }] }] },
    { code: `Object.assign(process.env, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })`, errors: [{ messageId: 'bypass', column: 61, endColumn: 62, suggestions: [{ messageId: 'suggestion', output: `Object.assign(process.env, { NODE_TLS_REJECT_UNAUTHORIZED: '1' })` }] }] },
  ],
});

tester.run('no-conflicting-settings', ruleOf('no-conflicting-settings'), {
  valid: [`import { Pool } from 'pg'; new Pool({ connectionString: 'postgres://u:p@db.acme.com/app', ssl: true })`],
  invalid: [
    {
      code: `import { Pool } from 'pg'; new Pool({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { rejectUnauthorized: false } })`,
      errors: [
        {
          messageId: 'conflict',
          column: 111,
          endColumn: 145,
          suggestions: [{ messageId: 'suggestion', output: `import { Pool } from 'pg'; new Pool({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' })` }],
        },
      ],
    },
  ],
});

/** Findings that one rule alone has, with a suggestion each: what it leads to is clean. */
const CURABLE: readonly (readonly [rule: string, code: string])[] = [
  ['no-plaintext', `import { Pool } from 'pg'; new Pool({ host: 'db.acme.com', ssl: false })`],
  ['no-plaintext', `import postgres from 'postgres'; postgres('postgres://u:p@db.acme.com/app?sslmode=disable')`],
  ['no-plaintext', `import postgres from 'postgres'; postgres({ host: 'db.acme.com', ssl: false })`],
  ['no-plaintext-fallback', `import postgres from 'postgres'; postgres({ host: 'db.acme.com', ssl: 'prefer' })`],
  ['require-sslmode', `import postgres from 'postgres'; postgres('postgres://u:p@db.acme.com/app')`],
  ['require-sslmode', `import { Client } from 'pg'; new Client('postgres://u:p@db.acme.com/app?application_name=x')`],
  ['require-sslmode', 'import { Client } from "pg"; new Client(`postgres://u:p@db.acme.com/${name}?application_name=x`)'],
  ['require-sslmode', `import postgres from 'postgres'; postgres({ host: 'db.acme.com', })`],
  ['require-sslmode', `import { Sequelize } from 'sequelize'; new Sequelize({ dialect: 'postgres', host: 'db.acme.com' })`],
  ['require-sslmode', `import { DataSource } from 'typeorm'; new DataSource({ type: 'postgres', host: 'db.acme.com' })`],
  ['require-sslmode', `import { SQL } from 'bun'; new SQL({ host: 'db.acme.com', adapter: 'postgres' })`],
  ['require-sslmode', `import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql'; MikroORM.init({ driver: PostgreSqlDriver, host: 'db.acme.com', dbName: 'app' })`],
  ['require-sslmode', `import pgPromise from 'pg-promise'; const pgp = pgPromise(); pgp({ host: 'db.acme.com' })`],
  ['require-sslmode', `import { drizzle } from 'drizzle-orm/node-postgres'; drizzle({ connection: { host: 'db.acme.com' } })`],
  ['prefer-verified', `import { Pool } from 'pg'; new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } })`],
  ['prefer-verified', `import { Pool } from 'pg'; new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false, ca } })`],
  ['prefer-verified', `import postgres from 'postgres'; postgres('postgres://u:p@db.acme.com/app?sslmode=require')`],
  ['no-version-dependent-sslmode', `import { Client } from 'pg'; new Client('postgres://u:p@db.acme.com/app?sslmode=require')`],
];

describe('suggestions cure', () => {
  it.for(CURABLE)('%s: %s', ([rule, code]) => {
    const linter = new Linter();
    const config: Linter.Config = { plugins: { sslmode }, rules: { [`sslmode/${rule}`]: 'error' } };
    const messages = linter.verify(code, config);
    expect(messages.map(({ ruleId }) => ruleId)).toEqual([`sslmode/${rule}`]);
    const suggestions = messages[0]?.suggestions ?? [];
    expect(suggestions.length).toBeGreaterThan(0);
    for (const { fix } of suggestions) {
      const cured = code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]);
      expect(cured).not.toBe(code);
      expect(linter.verify(cured, config), cured).toEqual([]);
    }
  });
});

/** What looks like one of ours. Under all rules at once, everything reported. */
const LOOKALIKES = [
  `import { createClient } from 'redis'; createClient({ url: 'rediss://db.acme.com', socket: { rejectUnauthorized: false } })`,
  `import mysql from 'mysql2'; mysql.createPool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } })`,
  `import https from 'node:https'; new https.Agent({ rejectUnauthorized: false })`,
  `import { Pool } from 'undici'; new Pool('https://db.acme.com')`,
  `import { Client } from 'ssh2'; new Client({ host: 'db.acme.com' })`,
  `import { Client } from '@elastic/elasticsearch'; new Client({ node: 'https://db.acme.com', ssl: { rejectUnauthorized: false } })`,
  `const url = 'mysql://u:p@db.acme.com/app?ssl-mode=DISABLED'`,
  `const url = 'mongodb://u:p@db.acme.com/app?ssl=false'`,
  `const text = 'Set sslmode=disable in postgres://user:password@host/db to turn it off.'`,
  `const docs = 'https://www.postgresql.org/docs/current/libpq-ssl.html?sslmode=disable'`,
  `const image = 'postgres:16'; const port = 'postgres:5432'`,
  `console.error('cannot connect to postgres://db.acme.com/app?sslmode=disable')`,
  `it('postgres://db.acme.com/app?sslmode=disable', () => {})`,
  `type Url = 'postgres://db.acme.com/app?sslmode=disable'`,
  `import 'postgres://db.acme.com/app?sslmode=disable'`,
  `const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']; const sslmode = 'disable'`,
  `const ssl = false; const pool = { ssl: false, host: 'db.acme.com' }`,
] as const;

for (const id of Object.keys(sslmode.rules ?? {})) {
  tester.run(`${id} on what is no database`, ruleOf(id), {
    valid: LOOKALIKES.map((code) => ({ code, settings: { sslmode: { extends: 'sslmode:strict', minimum: 'verify-full' } } })),
    invalid: [],
  });
}
