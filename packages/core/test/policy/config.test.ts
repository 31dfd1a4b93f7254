import { describe, expect, it } from 'vitest';
import { formatPolicyProblem, parsePolicy, parsePolicyText } from '../../src/policy/config.ts';
import { parseYaml } from '../../src/project/yaml.ts';

/** The sample of INTERFACES.md. */
export const FULL = `
extends: sslmode:recommended        # sslmode:strict, sslmode:query-service, or paths
minimum: { public: require, private: require, hidden: require, local: disable, loopback: disable, socket: disable }
recommend: { public: verify-full, hidden: verify-full }
severity: { private: warning, hidden: warning }
confidence: medium                  # findings below it are not reported
hosts:
  "*.corp.example": { minimum: verify-ca, ca: private }
  "*.query.example": { preset: sslmode:query-service }
paths:
  "**/test/**": { minimum: disable }
drivers: { default: libpq, paths: { "apps/web/**": node-postgres@8, "go/**": lib/pq } }
rules: { no-weak-tls-version: warning }   # error | warning | off
roots: { expiresWithinDays: 30 }
exclude: ["vendor/**"]
ignore: [{ rule: no-plaintext, path: "deploy/*.json", key: "services.api.url", reason: "a test server", until: 2027-06-30 }]
`;

describe('a policy that is right', () => {
  it.for<[what: string, text: string]>([
    ['the sample', FULL],
    ['nothing', ''],
    ['comments only', '# to be written\n'],
    ['one mode for all', 'minimum: verify-full\nrecommend: verify-full\nseverity: warning'],
    ['a list of bases', 'extends: [sslmode:strict, ./base.yaml]'],
    ['an empty list of bases', 'extends: []'],
    ['a socket as host', 'hosts: { "/var/run/*": { minimum: disable } }'],
    ['a fingerprint with colons', `roots: { expected: [{ name: R, sha256: "${Array.from({ length: 32 }, () => 'aB').join(':')}" }] }`],
  ])('%s', ([, text]) => {
    expect(parsePolicyText(text, 'sslmode.config.yaml', parseYaml)).toMatchObject({ ok: true });
  });
});

