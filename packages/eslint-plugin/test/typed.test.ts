import parser from '@typescript-eslint/parser';
import type { Linter } from 'eslint';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint, project, sslmode } from './lint.ts';

/*
 * Typed linting: values that other modules of the project give, with typescript-eslint's projectService over a real
 * tsconfig.json. What is found stands where the value is used, and its message names where it is written.
 */

const TSCONFIG = JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: [], resolveJsonModule: true, paths: { '@/*': ['./*'] } }, include: ['case-*/**/*'] });
/** What `#@/…` leads to, is decided by conditions; TypeScript knows no `development`. */
const PACKAGE = JSON.stringify({ type: 'module', imports: { '#@/*': { development: './development/*.js', default: './*.js' } } });
const typed = (folder: string): Linter.Config[] => [
  ...sslmode.configs.recommended,
  { files: ['**/*.ts'], languageOptions: { parser, parserOptions: { tsconfigRootDir: folder } } },
  ...sslmode.configs.typed,
];

/** What a test is called, db.ts, and what lies beside it. */
type Case = readonly [name: string, db: string, files: Readonly<Record<string, string>>, ...more: unknown[]];

const cleaning: (() => void)[] = [];
afterAll(() => {
  for (const clean of cleaning) clean();
});

/** Lints the db.ts of each case; all are folders of one project, `src` in what they are written as. */
async function found(cases: readonly Case[], how: (folder: string) => Linter.Config[] = typed): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = cases.flatMap(([, db, others], at) => Object.entries({ ...others, 'db.ts': db }).map(([name, text]) => [join(`case-${at}`, name), text.replaceAll('@/', `@/case-${at}/`)] as const));
  const folder = project({ 'tsconfig.json': TSCONFIG, 'package.json': PACKAGE, ...Object.fromEntries(files) }, (clean) => cleaning.push(clean));
  const all = await lint(folder, how(folder), 'ESLint 10', ['*/db.ts']);
  return new Map(
    cases.map(([name], at) => {
      const own = all.filter(({ place }) => place.startsWith(`case-${at}/`)).map(({ place, message }) => {
        const written = /\(case-\d+(\/[^)]*)\)/.exec(message)?.[1];
        return `${place.replace(/^case-\d+\/db.ts:/, '').replace('sslmode/', '')} ${written === undefined ? (place.endsWith('fatal') ? message : '-') : `src${written}`}`;
      });
      return [name, own];
    }),
  );
}

const POOL = "import { Pool } from 'pg';\n";

