import { createRequire } from 'node:module';
import type { ESLint, Linter } from 'eslint';
import { configsOf } from './configs.ts';
import type { ConfigName } from './configs.ts';
import { TextLanguage } from './language/text-language.ts';
import type { SslmodeSettings } from './project.ts';
import { rules } from './rules.ts';

export type { SslmodeSettings };
export type {} from './settings.cts';

const { name, version } = createRequire(import.meta.url)('../package.json') as { name: string; version: string };

/** The plugin: rules, configs and the language `sslmode/text`. */
interface SslmodePlugin extends ESLint.Plugin {
  readonly configs: Readonly<Record<ConfigName, Linter.Config[]>>;
}

// typescript-eslint's and ESLint's types of a rule differ in what they call a listener.
const parts = { meta: { name, version, namespace: 'sslmode' }, rules, languages: { text: new TextLanguage() } } as unknown as ESLint.Plugin;

const plugin: SslmodePlugin = Object.assign(parts, { configs: configsOf(parts) });

export default plugin;
