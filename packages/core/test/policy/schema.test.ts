import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { DRIVER_IDS } from '../../src/drivers/driver.ts';
import { parsePolicy } from '../../src/policy/config.ts';
import { PRESETS } from '../../src/policy/presets.ts';
import { POLICY_SCHEMA } from '../../src/policy/schema.ts';
import { parseYaml } from '../../src/project/yaml.ts';

const published: unknown = JSON.parse(readFileSync(new URL('../../schemas/policy.json', import.meta.url), 'utf8'));
const accepts = new Ajv({ strict: true, strictTypes: true, allErrors: true }).compile(published as object);

it('is published as it is (npm run generate)', () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(POLICY_SCHEMA)));
});

it.for(Object.entries(PRESETS))('takes the preset %s', ([, preset]) => {
  expect(accepts(preset), JSON.stringify(accepts.errors)).toBe(true);
  expect(parsePolicy(preset, null).ok).toBe(true);
});

it.for(DRIVER_IDS)('takes the driver %s, with and without a version', (id) => {
  for (const name of [id, `${id}@8`, `${id}@8.1`]) expect(parsePolicy({ drivers: { default: name } }, null).ok).toBe(true);
});

const SHA = 'AB'.repeat(32);

describe('says the same as our own validator', () => {
  it.for<[yaml: string, good: boolean]>([
    ['{}', true],
    ['$schema: x', true],
    ['minimum: require', true],
    ['minimum: Require', false],
    ['minimum: { public: require, socket: disable }', true],
    ['minimum: { everywhere: require }', false],
    ['minimum: null', false],
    ['minimum: [require]', false],
    ['severity: warning', true],
    ['severity: { hidden: off }', false],
    ['severity: { hidden: warning }', true],
    ['extends: sslmode:strict', true],
    ['extends: sslmode:strickt', false],
    ['extends: ""', false],
    ['extends: ./a.yaml', true],
    ['extends: [sslmode:strict, a.yaml]', true],
    ['extends: [sslmode:x]', false],
    ['extends: { a: b }', false],
    ['confidence: high', true],
    ['confidence: 1', false],
    ['ca: public', true],
    ['ca: mine', false],
    ['hosts: { "*.acme.com": { minimum: verify-ca, recommend: verify-full, severity: error, ca: private, preset: sslmode:strict, roots: { expiresWithinDays: 1 } } }', true],
    ['hosts: { "*.acme.com": { extends: sslmode:strict } }', false],
    ['hosts: { "a b": {} }', false],
    ['hosts: { "https://a": {} }', false],
    ['hosts: { "::1": {}, "fd00:*": {} }', false],
    ['hosts: { "::1": {}, "fd00::*": {} }', true],
    ['hosts: { "db.acme.com:5432": {} }', false],
    ['hosts: { /run: {} }', true],
    ['hosts: { a: null }', false],
    ['hosts: []', false],
    ['paths: { "**": { minimum: allow } }', true],
    ['paths: { "": {} }', false],
    ['paths: { "**": { preset: sslmode:strict } }', false],
    ['drivers: { default: lib/pq }', true],
    ['drivers: { default: postgresXjs }', false],
    ['drivers: { paths: { "a/**": pgx@5 } }', true],
    ['drivers: { paths: { "a/**": [pgx] } }', false],
    ['rules: { no-plaintext: "off", prefer-verified: error }', true],
    ['rules: { no-plaintext: on }', false],
    ['roots: { expiresWithinDays: 0 }', true],
    ['roots: { expiresWithinDays: "30" }', false],
    [`roots: { expected: [{ name: R, sha256: ${SHA} }] }`, true],
    [`roots: { expected: [{ sha256: ${SHA} }] }`, false],
    ['roots: { expected: [{ name: R, sha256: AB }] }', false],
    ['exclude: [a, "b/**"]', true],
    ['exclude: [1]', false],
    ['ignore: [{ rule: no-plaintext, reason: r, path: a, key: b.c, until: 2027-06-30 }]', true],
    ['ignore: [{ rule: no-plaintext, reason: r, until: 2027-13-30 }]', false],
    ['ignore: [{ rule: no-plaintext }]', false],
    ['ignore: [{ reason: r }]', false],
    ['ignore: { rule: no-plaintext }', false],
    ['[]', false],
    ['1', false],
  ])('of %s: %s', ([yaml, good]) => {
    const parsed = parseYaml(yaml);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(accepts(parsed.value), JSON.stringify(accepts.errors)).toBe(good);
    expect(parsePolicy(parsed.value, null).ok).toBe(good);
  });
});
