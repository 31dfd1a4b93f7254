import js from '@eslint/js';
import json from '@eslint/json';
import type { ESLint, Linter } from 'eslint';
import yml from 'eslint-plugin-yml';
import { describe, expect, it } from 'vitest';
import { ESLINTS, lint, places, project, sslmode } from './lint.ts';
import type { EslintName } from './lint.ts';

const VERSIONS = Object.keys(ESLINTS) as EslintName[];
const WEAK = 'DATABASE_URL=postgres://u:p@db.acme.com/app?sslmode=disable\n';
const OURS: Linter.RulesRecord = { 'sslmode/no-plaintext': 'error' };
const plugins = { sslmode: sslmode as ESLint.Plugin };

describe.for(VERSIONS)('%s', (version) => {
  it('lints code and .env by the recommended config', async () => {
    const folder = project({
      'app.js': `import { Pool } from 'pg';\nnew Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } });\n`,
      '.env': WEAK,
      'sub/.env.local': WEAK,
      'deploy/staging.env': WEAK,
      '.env.d.ts': 'export {}\n',
    });
    expect((await places(folder, sslmode.configs.recommended, version)).sort()).toEqual([
      '.env:1 «disable» error sslmode/no-plaintext',
      'app.js:2 «rejectUnauthorized: false» warning sslmode/prefer-verified',
      'deploy/staging.env:1 «disable» error sslmode/no-plaintext',
      'sub/.env.local:1 «disable» error sslmode/no-plaintext',
    ]);
  });

  it('works beside js.configs.recommended without files', async () => {
    const folder = project({ '.env': WEAK, 'app.js': 'let x;\n' });
    expect((await places(folder, [js.configs.recommended, ...sslmode.configs.recommended], version)).sort()).toEqual(['.env:1 «disable» error sslmode/no-plaintext', 'app.js:1 «x» error no-unused-vars']);
  });

  it('honours directives, and reports those that are not used', async () => {
    const folder = project({
      '.env': `# eslint-disable-next-line sslmode/no-plaintext -- a test server\n${WEAK}`,
      '.env.all': `# eslint-disable\n${WEAK}`,
      '.env.between': `# eslint-disable sslmode/no-plaintext\n${WEAK}# eslint-enable sslmode/no-plaintext\nB_${WEAK}`,
      '.env.other': `# eslint-disable-next-line sslmode/prefer-verified\n${WEAK}`,
      '.env.inline': `# eslint sslmode/no-plaintext: "warn"\n${WEAK}`,
      '.env.broken': `# eslint sslmode/no-plaintext: [\n`,
      '.env.value': `PEM="\n# eslint\n"\n${WEAK}`,
    });
    const found = await lint(folder, sslmode.configs.recommended, version);
    expect(found.map(({ place }) => place.replace(/ «.*»/, '')).sort()).toEqual([
      '.env.between:4 error sslmode/no-plaintext',
      '.env.broken:1 error fatal',
      '.env.inline:2 warning sslmode/no-plaintext',
      '.env.other:1 warning fatal',
      '.env.other:2 error sslmode/no-plaintext',
      '.env.value:4 error sslmode/no-plaintext',
    ]);
    expect(found.find(({ place }) => place.startsWith('.env.other:1'))?.message).toContain('Unused eslint-disable directive');
  });

  it('runs under the language that owns a YAML file', async () => {
    const folder = project({ 'compose.yaml': `services:\n  api:\n    environment:\n      DATABASE_URL: "postgres://u:p@db.acme.com/app?sslmode=disable" # here\n      EMPTY:\n`, 'other.yaml': 'a: 1\n' });
    const config: Linter.Config[] = [
      ...(yml.configs.recommended),
      { files: ['**/*.yaml'], plugins, rules: { ...OURS, 'yml/no-empty-mapping-value': 'error' } },
    ];
    expect((await places(folder, config, version)).sort()).toEqual(['compose.yaml:4 «disable» error sslmode/no-plaintext', 'compose.yaml:5 «EMPTY:» error yml/no-empty-mapping-value']);
  });

  const DATA = {
    'compose.yaml': `services:\n  api:\n    environment:\n      DATABASE_URL: "postgres://u:p@db.acme.com/app?sslmode=disable"\n`,
    'config.json': `{\n  "DATABASE_URL": "postgres://u:p@db.acme.com/app?sslmode=disable"\n}\n`,
    'config.toml': `[database]\nurl = "postgres://u:p@db.acme.com/app?sslmode=disable"\n`,
  };

  it('lints YAML, JSON and TOML that no other language owns, by the configs that are for them', async () => {
    const folder = project({ ...DATA, 'app.js': 'export {}\n' });
    const data = ['compose.yaml:4 «disable» error sslmode/no-plaintext', 'config.json:2 «disable» error sslmode/no-plaintext', 'config.toml:2 «disable» error sslmode/no-plaintext'];
    expect((await places(folder, sslmode.configs.recommendedFiles, version)).sort()).toEqual(data);
    expect((await places(folder, [js.configs.recommended, ...sslmode.configs.strictFiles], version)).sort()).toEqual(data);
    expect(await places(folder, sslmode.configs.recommended, version)).toEqual([]);
  });

  it('honours comments in them', async () => {
    const above = (text: string, comment: string): string => text.replace(/^.*postgres:/m, `${comment}\n$&`);
    const ignore = 'sslmode-ignore no-plaintext -- a test server';
    const folder = project({
      'compose.yaml': above(DATA['compose.yaml'], `      # ${ignore}`),
      'directive.yaml': above(DATA['compose.yaml'], '      # eslint-disable-next-line sslmode/no-plaintext -- a test server'),
      'config.json': above(DATA['config.json'], `  // ${ignore}`),
      'config.jsonc': above(DATA['config.json'], `  /* ${ignore} */`),
      'config.toml': above(DATA['config.toml'], `# ${ignore}`),
      'directive.toml': above(DATA['config.toml'], '# eslint-disable-next-line sslmode/no-plaintext -- a test server'),
      'other.toml': above(DATA['config.toml'], '# sslmode-ignore prefer-verified -- another rule'),
    });
    expect(await places(folder, sslmode.configs.recommendedFiles, version)).toEqual(['other.toml:3 «disable» error sslmode/no-plaintext']);
  });

  it("honours eslint-plugin-yml's and @eslint/json's directives", async () => {
    const url = '"postgres://u:p@db.acme.com/app?sslmode=disable"';
    const folder = project({
      'compose.yaml': `services:\n  api:\n    environment:\n      # eslint-disable-next-line sslmode/no-plaintext -- a test server\n      DATABASE_URL: ${url}\n      OTHER_URL: ${url}\n      # eslint-disable sslmode/no-plaintext\n      THIRD_URL: ${url}\n`,
      'config.jsonc': `{\n  // eslint-disable-next-line sslmode/no-plaintext -- a test server\n  "DATABASE_URL": ${url},\n  "OTHER_URL": ${url}, // eslint-disable-line sslmode/no-plaintext\n  "THIRD_URL": ${url}\n}\n`,
    });
    const config: Linter.Config[] = [
      ...(yml.configs.recommended),
      { files: ['**/*.yaml'], plugins, rules: OURS },
      { files: ['**/*.jsonc'], plugins: { ...plugins, json: json }, language: 'json/jsonc', rules: OURS },
    ];
    expect((await places(folder, config, version)).sort()).toEqual(['compose.yaml:6 «disable» error sslmode/no-plaintext', 'config.jsonc:5 «disable» error sslmode/no-plaintext']);
  });

  it.for([
    ['json/json', 'config.json', `{\n  "DATABASE_URL": "postgres://u:p@db.acme.com/app?sslmode=disable"\n}\n`],
    ['json/jsonc', 'config.jsonc', `{\n  "DATABASE_URL": "postgres://u:p@db.acme.com/app?sslmode=disable",\n}\n`],
  ] as const)('runs under %s', async ([language, name, text]) => {
    const folder = project({ [name]: text });
    const config: Linter.Config[] = [{ files: [`**/${name}`], plugins: { ...plugins, json: json }, language, ...(language === 'json/jsonc' && { languageOptions: { allowTrailingCommas: true } }), rules: OURS }];
    expect(await places(folder, config, version)).toEqual([`${name}:2 «disable» error sslmode/no-plaintext`]);
  });
});
