import { describe, expect, it } from 'vitest';
import type { HostClass } from '../../src/hosts/host-class.ts';
import { parsePolicyText, type PolicyResult } from '../../src/policy/config.ts';
import { describePolicy } from '../../src/policy/describe.ts';
import { withConfidence, withMinimum } from '../../src/policy/merged-policy.ts';
import type { Policy, Thresholds } from '../../src/policy/policy.ts';
import { presetPolicy, resolvePolicy } from '../../src/policy/resolve.ts';
import { parseYaml } from '../../src/project/yaml.ts';

/** Resolves the policy of /repo/sslmode.config.yaml among these files. */
function resolve(text: string, files: Readonly<Record<string, string>> = {}) {
  const load = (file: string): PolicyResult => {
    const found = file === '/repo/sslmode.config.yaml' ? text : files[file];
    return found === undefined ? { ok: false, problems: [] } : parsePolicyText(found, file, parseYaml);
  };
  const parsed = load('/repo/sslmode.config.yaml');
  return parsed.ok ? resolvePolicy(parsed.config, { file: '/repo/sslmode.config.yaml', load }) : parsed;
}

function policyOf(text: string, files?: Readonly<Record<string, string>>): Policy {
  const resolved = resolve(text, files);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.policy;
}

function short({ minimum, recommend, severity, ca }: Thresholds): string {
  return [minimum, recommend, severity, ca].map((part) => part ?? '-').join(' ');
}

describe('presets', () => {
  it.for<[preset: 'sslmode:recommended' | 'sslmode:strict' | 'sslmode:query-service', hostClass: HostClass, expected: string]>([
    ['sslmode:recommended', 'public', 'require verify-full - -'],
    ['sslmode:recommended', 'private', 'require - warning -'],
    ['sslmode:recommended', 'hidden', 'require verify-full warning -'],
    ['sslmode:recommended', 'local', 'disable - - -'],
    ['sslmode:recommended', 'loopback', 'disable - - -'],
    ['sslmode:recommended', 'socket', 'disable - - -'],
    ['sslmode:strict', 'public', 'verify-full - - -'],
    ['sslmode:strict', 'private', 'verify-full - warning -'],
    ['sslmode:strict', 'hidden', 'verify-full - warning -'],
    ['sslmode:strict', 'local', 'disable - - -'],
    ['sslmode:query-service', 'public', 'require verify-full error public'],
    ['sslmode:query-service', 'private', 'require verify-full error public'],
    ['sslmode:query-service', 'hidden', 'require verify-full error public'],
    ['sslmode:query-service', 'loopback', 'disable - - public'],
  ])('%s for %s: %s', ([preset, hostClass, expected]) => {
    expect(short(presetPolicy(preset).thresholds(hostClass, 'db.acme.com', '.env'))).toBe(expected);
  });

  it('differ in confidence and strictness', () => {
    expect(presetPolicy('sslmode:recommended')).toMatchObject({ file: null, confidence: 'medium', strict: false });
    expect(presetPolicy('sslmode:strict')).toMatchObject({ confidence: 'low', strict: true });
    expect(presetPolicy('sslmode:query-service').roots).toEqual({
      expiresWithinDays: 30,
      expected: [{ name: 'DigiCert Global Root G2', sha256: 'CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F' }],
    });
  });
});

