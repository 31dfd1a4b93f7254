import { defineConfig } from 'eslint/config';
import { expect, it } from 'vitest';
import type { SslmodeSettings } from '../src/index.ts';
import { places, project, sslmode } from './lint.ts';

// tsc checks these: each `@ts-expect-error` is an error itself where nothing is wrong below it.
const policy: SslmodeSettings = { minimum: { local: 'disable', public: 'verify-full' }, hosts: { '*.corp.example': { recommend: 'verify-ca' } }, rules: { 'no-plaintext': 'off' } };
const good = {
  policy: defineConfig([{ settings: { sslmode: policy, other: 1 } }]),
  file: defineConfig([{ settings: { sslmode: { config: 'policies/tls.yaml' } } }]),
};
const bad = {
  // @ts-expect-error -- no such key
  key: defineConfig([{ settings: { sslmode: { minimun: 'verify-full' } } }]),
  // @ts-expect-error -- no such mode
  word: defineConfig([{ settings: { sslmode: { minimum: 'verify_full' } } }]),
  // @ts-expect-error -- no such rule
  rule: defineConfig([{ settings: { sslmode: { rules: { 'no-plain-text': 'off' } } } }]),
  // @ts-expect-error -- a file or a policy, not both
  both: defineConfig([{ settings: { sslmode: { config: 'sslmode.config.yaml', minimum: 'require' } } }]),
};

const FILES = { 'policies/tls.yaml': 'minimum: verify-full\n', 'app.js': "import postgres from 'postgres';\npostgres('postgres://u:p@db.acme.com/app?sslmode=require');\n" };

it.for(Object.entries(good))('takes what its type takes: %s', async ([, config]) => {
  expect(await places(project(FILES), [...sslmode.configs.recommended, ...config])).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate']);
});

it.for(Object.entries(bad))('refuses what its type refuses: %s', async ([, config]) => {
  await expect(places(project(FILES), [...sslmode.configs.recommended, ...config])).rejects.toThrow('sslmode cannot use its policy');
});
