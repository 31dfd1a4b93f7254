import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Linter } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { lint, places, project, sslmode } from './lint.ts';

/** A policy beside the projects of the tests. */
const OUTSIDE = join(tmpdir(), `sslmode-outside-${process.pid}.yaml`);
writeFileSync(OUTSIDE, 'minimum: disable\n');
afterAll(() => {
  rmSync(OUTSIDE);
});

const { recommended, strict } = sslmode.configs;
const URL = 'postgres://u:p@db.acme.com/app';
/** `require` for postgres.js: above the minimum of recommended, below what it recommends. */
const REQUIRE = `import postgres from 'postgres';\npostgres('${URL}?sslmode=require');\n`;
/** Also of what a configuration in TypeScript refuses. */
const withSettings = (sslmode: unknown): Linter.Config[] => {
  const settings: Record<string, unknown> = { sslmode };
  return [...recommended, { files: ['**/*.js'], settings }];
};

describe('the policy', () => {
  it('is the nearest file upward, alone', async () => {
    const folder = project({
      'sslmode.config.yaml': 'minimum: verify-full\n',
      'app.js': REQUIRE,
      'lax/sslmode.config.json': '{ "extends": [], "minimum": "disable" }',
      'lax/deep/app.js': REQUIRE,
      'manifest/package.json': '{ "sslmode": { "minimum": "require" } }',
      'manifest/app.js': REQUIRE,
    });
    expect((await places(folder, recommended)).sort()).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate', 'manifest/app.js:2 «require» warning sslmode/prefer-verified'].sort());
  });

  it('is what settings.sslmode says, instead of the file', async () => {
    const folder = project({ 'sslmode.config.yaml': 'minimum: disable\nrecommend: disable\n', 'app.js': REQUIRE });
    expect(await places(folder, recommended)).toEqual([]);
    expect(await places(folder, withSettings({ minimum: 'verify-full' }))).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate']);
  });

  it('is the file that settings.sslmode names', async () => {
    const folder = project({ 'policies/tls.yml': 'minimum: verify-full\n', 'app.js': REQUIRE });
    expect(await places(folder, withSettings({ config: 'policies/tls.yml' }))).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate']);
  });

  it('says only whether there is a finding: severity is the config of ESLint', async () => {
    const folder = project({ 'app.js': REQUIRE });
    expect(await places(folder, withSettings({ minimum: 'verify-full', severity: 'warning', rules: { 'no-unverified-certificate': 'warning' } }))).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate']);
    expect(await places(folder, withSettings({ minimum: 'verify-full', rules: { 'no-unverified-certificate': 'off' } }))).toEqual([]);
  });

  it('excludes files, and has paths relative to its folder', async () => {
    const folder = project({ 'sslmode.config.json': JSON.stringify({ minimum: 'verify-full', exclude: ['vendor/**'], paths: { 'legacy/**': { minimum: 'disable' } } }), 'vendor/a.js': REQUIRE, 'legacy/b.js': REQUIRE, 'c.js': REQUIRE });
    expect(await places(folder, recommended)).toEqual(['c.js:2 «require» error sslmode/no-unverified-certificate']);
  });

  it.for([
    ['an unknown key', { 'sslmode.config.yaml': 'minimun: verify-full\n' }, recommended, /sslmode\.config\.yaml:1: .*minimun.*minimum/s],
    ['a wrong word', { 'sslmode.config.json': '{\n  "minimum": "verify_full"\n}' }, recommended, /sslmode\.config\.json:2: minimum: .*verify-full/s],
    ['no YAML', { 'sslmode.config.yaml': 'minimum: [\n' }, recommended, /sslmode\.config\.yaml:\d/],
    ['a wrong word in settings', {}, withSettings({ minimum: 'verify_full' }), /minimum: .*verify-full/],
    ['settings that are no policy', {}, withSettings('strict'), /Expected/],
    ['a file that is not there', {}, withSettings({ config: 'none.yaml' }), /none\.yaml/],
    ['a policy beside a file', {}, withSettings({ config: 'a.yaml', minimum: 'require' }), /settings\.sslmode: .*`minimum` stands beside `config`.*merges/],
    ['a policy in one config, a file in another', {}, [...withSettings({ config: 'a.yaml' }), ...withSettings({ minimum: 'require' })], /settings\.sslmode: .*`minimum` stands beside `config`.*merges/],
    ['a policy that extends what lies outside of the project', { 'sslmode.config.yaml': `extends: ../${basename(OUTSIDE)}\n` }, recommended, /sslmode\.config\.yaml: extends: Expected a policy file that can be read, inside of the project/],
  ] as const)('stops with the reason where it is broken: %s', async ([, files, config, expected]) => {
    const folder = project({ ...files, 'app.js': REQUIRE });
    await expect(lint(folder, config)).rejects.toThrow(expected);
  });

  it('may lie outside of the project where the configuration of ESLint names it', async () => {
    expect(await places(project({ 'app.js': REQUIRE }), withSettings({ config: OUTSIDE }))).toEqual(['app.js:2 «require» warning sslmode/prefer-verified']);
  });

  it('is read again when its file is another', async () => {
    const folder = project({ 'sslmode.config.yaml': 'minimum: verify-full\n', 'app.js': REQUIRE });
    expect(await places(folder, recommended)).toHaveLength(1);
    const file = join(folder, 'sslmode.config.yaml');
    writeFileSync(file, 'minimum: disable\nrecommend: disable\n');
    utimesSync(file, new Date(), new Date(Date.now() + 2000));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await places(folder, recommended)).toEqual([]);
  });
});