const WEAK = [
    ['a constant and an object', `import { databaseUrl, tls } from './config.js';\n${POOL}new Pool({ connectionString: databaseUrl, ssl: tls });`, { 'config.ts': "export const databaseUrl = 'postgres://u:p@db.acme.com/app';\nexport const tls = {\n  rejectUnauthorized: false,\n};\n" }, ['3 «tls» warning prefer-verified src/config.ts:3']],
    ['a string that says too little', `import { databaseUrl } from './config.js';\n${POOL}new Pool({ connectionString: databaseUrl });`, { 'config.ts': "\nexport const databaseUrl = 'postgres://u:p@db.acme.com/app';\n" }, ['3 «databaseUrl» error require-sslmode src/config.ts:2']],
    ['a primitive', `import { ssl } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl });`, { 'config.ts': 'export const ssl = false;\n' }, ['3 «ssl» error no-plaintext src/config.ts:1']],
    ['another name', `import { off as ssl } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl });`, { 'config.ts': 'const no = false;\nexport { no as off };\n' }, ['3 «ssl» error no-plaintext src/config.ts:1']],
    ['export default {…}', `import config from './config.js';\n${POOL}new Pool(config);`, { 'config.ts': "export default { host: 'db.acme.com', ssl: false };\n" }, ['3 «config» error no-plaintext src/config.ts:1']],
    ['export default of a constant', `import config from './config.js';\n${POOL}new Pool(config);`, { 'config.ts': "const config = { host: 'db.acme.com', ssl: false };\nexport default config;\n" }, ['3 «config» error no-plaintext src/config.ts:1']],
    ['as const, satisfies', `import { config } from './config.js';\n${POOL}new Pool({ ...config });`, { 'config.ts': "export const config = { host: 'db.acme.com', ssl: false } as const satisfies object;\n" }, ['3 «config» error no-plaintext src/config.ts:1']],
    ['a property of a configuration', `import { config } from './config.js';\n${POOL}new Pool({ connectionString: config.db.url, ssl: config.db.tls });`, { 'config.ts': "export const config = {\n  db: {\n    url: 'postgres://u:p@db.acme.com/app',\n    tls: { rejectUnauthorized: false } } };\n" }, ['3 «config.db.tls» warning prefer-verified src/config.ts:4']],
    ['all of a module', `import * as config from './config.js';\n${POOL}new Pool({ connectionString: config.url });`, { 'config.ts': "export const url = 'postgres://u:p@db.acme.com/app?sslmode=disable';\n" }, ['3 «config.url» error no-plaintext src/config.ts:1']],
    ['destructured', `import config from './config.js';\n${POOL}const { url, ssl } = config;\nnew Pool({ host: url, ssl });`, { 'config.ts': "export default { url: 'db.acme.com', ssl: false };\n" }, ['4 «ssl» error no-plaintext src/config.ts:1']],
    ['an enum', `import { Mode } from './config.js';\n${POOL}new Pool({ connectionString: \`postgres://u:p@db.acme.com/app?sslmode=\${Mode.Off}\` });`, { 'config.ts': "export enum Mode {\n  On = 'verify-full',\n  Off = 'disable',\n}\n" }, ['3 «${Mode.Off}» error no-plaintext src/config.ts:3']],
    ['a const enum as an option', `import { Mode } from './config.js';\nimport postgres from 'postgres';\npostgres({ host: 'db.acme.com', ssl: Mode.Fallback });`, { 'config.ts': "export const enum Mode { Fallback = 'prefer' }\n" }, ['3 «ssl: Mode.Fallback» error no-plaintext-fallback src/config.ts:1']],
    ['a barrel', `import { tls } from './config/index.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config/index.ts': "export * from './other.js';\nexport { tls } from './tls.js';\n", 'config/other.ts': 'export const other = 1;\n', 'config/tls.ts': '\n\nexport const tls = false;\n' }, ['3 «ssl: tls» error no-plaintext src/config/tls.ts:3']],
    ['a barrel of everything', `import { tls } from './config/index.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config/index.ts': "export * from './other.js';\nexport * from './tls.js';\n", 'config/other.ts': 'export const other = 1;\n', 'config/tls.ts': 'export const tls = false;\n' }, ['3 «ssl: tls» error no-plaintext src/config/tls.ts:1']],
    ['an import that is exported again', `import { options } from './config.js';\n${POOL}new Pool(options);`, { 'config.ts': "import { ssl } from './tls.js';\nexport const options = { host: 'db.acme.com', ssl };\n", 'tls.ts': '\nexport const ssl = false;\n' }, ['3 «options» error no-plaintext src/config.ts:2']],
    ['export * as', `import { db } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: db.ssl });`, { 'config.ts': "export * as db from './tls.js';\n", 'tls.ts': 'export const ssl = false;\n' }, ['3 «ssl: db.ssl» error no-plaintext src/tls.ts:1']],
    ['a function', `import { sslOptions } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: sslOptions() });`, { 'config.ts': 'export function sslOptions() {\n  return { rejectUnauthorized: false };\n}\n' }, ['3 «sslOptions()» warning prefer-verified src/config.ts:2']],
    ['a function and its argument', `import { options } from './config.js';\n${POOL}new Pool(options(false));`, { 'config.ts': "export const options = (ssl: boolean) => ({ host: 'db.acme.com', ssl });\n" }, ['3 «options(false)» error no-plaintext src/config.ts:1']],
    ['a default function', `import options from './config.js';\n${POOL}new Pool(options());`, { 'config.ts': "export default () => ({ host: 'db.acme.com', ssl: false });\n" }, ['3 «options()» error no-plaintext src/config.ts:1']],
    ['a function of an object', `import { config } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: config.ssl() });`, { 'config.ts': 'export const config = { ssl: () => false };\n' }, ['3 «ssl: config.ssl()» error no-plaintext src/config.ts:1']],
    ['JSON', `import config from './config.json' with { type: 'json' };\n${POOL}new Pool({ connectionString: process.env.DATABASE_URL, ssl: config.db.ssl });`, { 'config.json': '{\n  "db": {\n    "ssl": { "rejectUnauthorized": false } } }\n' }, ['3 «config.db.ssl» warning prefer-verified src/config.json:3']],
    ['JSON that is required', `const config = require('./config.json');\n${POOL}new Pool(config);`, { 'config.json': '{ "host": "db.acme.com",\n  "ssl": false }\n', 'other.ts': "import './config.json' with { type: 'json' };\n" }, ['3 «config» error no-plaintext src/config.json:2']],
    ['a name that package.json leads on, by conditions', `import { tls } from '#@/tls';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'tls.ts': '\nexport const tls = false;\n' }, ['3 «ssl: tls» error no-plaintext src/tls.ts:2']],
    ['a condition', `import { options } from './config.js';\n${POOL}new Pool(options);`, { 'config.ts': "export const options = {\n  host: 'db.acme.com',\n  ssl: process.env.NODE_ENV === 'production' ? true : false,\n};\n" }, ['3 «options» error no-plaintext src/config.ts:3']],
    ['what is changed after it was made', `import { options } from './config.js';\n${POOL}new Pool(options);`, { 'config.ts': "export const options: Record<string, unknown> = { host: 'db.acme.com' };\noptions.ssl = false;\n" }, ['3 «options» error no-plaintext src/config.ts:2']],
    ['paths of tsconfig.json', `import { ssl } from '@/lib/config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl });`, { 'lib/config.ts': 'export const ssl = false;\n' }, ['3 «ssl» error no-plaintext src/lib/config.ts:1']],
    ['import x = require()', `import config = require('./config.cjs');\n${POOL}new Pool(config);`, { 'config.cts': "export = { host: 'db.acme.com', ssl: false };\n" }, ['3 «config» error no-plaintext src/config.cts:1']],
    ['require() of module.exports', `const { Pool } = require('pg');\nconst config = require('./config');\nnew Pool(config);`, { 'config.ts': "module.exports = { host: 'db.acme.com', ssl: false };\n" }, ['3 «config» error no-plaintext src/config.ts:1']],
    ['require() of a property', `const { Pool } = require('pg');\nnew Pool({ host: 'db.acme.com', ssl: require('./config').tls });`, { 'config.ts': 'const tls = false;\nmodule.exports = { tls };\n' }, ["2 «ssl: require('./config').tls» error no-plaintext src/config.ts:1"]],
    ['require() of exports, destructured', `const { Pool } = require('pg');\nconst { tls } = require('./config');\nnew Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': 'exports.tls = { rejectUnauthorized: false };\n' }, ['3 «tls» warning prefer-verified src/config.ts:1']],
    ['require() of a function', `const { Pool } = require('pg');\nconst { options } = require('./lib');\nnew Pool(options());`, { 'lib/index.ts': "module.exports.options = () => ({ host: 'db.acme.com', ssl: false });\n" }, ['3 «options» error no-plaintext src/lib/index.ts:1']],
    ['require() of a library through another module', `const { Pool } = require('./lib');\nnew Pool({ host: 'db.acme.com', ssl: false });`, { 'lib.ts': "module.exports = { Pool: require('pg').Pool };\n" }, ['2 «ssl: false» error no-plaintext -']],
    ['import of module.exports', `import config from './config.cjs';\n${POOL}new Pool(config);`, { 'config.cts': "exports = module.exports = { host: 'db.acme.com', ssl: false };\n" }, ['3 «config» error no-plaintext src/config.cts:1']],
    ['await import()', `${POOL}const { tls } = await import('./config.js');\nnew Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': 'export const tls = false;\n' }, ['3 «ssl: tls» error no-plaintext src/config.ts:1']],
    ['all of a module as options', `import * as config from './config.js';\n${POOL}new Pool({ ...config });`, { 'config.ts': "export const host = 'db.acme.com';\nexport const ssl = false;\n" }, ['3 «config» error no-plaintext src/config.ts:2']],
    ['a file that names no database: the library comes through a barrel', `import { Pool } from './lib.js';\nnew Pool({ host: 'db.acme.com', ssl: false });`, { 'lib.ts': "export { Pool } from 'pg';\n" }, ['2 «ssl: false» error no-plaintext -']],
    ['a file that names no database: its options come from elsewhere', "import knex from 'knex';\nimport { options } from './config.js';\nexport const db = knex(options);", { 'config.ts': "export const options = { client: 'pg', connection: { host: 'db.acme.com', ssl: false } };\n" }, ['3 «options» error no-plaintext src/config.ts:1']],
] as const;

const HIDDEN = [
    ['a package', `import { tls } from 'some-package';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'node_modules/some-package/index.ts': 'export const tls = false;\n', 'node_modules/some-package/package.json': '{ "exports": "./index.ts" }' }],
    ['declarations alone', `import { tls } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.d.ts': 'export declare const tls: false;\n' }],
    ['a file that is not there', `import { tls } from './none.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, {}],
    ['a module that leads back to itself', `import { a } from './a.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: a });`, { 'a.ts': "import { b } from './b.js';\nexport const a = b;\n", 'b.ts': "import { a } from './a.js';\nexport const b = a;\n" }],
    ['barrels that hand each other on', `import { a } from './a.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: a });`, { 'a.ts': "export * from './b.js';\n", 'b.ts': "export * from './a.js';\n" }],
    ['what is assigned by others', `import { state } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: state.ssl });`, { 'config.ts': 'export const state = { ssl: false };\nexport function enable() { state.ssl = true; }\n' }],
    ['a function whose result is not seen', `import { tls } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls() });`, { 'config.ts': 'export function tls() { return JSON.parse(text); }\n' }],
    ['sound values', `import { tls } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': 'export const tls = { rejectUnauthorized: true };\n' }],
    ['a package that is required', `const { tls } = require('some-package');\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, {}],
    ['a required module that exports under conditions', `const { tls } = require('./config');\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': 'if (process.env.X) exports.tls = false;\n' }],
    ['types', `import type { tls } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': 'export const tls = false;\n' }],
] as const;

const IGNORE = '// sslmode-ignore no-plaintext -- a test server\n';
const IGNORED = [
  ['an ignore where it is written', `import { tls } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': `${IGNORE}export const tls = false;\n` }],
  ['an ignore where it is used', `import { tls } from './config.js';\n${POOL}${IGNORE}new Pool({ host: 'db.acme.com', ssl: tls });`, { 'config.ts': 'export const tls = false;\n' }],
] as const;

let all: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  all = await found([...WEAK, ...HIDDEN, ...IGNORED]);
}, 60_000);

describe('what another module gives is judged where it is used', () => {
  it.for(WEAK)('%s', ([name, , , expected]) => {
    expect(all.get(name)).toEqual(expected);
  });
});

describe('what is not there to be seen is hidden', () => {
  it.for(HIDDEN)('%s', ([name]) => {
    expect(all.get(name)).toEqual([]);
  });

  it('without type information nothing of other modules', async () => {
    const untyped = (): Linter.Config[] => [...sslmode.configs.recommended, { files: ['**/*.ts'], languageOptions: { parser } }];
    const db = `import { tls } from './config.js';\n${POOL}new Pool({ host: 'db.acme.com', ssl: tls });\nnew Pool({ host: 'db.acme.com', ssl: false });`;
    const results = await found([['untyped', db, { 'config.ts': 'export const tls = false;\n' }]], untyped);
    expect(results.get('untyped')).toEqual(['4 «ssl: false» error no-plaintext -']);
  });
});

it.for(IGNORED)('%s', ([name]) => {
  expect(all.get(name)).toEqual([]);
});