describe('a policy that is wrong says where, what was expected and what was probably meant', () => {
  it.for<[text: string, ...problems: string[]]>([
    ['minimun: require', 'p.yaml:1: minimun: Unknown key. Did you mean minimum?'],
    [
      'a: 1',
      'p.yaml:1: a: Unknown key. Expected extends, minimum, recommend, severity, ca, roots, confidence, hosts, paths, drivers, rules, exclude or ignore.',
    ],
    ['minimum: requre', 'p.yaml:1: minimum: Expected one of disable, allow, prefer, require, verify-ca or verify-full. Did you mean require?'],
    ['minimum:\n  public: require\n  pubic: require', 'p.yaml:3: minimum.pubic: Unknown key. Did you mean public?'],
    [
      'minimum: [require]',
      'p.yaml:1: minimum: Expected one of disable, allow, prefer, require, verify-ca or verify-full, or a map with socket, loopback, local, private, hidden or public, not a list.',
    ],
    ['hosts:\n\n  "*.corp.example":\n    minimum: verify-ca\n    reccomend: verify-full', 'p.yaml:5: hosts["*.corp.example"].reccomend: Unknown key. Did you mean recommend?'],
    ['hosts:\n  db:\n', 'p.yaml:2: hosts.db: Expected a map with preset, minimum, recommend, severity, ca or roots, not nothing.'],
    ['paths: { "x/**": { preset: sslmode:strict } }', 'p.yaml:1: paths["x/**"].preset: Unknown key. Expected minimum, recommend, severity, ca or roots.'],
    ['hosts: { "postgres://u:hunter2@db": {} }', 'p.yaml:1: hosts["***"]: Expected a host pattern, without scheme, user and port as key.'],
    ['rules: { no-plain-text: off }', 'p.yaml:1: rules.no-plain-text: Unknown key. Did you mean no-plaintext?'],
    ['rules: { sslmode/no-plaintext: off }', 'p.yaml:1: rules["sslmode/no-plaintext"]: Unknown key. Did you mean no-plaintext?'],
    ['rules: { no-plaintext: warn }', 'p.yaml:1: rules.no-plaintext: Expected one of error, warning or off. Did you mean warning?'],
    ['drivers: { default: node-postgress }', 'p.yaml:1: drivers.default: Expected a driver id, ID or ID@VERSION. Did you mean node-postgres?'],
    ['drivers: { default: node-postgres@^8 }', 'p.yaml:1: drivers.default: Expected a driver id, ID or ID@VERSION. Did you mean node-postgres?'],
    ['extends: sslmode:recomended', 'p.yaml:1: extends: Expected a preset or a path to a policy file. Did you mean sslmode:recommended?'],
    ['extends: [sslmode:stirct]', 'p.yaml:1: extends[0]: Expected a preset or a path to a policy file. Did you mean sslmode:strict?'],
    ['ignore:\n- rule: no-plaintext', 'p.yaml:2: ignore[0]: The key reason is missing.'],
    ['ignore:\n- { rule: no-plaintext, reason: " " }', 'p.yaml:2: ignore[0].reason: Expected a reason.'],
    ['ignore: [{ rule: no-plaintext, reason: r, until: 30.6.2027 }]', 'p.yaml:1: ignore[0].until: Expected a date, YYYY-MM-DD.'],
    ['ignore: [{ rule: no-plaintex, reason: r }]', expect.stringMatching(/^p\.yaml:1: ignore\[0\]\.rule: Expected one of .* Did you mean no-plaintext\?$/) as string],
    ['roots: { expiresWithinDays: -1 }', 'p.yaml:1: roots.expiresWithinDays: Expected a whole number from 0 to 36500.'],
    ['roots: { expiresWithinDays: 1.5 }', 'p.yaml:1: roots.expiresWithinDays: Expected a whole number from 0 to 36500, not something else.'],
    ['exclude: vendor', 'p.yaml:1: exclude: Expected a list, not a text.'],
    ['exclude: [""]', 'p.yaml:1: exclude[0]: Expected a glob pattern.'],
    ['confidence: true', 'p.yaml:1: confidence: Expected one of low, medium or high, not true or false.'],
    ['- minimum', 'p.yaml:1: Expected a policy, not a list.'],
    ['minimum: a\nminimum: b', 'p.yaml:2: Expected a policy: not valid YAML (duplicate key).'],
    ['a: [hunter2', 'p.yaml:1: Expected a policy: not valid YAML (bad indent).'],
    ['__proto__: { minimum: disable }', expect.stringMatching(/^p\.yaml:1: __proto__: Unknown key/) as string],
    ['constructor: x\ntoString: y', expect.stringMatching(/^p\.yaml:1: constructor: Unknown key/) as string, expect.stringMatching(/^p\.yaml:2: toString: Unknown key/) as string],
  ])('%s', ([text, ...expected]) => {
    const result = parsePolicyText(text, 'p.yaml', parseYaml);
    const lines = result.ok ? [] : result.problems.map(formatPolicyProblem);
    expect(lines).toEqual(expected);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('in JSON too', () => {
    const result = parsePolicyText('{\n  "minimum": {\n    "publik": "require"\n  }\n}', 'p.json');
    expect(result.ok ? [] : result.problems).toEqual([{ file: 'p.json', line: 3, keyPath: 'minimum.publik', message: 'Unknown key. Did you mean public?' }]);
    const broken = parsePolicyText('{ "minimum": }', 'p.json');
    expect(broken.ok ? [] : broken.problems.map(formatPolicyProblem)).toEqual(['p.json:1: Expected a policy: not valid JSON (a value expected).']);
  });

  it.for([null, undefined, 1, 'sslmode:strict', [], () => 0])('as a value that is none: %s', (value) => {
    expect(parsePolicy(value, null).ok).toBe(false);
  });
});

describe('hostile policies', () => {
  it('never set a prototype', () => {
    for (const text of ['{"hosts": {"__proto__": {"minimum": "disable"}}}', '{"rules": {"__proto__": {"x": 1}}}', '{"minimum": {"__proto__": "require"}}']) {
      parsePolicyText(text, 'p.json');
      expect(Object.keys(Object.prototype)).toEqual([]);
    }
  });

  it.for<[what: string, text: string]>([
    ['aliases that explode', ['a: &a [x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 12 }, (_, i) => `b${i}: &b${i} [${Array.from({ length: 9 }, () => (i === 0 ? '*a' : `*b${i - 1}`)).join(', ')}]`)].join('\n')],
    ['deep nesting', '['.repeat(5000)],
    ['many wrong keys', Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ])('%s', ([, text]) => {
    const start = process.cpuUsage();
    const result = parsePolicyText(text, 'p.yaml', parseYaml);
    const { user, system } = process.cpuUsage(start);
    expect(result.ok ? 0 : result.problems.length).toBeGreaterThan(0);
    expect(result.ok ? 0 : result.problems.length).toBeLessThanOrEqual(20);
    // Of the processor: other work on the machine does not count.
    expect((user + system) / 1000).toBeLessThan(4000);
  });
});