describe('thresholds', () => {
  const HOSTS = `
hosts:
  "*.corp.example": { minimum: verify-ca, ca: private }
  "old.corp.example": { minimum: prefer }
  "*.query.example": { preset: sslmode:query-service }
  "one.query.example": { preset: sslmode:strict, minimum: verify-ca }
  "10.0.*": { minimum: { private: disable, public: verify-full }, severity: error }
paths:
  "**/test/**": { minimum: disable }
  "deploy/**": { recommend: verify-full }
  "deploy/legacy/*.{yml,yaml}": { severity: warning }
`;
  it.for<[text: string, hostClass: HostClass, host: string | null, path: string, expected: string]>([
    ['', 'public', 'db.acme.com', '.env', 'require verify-full - -'],
    ['minimum: verify-full', 'public', 'db.acme.com', '.env', 'verify-full - - -'],
    ['minimum: verify-full', 'loopback', 'localhost', '.env', 'disable - - -'],
    ['minimum: verify-full', 'local', 'db', '.env', 'disable - - -'],
    ['minimum: { local: require }', 'local', 'db', '.env', 'require - - -'],
    ['minimum: { local: require }', 'public', 'db.acme.com', '.env', 'require verify-full - -'],
    ['recommend: verify-ca', 'private', 'db', '.env', 'require verify-ca warning -'],
    ['severity: error', 'private', 'db', '.env', 'require - error -'],
    ['extends: []', 'public', 'db.acme.com', '.env', 'disable - - -'],
    ['extends: []\nminimum: require', 'public', 'db.acme.com', '.env', 'require - - -'],
    [HOSTS, 'public', 'db.corp.example', '.env', 'verify-ca - - private'],
    [HOSTS, 'public', 'DB.Corp.Example', '.env', 'verify-ca - - private'],
    [HOSTS, 'public', 'old.corp.example', '.env', 'prefer - - private'],
    [HOSTS, 'public', 'a.b.query.example', '.env', 'require verify-full error public'],
    [HOSTS, 'public', 'one.query.example', '.env', 'verify-ca - - public'],
    [HOSTS, 'private', '10.0.0.1', '.env', 'disable - error -'],
    [HOSTS, 'hidden', null, '.env', 'require verify-full warning -'],
    [HOSTS, 'public', 'db.corp.example', 'a/test/.env', 'disable - - private'],
    [HOSTS, 'public', 'db.acme.com', 'test/.env', 'disable - - -'],
    [HOSTS, 'public', 'db.corp.example', 'deploy/a.yml', 'verify-ca verify-full - private'],
    [HOSTS, 'private', 'db', 'deploy/legacy/a.yaml', 'require verify-full warning -'],
    // The last that matches wins, as written.
    ['hosts: { "*": { minimum: verify-full }, "db.*": { minimum: require } }', 'public', 'db.acme.com', '.env', 'require - - -'],
    ['hosts: { "db.*": { minimum: require }, "*": { minimum: verify-full } }', 'public', 'db.acme.com', '.env', 'verify-full - - -'],
    // A recommendation beside the minimum stays; a minimum by class takes the recommendation of that class alone.
    ['hosts: { "*": { minimum: require, recommend: verify-ca } }', 'public', 'db.acme.com', '.env', 'require verify-ca - -'],
    ['hosts: { "*": { minimum: { private: verify-ca } } }', 'public', 'db.acme.com', '.env', 'require verify-full - -'],
    // What is recommended is above the minimum, or nothing.
    ['recommend: require', 'public', 'db.acme.com', '.env', 'require - - -'],
  ])('%s: %s %s in %s', ([text, hostClass, host, path, expected]) => {
    expect(short(policyOf(text).thresholds(hostClass, host, path))).toBe(expected);
  });

  it('say whether strict is in force for the host', () => {
    const policy = policyOf('hosts: { "*.corp.example": { preset: sslmode:strict }, "x.corp.example": { preset: sslmode:recommended } }');
    expect(policy.strict).toBe(false);
    expect(policy.thresholds('public', 'db.corp.example', '.env').strict).toBe(true);
    expect(policy.thresholds('public', 'x.corp.example', '.env').strict).toBe(false);
    expect(policyOf('extends: sslmode:strict\nminimum: require').thresholds('public', 'db.acme.com', '.env').strict).toBe(true);
  });

  it('hold the roots that are expected of the host', () => {
    const policy = policyOf(`
roots: { expiresWithinDays: 60 }
hosts:
  "*.query.example": { preset: sslmode:query-service }
  "*.corp.example": { roots: { expected: [{ name: Corp Root, sha256: "${'ab:'.repeat(31)}ab" }] } }
`);
    expect(policy.thresholds('public', 'db.acme.com', '.env').roots).toEqual({ expiresWithinDays: 60, expected: [] });
    expect(policy.thresholds('public', 'a.query.example', '.env').roots?.expected.map(({ name }) => name)).toEqual(['DigiCert Global Root G2']);
    expect(policy.thresholds('public', 'a.corp.example', '.env').roots).toEqual({ expiresWithinDays: 60, expected: [{ name: 'Corp Root', sha256: 'AB'.repeat(32) }] });
  });
});

