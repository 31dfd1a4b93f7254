// What the rules cost in ESLint, by its own count, beside a rule that everybody has on.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import sslmode from 'eslint-plugin-sslmode';
import { parser } from 'typescript-eslint';

/** The rule of ESLint's own that ours are held against: together they shall cost less. */
export const YARDSTICK = 'no-unused-vars';

/** Milliseconds of rule time, as ESLint's `TIMING` counts them: making a rule's listeners and calling them. */
export interface RuleTime {
  readonly files: number;
  readonly ours: number;
  readonly yardstick: number;
}

/** Lints the code of a tree once. */
export async function ruleTime(path: string): Promise<RuleTime> {
  const eslint = new ESLint({
    cwd: path,
    stats: true,
    overrideConfigFile: true,
    overrideConfig: [
      { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'], linterOptions: { reportUnusedDisableDirectives: 'off' }, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, rules: { [YARDSTICK]: 'error' } },
      ...sslmode.configs.recommended,
    ],
  });
  const results = await eslint.lintFiles([join(path, '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}')]);
  const times = results.flatMap(({ stats }) => stats?.times.passes.flatMap(({ rules = {} }) => Object.entries(rules)) ?? []);
  const sum = (which: (id: string) => boolean): number => times.filter(([id]) => which(id)).reduce((sum, [, { total }]) => sum + total, 0);
  return { files: results.length, ours: sum((id) => id.startsWith('sslmode/')), yardstick: sum((id) => id === YARDSTICK) };
}
