import { readFileSync } from 'node:fs';
import { RULES, RULE_IDS, helpUrl } from '@sslmode/core';
import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import * as entry from '../src/index.ts';

const sslmode = entry.default;
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { name: string; version: string };
const OF_THE_CLI = ['no-useless-ignore', 'root-certificate', 'server-accepts-plaintext'];
const ids = RULE_IDS.filter((id) => !OF_THE_CLI.includes(id));

describe('the plugin', () => {
  it('has a default export only, as eslint-doc-generator needs it', () => {
    expect(Object.keys(entry)).toEqual(['default']);
  });

  it('says who it is', () => {
    expect(sslmode.meta).toEqual({ name: 'eslint-plugin-sslmode', version: manifest.version, namespace: 'sslmode' });
  });

  it('has the rules of the catalogue, apart from those of the CLI', () => {
    expect(Object.keys(sslmode.rules ?? {})).toEqual(ids);
  });

  it.for(ids)('%s says what the catalogue says', (id) => {
    const rule = sslmode.rules?.[id];
    const known = RULES.find((candidate) => candidate.id === id);
    expect(rule?.meta?.docs).toMatchObject({ description: known?.title, url: helpUrl(id) });
    expect(rule?.meta?.messages).toMatchObject(known?.messages ?? {});
    expect(rule?.meta).toMatchObject({ hasSuggestions: true, schema: [] });
    expect(rule?.meta).not.toHaveProperty('fixable');
  });
});

describe('configs', () => {
  it('have names, the plugin, and only files that they are for', () => {
    for (const [name, parts] of Object.entries(sslmode.configs)) {
      if (name === 'typed') continue;
      const [base, data] = name.endsWith('Files') ? [name.slice(0, -'Files'.length), ['data']] : [name, []];
      expect(parts.map((part) => part.name)).toEqual(['code', 'env', ...data, 'components'].map((part) => `sslmode/${base}/${part}`));
      for (const part of parts) {
        expect(part.plugins?.sslmode).toBe(sslmode);
        expect(part.files?.length).toBeGreaterThan(0);
      }
      expect(parts.map((part) => part.language)).toEqual([undefined, 'sslmode/text', ...data.map(() => 'sslmode/text'), undefined]);
    }
  });

  it('typed asks for types in TypeScript files, and stands beside another one', () => {
    const [typed, ...more] = sslmode.configs.typed;
    expect(more).toEqual([]);
    expect(typed).toMatchObject({ name: 'sslmode/typed', files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parserOptions: { projectService: true } } });
    expect(typed).not.toHaveProperty('rules');
  });

  it('recommended has the severities of the catalogue, strict none but errors', () => {
    const severities = (config: Linter.Config | undefined): unknown => config?.rules;
    const defaults = Object.fromEntries(RULES.filter(({ id }) => !OF_THE_CLI.includes(id)).map(({ id, severity }) => [`sslmode/${id}`, severity === 'error' ? 'error' : 'warn']));
    for (const part of sslmode.configs.recommendedFiles) expect(severities(part)).toEqual(defaults);
    for (const part of sslmode.configs.strictFiles) expect(severities(part)).toEqual(Object.fromEntries(ids.map((id) => [`sslmode/${id}`, 'error'])));
  });
});