describe('strict', () => {
  it('starts from sslmode:strict where there is no policy, or one that extends nothing else', async () => {
    const files = { 'app.js': REQUIRE };
    expect(await places(project(files), strict)).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate']);
    expect(await places(project({ ...files, 'sslmode.config.yaml': 'confidence: medium\n' }), strict)).toEqual(['app.js:2 «require» error sslmode/no-unverified-certificate']);
    expect(await places(project({ ...files, 'sslmode.config.yaml': 'extends: sslmode:recommended\n' }), strict)).toEqual(['app.js:2 «require» error sslmode/prefer-verified']);
  });
});

describe('evidence', () => {
  const ENV = `DATABASE_URL=${URL}?sslmode=require\n`;

  it('is what the CLI takes: the worked examples of INTERFACES.md', async () => {
    // (a) pg in the manifest: as good as verified today.
    expect(await places(project({ '.env': ENV, 'package.json': '{ "dependencies": { "pg": "^8.11.0" } }' }), recommended, 'ESLint 10', ['.env'])).toEqual(['.env:1 «require» warning sslmode/no-version-dependent-sslmode']);
    // (b) No manifest: libpq is named.
    const [b, ...more] = await lint(project({ '.env': ENV }), recommended);
    expect(more).toEqual([]);
    expect(b?.place).toBe('.env:1 «require» warning sslmode/prefer-verified');
    expect(b?.message).toMatch(/^libpq/);
    // (d)
    const code = `import { Pool } from 'pg';\nnew Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } })\n`;
    expect(await places(project({ 'app.js': code }), recommended)).toEqual(['app.js:2 «rejectUnauthorized: false» warning sslmode/prefer-verified']);
  });

  it('takes versions from the lockfile', async () => {
    const lock = { lockfileVersion: 3, packages: { '': { dependencies: { pg: '^8' } }, 'node_modules/pg': { version: '8.0.3' }, 'node_modules/pg-connection-string': { version: '2.3.0' } } };
    const folder = project({ '.env': ENV, 'package.json': '{ "dependencies": { "pg": "^8" } }', 'package-lock.json': JSON.stringify(lock) });
    // pg-connection-string reads sslmode from 2.4 on.
    const [found] = await lint(folder, recommended, 'ESLint 10', ['.env']);
    expect(found?.place).toBe('.env:1 «postgres://u:p@db.acme.com/app?sslmode=require» error sslmode/require-sslmode');
  });
});

/** Issued by nobody but itself, for a hundred years; its key was thrown away. */
const PRIVATE_ROOT = `-----BEGIN CERTIFICATE-----
MIIBjzCCATWgAwIBAgIUKU+Jp2pmPf6iKDeQcnzeVJZS2uowCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRQWNtZSBwcml2YXRlIHJvb3QwIBcNMjYxMTI0MTMyNzU4WhgP
MjEyNjEwMzExMzI3NThaMBwxGjAYBgNVBAMMEUFjbWUgcHJpdmF0ZSByb290MFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcHkEP/C0iZXmXwTGiItnjWOrl/Xjz+9V
F/mp0aKRklTvcTUpDaDtiP/AihJfvU4HJ1GgWRlNBaWjbn0VSIev+aNTMFEwHQYD
VR0OBBYEFGZ3JQyrlF/gAi7f8xk4EbtQPwHIMB8GA1UdIwQYMBaAFGZ3JQyrlF/g
Ai7f8xk4EbtQPwHIMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIh
AJJCbTFffBY3rJMr1InNq9yPL0arjh8V51nWo8prYTFBAiBv6VVgXu/cv9BduZ3w
JLBjlFrrkrvjkb00YvFYCXdNYw==
-----END CERTIFICATE-----
`;

describe('certificates of the project', () => {
  const CODE = `import { readFileSync } from 'node:fs';\nimport pg from 'pg';\nnew pg.Pool({ host: 'db.acme.com', ssl: { ca: readFileSync('certs/root.crt'), checkServerIdentity: () => undefined } });\n`;

  it('a private root makes verify-ca enough, and one that anybody gets certificates from does not', async () => {
    expect(await places(project({ 'src/app.js': CODE, 'certs/root.crt': PRIVATE_ROOT }), recommended)).toEqual([]);
    expect(await places(project({ 'src/app.js': CODE }), recommended)).toEqual(['src/app.js:3 «checkServerIdentity: () => undefined» warning sslmode/prefer-verified']);
    expect(await places(project({ 'src/app.js': CODE, 'certs/root.crt': rootCertificates[0] ?? '' }), recommended)).toHaveLength(1);
  });
});