describe('what a command line adds', () => {
  it.for<[hostClass: HostClass, host: string, path: string, expected: string]>([
    ['public', 'db.acme.com', '.env', 'verify-ca verify-full - -'],
    ['hidden', 'x', '.env', 'verify-ca verify-full warning -'],
    ['private', 'db', '.env', 'verify-ca - warning -'],
    ['local', 'db', '.env', 'disable - - -'],
    ['loopback', 'localhost', '.env', 'disable - - -'],
    ['socket', '/run', '.env', 'disable - - -'],
    ['public', 'db.acme.com', 'test/.env', 'verify-ca - - -'],
    ['public', 'full.acme.com', '.env', 'verify-full - - -'],
  ])('--minimum verify-ca for %s %s in %s: %s', ([hostClass, host, path, expected]) => {
    const policy = policyOf('paths: { "test/**": { minimum: disable } }\nhosts: { full.acme.com: { minimum: verify-full } }');
    expect(short(withMinimum(policy, 'verify-ca').thresholds(hostClass, host, path))).toBe(expected);
  });

  it('both at once', () => {
    const policy = withConfidence(withMinimum(policyOf(''), 'verify-full'), 'high');
    expect(policy.confidence).toBe('high');
    expect(policy.thresholds('public', null, '.env').minimum).toBe('verify-full');
  });
});

describe('extends', () => {
  it.for<[what: string, text: string, files: Record<string, string>, expected: string]>([
    ['a file', 'extends: ./base.yaml', { '/repo/base.yaml': 'minimum: verify-ca' }, 'verify-ca verify-full - -'],
    ['a file that starts from nothing', 'extends: base.yaml', { '/repo/base.yaml': 'extends: []\nminimum: verify-ca' }, 'verify-ca - - -'],
    ['a chain', 'extends: a/a.yaml', { '/repo/a/a.yaml': 'extends: ../b.yaml', '/repo/b.yaml': 'extends: sslmode:strict' }, 'verify-full - - -'],
    ['the last wins', 'extends: [./a.yaml, ./b.yaml]', { '/repo/a.yaml': 'minimum: verify-ca\nca: private', '/repo/b.yaml': 'minimum: prefer' }, 'prefer verify-full - private'],
    // b.yaml says nothing of a minimum, so it takes nothing from strict.
    ['a file without extends after a preset', 'extends: [sslmode:strict, ./b.yaml]', { '/repo/b.yaml': 'ca: private' }, 'verify-full - - private'],
    ['a preset after a file', 'extends: [./b.yaml, sslmode:query-service]', { '/repo/b.yaml': 'minimum: verify-full\nca: private' }, 'require verify-full error public'],
    ['own keys last', 'extends: ./b.yaml\nminimum: { public: prefer }', { '/repo/b.yaml': 'minimum: verify-full' }, 'prefer verify-full - -'],
    ['two ways to one file', 'extends: [./a.yaml, ./b.yaml]', { '/repo/a.yaml': 'extends: ./c.yaml', '/repo/b.yaml': 'extends: ./c.yaml', '/repo/c.yaml': 'minimum: verify-ca' }, 'verify-ca verify-full - -'],
    [
      'host patterns, merged and moved to the end',
      'extends: ./b.yaml\nhosts: { "*.acme.com": { minimum: verify-ca } }',
      { '/repo/b.yaml': 'hosts: { "*.acme.com": { ca: private, recommend: verify-full }, "db.*": { minimum: prefer } }' },
      'verify-ca verify-full - private',
    ],
  ])('%s', ([, text, files, expected]) => {
    expect(short(policyOf(text, files).thresholds('public', 'db.acme.com', '.env'))).toBe(expected);
  });

  it.for<[what: string, text: string, files: Record<string, string>, problem: object]>([
    ['itself', 'extends: ./sslmode.config.yaml', {}, { file: '/repo/sslmode.config.yaml', keyPath: 'extends', message: 'Expected a policy that does not lead back to this one.' }],
    ['in a circle', 'extends: [./a.yaml]', { '/repo/a.yaml': 'extends: [sslmode:strict, ./sslmode.config.yaml]' }, { file: '/repo/a.yaml', keyPath: 'extends[1]', message: 'Expected a policy that does not lead back to this one.' }],
    ['what is not there', 'extends: ./a.yaml', {}, { file: '/repo/sslmode.config.yaml', keyPath: 'extends', message: 'Expected a policy file that can be read, inside of the project.' }],
    ['what is wrong', 'extends: ./a.yaml', { '/repo/a.yaml': '\nminimun: require' }, { file: '/repo/a.yaml', line: 2, keyPath: 'minimun', message: 'Unknown key. Did you mean minimum?' }],
  ])('%s is a problem', ([, text, files, problem]) => {
    expect(resolve(text, files)).toMatchObject({ ok: false, problems: [problem] });
  });

  it('ends for many files that all extend each other twice', () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`/repo/${i}.yaml`, i === 59 ? 'minimum: verify-ca' : `extends: [./${i + 1}.yaml, ./${i + 1}.yaml]`]));
    expect(policyOf('extends: ./0.yaml', files).thresholds('public', null, '.env').minimum).toBe('verify-ca');
    const chain = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`/repo/${i}.yaml`, `extends: ./${i + 1}.yaml`]));
    expect(resolve('extends: ./0.yaml', chain)).toMatchObject({ ok: false, problems: [{ message: 'Expected at most 100 policy files.' }] });
  });

  it('takes globs as relative to the file that they are written in', () => {
    const policy = policyOf('extends: ./config/base.yaml', { '/repo/config/base.yaml': 'paths: { "local/**": { minimum: disable }, "../legacy/**": { minimum: prefer }, "**/spec/**": { minimum: allow } }\nexclude: ["../vendor"]' });
    const minimum = (path: string) => policy.thresholds('public', 'db.acme.com', path).minimum;
    expect(minimum('config/local/.env')).toBe('disable');
    expect(minimum('local/.env')).toBe('require');
    expect(minimum('legacy/.env')).toBe('prefer');
    expect(minimum('apps/spec/.env')).toBe('allow');
    expect(policy.excludes('vendor/x/.env')).toBe(true);
    expect(policy.excludes('config/vendor/.env')).toBe(false);
  });
});

