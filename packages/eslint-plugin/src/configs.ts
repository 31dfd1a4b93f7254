import { START } from './project.ts';
import { CATALOGUE } from './rules.ts';
import type { ESLint, Linter } from 'eslint';

/** Where the language `sslmode/text` is put to use: the files that no other language owns. */
const DOTENV_FILES = ['**/.env', '**/.env.*', '**/*.env'];
const CODE_FILES = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
// Files with scripts in them, which only a parser of their own can read. ESLint lints no file for the sake of a pattern that
// ends in /* (eslint.org/docs/latest/use/configure/configuration-files): where the project names no such files, they stay out.
const COMPONENT_FILES = { files: ['**/*'], ignores: ['**/*', '!**/*.{vue,svelte,astro}'] };
const TYPESCRIPT_FILES = ['**/*.{ts,mts,cts,tsx}'];
/** Files that often have a language of their own: ours is for projects where they have none. */
const DATA_FILES = ['**/*.{yaml,yml,json,jsonc,json5,toml}'];

type Severity = 'error' | 'warn';

/** What the configs are called. Those that end in `Files` also lint YAML, JSON and TOML; `typed` stands beside another one, and asks typescript-eslint for types. */
export type ConfigName = 'recommended' | 'recommendedFiles' | 'strict' | 'strictFiles' | 'typed';

/** The configs that come with the plugin. They refer to it, so it is given to them. */
export function configsOf(plugin: ESLint.Plugin): Record<ConfigName, Linter.Config[]> {
  const defaults = severities(({ severity }) => (severity === 'error' ? 'error' : 'warn'));
  const recommended = configs('recommended', plugin, defaults, undefined);
  const strict = configs('strict', plugin, severities(() => 'error'), { [START]: 'sslmode:strict' });
  return {
    recommended: [recommended.code, recommended.env, recommended.components],
    recommendedFiles: [recommended.code, recommended.env, recommended.data, recommended.components],
    strict: [strict.code, strict.env, strict.components],
    strictFiles: [strict.code, strict.env, strict.data, strict.components],
    // Which parser, and where the project's root is, the project's own config says.
    typed: [{ name: 'sslmode/typed', files: TYPESCRIPT_FILES, plugins: { sslmode: plugin }, languageOptions: { parserOptions: { projectService: true } } }],
  };
}

function severities(of: (rule: (typeof CATALOGUE)[number]) => Severity): Linter.RulesRecord {
  return Object.fromEntries(CATALOGUE.map((rule) => [`sslmode/${rule.id}`, of(rule)]));
}

function configs(name: string, plugin: ESLint.Plugin, rules: Linter.RulesRecord, settings: Record<string, unknown> | undefined): Record<'code' | 'components' | 'env' | 'data', Linter.Config> {
  const common = { plugins: { sslmode: plugin }, rules, ...(settings === undefined ? {} : { settings }) };
  return {
    code: { name: `sslmode/${name}/code`, files: CODE_FILES, ...common },
    components: { name: `sslmode/${name}/components`, ...COMPONENT_FILES, ...common },
    // Programs and data that are only named like a file of variables.
    env: { name: `sslmode/${name}/env`, files: DOTENV_FILES, ignores: ['**/.env.*.{js,mjs,cjs,ts,mts,cts,json,yaml,yml,md}', '**/.env.{js,mjs,cjs,ts,mts,cts,json,yaml,yml,md}', '**/.env.d.ts'], language: 'sslmode/text', ...common },
    data: { name: `sslmode/${name}/data`, files: DATA_FILES, language: 'sslmode/text', ...common },
  };
}
