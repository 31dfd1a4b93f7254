import { START } from './project.ts';
import { CATALOGUE } from './rules.ts';
import type { ESLint, Linter } from 'eslint';

/** Where the language `sslmode/text` is put to use: the files that no other language owns. */
const DOTENV_FILES = ['**/.env', '**/.env.*', '**/*.env'];
const CODE_FILES = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

type Severity = 'error' | 'warn';

/** The configs that come with the plugin. They refer to it, so it is given to them. */
export function configsOf(plugin: ESLint.Plugin): Record<'recommended' | 'strict', Linter.Config[]> {
  const defaults = severities(({ severity }) => (severity === 'error' ? 'error' : 'warn'));
  const strict = severities(() => 'error');
  return {
    recommended: configs('recommended', plugin, defaults, undefined),
    strict: configs('strict', plugin, strict, { [START]: 'sslmode:strict' }),
  };
}

function severities(of: (rule: (typeof CATALOGUE)[number]) => Severity): Linter.RulesRecord {
  return Object.fromEntries(CATALOGUE.map((rule) => [`sslmode/${rule.id}`, of(rule)]));
}

function configs(name: string, plugin: ESLint.Plugin, rules: Linter.RulesRecord, settings: Record<string, unknown> | undefined): Linter.Config[] {
  const common = { plugins: { sslmode: plugin }, rules, ...(settings === undefined ? {} : { settings }) };
  return [
    { name: `sslmode/${name}/code`, files: CODE_FILES, ...common },
    // Programs and data that are only named like a file of variables.
    { name: `sslmode/${name}/env`, files: DOTENV_FILES, ignores: ['**/.env.*.{js,mjs,cjs,ts,mts,cts,json,yaml,yml,md}', '**/.env.{js,mjs,cjs,ts,mts,cts,json,yaml,yml,md}', '**/.env.d.ts'], language: 'sslmode/text', ...common },
  ];
}