describe('exclude, drivers and ignore', () => {
  const policy = policyOf(`
exclude: ["vendor/**", "*.bak", gen]
drivers: { default: libpq, paths: { "apps/**": node-postgres, "apps/web/**": node-postgres@8 } }
rules: { no-plaintext: off }
ignore:
  - { rule: no-plaintext, path: "deploy/*.json", key: services.api.url, reason: a, until: 2027-06-30 }
  - { rule: no-plaintext, key: "services.*.url", reason: b }
  - { rule: require-sslmode, path: "legacy/**", reason: c }
`);

  it.for<[path: string, excluded: boolean]>([
    ['vendor/a/.env', true],
    ['vendor', true],
    ['a/vendor/.env', false],
    ['x.bak', true],
    ['gen/deep/.env', true],
    ['generated/.env', false],
    ['.env', false],
  ])('exclude: %s %s', ([path, excluded]) => {
    expect(policy.excludes(path)).toBe(excluded);
  });

  it.for<[path: string, driver: string | null]>([
    ['apps/web/.env', 'node-postgres@8'],
    ['apps/api/.env', 'node-postgres'],
    ['.env', null],
  ])('driver of %s is %s', ([path, driver]) => {
    expect(policy.driverFor(path)).toBe(driver);
  });

  it.for<[rule: string, path: string, key: string | null, today: string, reason: string | undefined]>([
    ['no-plaintext', 'deploy/a.json', 'services.api.url', '2027-06-30', 'a'],
    ['no-plaintext', 'deploy/a.json', 'services.api.url', '2027-07-01', 'b'],
    ['no-plaintext', 'deploy/a.json', 'services.web.url', '2027-01-01', 'b'],
    ['no-plaintext', 'deploy/a.json', 'services.web.uri', '2027-01-01', undefined],
    ['no-plaintext', 'a.ts', null, '2027-01-01', undefined],
    ['require-sslmode', 'legacy/a.ts', null, '2027-01-01', 'c'],
    ['require-sslmode', 'a.ts', null, '2027-01-01', undefined],
  ])('ignore: %s in %s at %s on %s: %s', ([rule, path, key, today, reason]) => {
    expect(policy.ignoreFor({ rule, path, key }, today)?.reason).toBe(reason);
  });

  it('are described as plain data', () => {
    const description = describePolicy(policy, 'apps/web/.env');
    expect(structuredClone(description)).toEqual(description);
    expect(description).toMatchObject({
      file: '/repo/sslmode.config.yaml',
      confidence: 'medium',
      classes: { public: { minimum: 'require', recommend: 'verify-full', severity: null, ca: null } },
      drivers: { default: 'libpq', forThisFile: 'node-postgres@8' },
      rules: { 'no-plaintext': 'off' },
      excluded: false,
    });
  });
});

it('takes little time on very many patterns', () => {
  const hosts = Array.from({ length: 300 }, (_, i) => `  "*a${i}*a*a*a*a*a*b": { minimum: verify-ca }`).join('\n');
  const policy = policyOf(`hosts:\n${hosts}`);
  const start = performance.now();
  policy.thresholds('public', 'a'.repeat(250), '.env');
  expect(performance.now() - start).toBeLessThan(4000);
});
