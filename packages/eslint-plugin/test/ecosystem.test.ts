import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import babel from '@babel/eslint-parser';
import typescript from '@typescript-eslint/parser';
import * as astro from 'astro-eslint-parser';
import type { Linter } from 'eslint';
import toml from 'eslint-plugin-toml';
import svelte from 'svelte-eslint-parser';
import { describe, expect, it } from 'vitest';
import vue from 'vue-eslint-parser';
import { places, project, sslmode } from './lint.ts';

const plugins = { sslmode };
const rules: Linter.RulesRecord = { 'sslmode/no-plaintext': 'error' };
const POOL = "import { Pool } from 'pg';\nconst pool = new Pool({ host: 'db.acme.com', ssl: false });\n";
const TYPED = POOL.replace('pool =', 'pool: Pool =');

describe('the parser', () => {
  it.for([
    ['espree', 'app.js', POOL, undefined],
    ['@babel/eslint-parser', 'app.js', POOL, { parser: babel, parserOptions: { requireConfigFile: false } }],
    ['@typescript-eslint/parser', 'app.ts', TYPED, { parser: typescript }],
    ['vue-eslint-parser', 'app.vue', `<template>\n  <p>{{ text }}</p>\n</template>\n<script setup lang="ts">\n${TYPED}</script>\n`, { parser: vue, parserOptions: { parser: typescript } }],
    ['svelte-eslint-parser', 'app.svelte', `<script lang="ts">\n${TYPED}</script>\n<p>{text}</p>\n`, { parser: svelte, parserOptions: { parser: typescript } }],
    ['astro-eslint-parser', 'app.astro', `---\n${TYPED}---\n<p>{String(pool)}</p>\n`, { parser: astro, parserOptions: { parser: typescript } }],
  ] as const)('%s', async ([parser, name, text, languageOptions]) => {
    // Babel's for ESLint 10 needs a newer Node than we do.
    const version = parser === '@babel/eslint-parser' ? 'ESLint 9' : 'ESLint 10';
    const folder = project({ [name]: text });
    const line = text.split('\n').findIndex((each) => each.includes('ssl: false')) + 1;
    expect(await places(folder, [{ files: [`**/${name}`], plugins, rules, ...(languageOptions !== undefined && { languageOptions: languageOptions }) }], version)).toEqual([`${name}:${line} «ssl: false» error sslmode/no-plaintext`]);
  });
});

it.for(['ESLint 9', 'ESLint 10'] as const)('lints components where the project has a parser for them, and leaves them alone elsewhere (%s)', async (version) => {
  const folder = project({ 'app.vue': `<script setup lang="ts">\n${TYPED}</script>\n`, 'other.svelte': '<p>{text}</p>\n', 'app.js': POOL });
  const inCode = 'app.js:2 «ssl: false» error sslmode/no-plaintext';
  expect(await places(folder, sslmode.configs.recommended, version)).toEqual([inCode]);
  const parsers = { files: ['**/*.vue'], languageOptions: { parser: vue, parserOptions: { parser: typescript } } };
  expect(await places(folder, [...sslmode.configs.recommended, parsers], version)).toEqual([inCode, 'app.vue:3 «ssl: false» error sslmode/no-plaintext']);
});

it('runs under the language that owns a TOML file, and heeds its directives', async () => {
  const url = 'postgres://u:p@db.acme.com/app?sslmode=disable';
  const folder = project({ 'config.toml': `[database]\nurl = "${url}"\n# eslint-disable-next-line sslmode/no-plaintext -- a test server\ntest_url = "${url}"\nempty   = 1\n` });
  const config = [...(toml.configs.standard), { files: ['**/*.toml'], plugins, rules: { ...rules, 'toml/spaced-comment': 'off', 'toml/comma-style': 'off' } as Linter.RulesRecord }];
  const found = await places(folder, config);
  expect(found.filter((place) => place.includes('sslmode'))).toEqual(['config.toml:2 «disable» error sslmode/no-plaintext']);
});

const from = createRequire(import.meta.url);
const manifest = from.resolve('../package.json');
/** The sources: tests build nothing. */
const plugin = JSON.stringify(join(manifest, '../src/index.ts'));

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program of Node's that loads the plugin by itself. */
async function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: `--import ${pathToFileURL(from.resolve('tsx')).href} --conditions=@sslmode/source` };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(manifest, '../node_modules', program), ...args], { cwd, env }, (error, output, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: output + errors });
    });
  });
}

describe('bulk suppressions', () => {
  it.for(['eslint', 'eslint9'])('%s keeps what is there, and reports what is new', async (version) => {
    const folder = project({
      'eslint.config.mjs': `import sslmode from ${plugin};\nexport default sslmode.configs.recommended;\n`,
      'app.js': POOL,
      '.env': 'DATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable\n',
    });
    const lint = async (...args: string[]): Promise<Ended> => run(`${version}/bin/eslint.js`, ['.', ...args], folder);
    expect(await lint('--suppress-all')).toEqual({ code: 0, output: '' });
    const count = { 'sslmode/no-plaintext': { count: 1 } };
    expect(JSON.parse(readFileSync(join(folder, 'eslint-suppressions.json'), 'utf8'))).toEqual({ '.env': count, 'app.js': count });
    expect(await lint()).toEqual({ code: 0, output: '' });
    appendFileSync(join(folder, 'app.js'), "new Pool({ host: 'other.acme.com', ssl: false });\n");
    expect(await lint()).toMatchObject({ code: 1, output: expect.stringContaining('sslmode/no-plaintext') as string });
  });
});

it('oxlint runs the rules on code and script blocks, and heeds ignores', async () => {
  const folder = project({
    '.oxlintrc.json': `{ "jsPlugins": [${plugin}], "rules": { ${Object.keys(sslmode.rules ?? {}).map((id) => `"sslmode/${id}": "error"`).join(', ')} } }`,
    'app.ts': `export const smile = '😀';\n${TYPED}export { pool };\n`,
    'app.vue': `<script setup lang="ts">\n${TYPED}</script>\n<template>{{ pool }}</template>\n`,
    'ignored.js': POOL.replace('const', '// sslmode-ignore no-plaintext -- a test server\nexport const'),
    'disabled.js': POOL.replace('const', '// oxlint-disable-next-line sslmode/no-plaintext\nexport const'),
    'sound.js': POOL.replace('ssl: false', 'ssl: true').replace('const', 'export const'),
  });
  const column = (TYPED.split('\n')[1]?.indexOf('ssl: false') ?? 0) + 1;
  const { code, output } = await run('oxlint/bin/oxlint', ['--format', 'unix', '.'], folder);
  const found = output.split('\n').filter((line) => line.includes('sslmode')).map((line) => line.replace(/: .*\[/, ' ['));
  expect(found.sort(), output).toEqual(['app.ts', 'app.vue'].map((name) => `${name}:3:${column} [Error/sslmode(no-plaintext)]`));
  expect(code).toBe(1);
});
