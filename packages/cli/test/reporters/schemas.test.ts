import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Ajv04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

const schemas = join(import.meta.dirname, '../../../../docs/schemas');
const read = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);
for (const name of ['scan', 'inventory', 'explain', 'baseline']) ajv.addSchema(read(join(schemas, `${name}.schema.json`)), name);

/** Every kind of entry: all rules' shapes, ignored, problems, findings without a connection. */
function sample(): string {
  const folder = tree({
    '.env': [
      `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable`,
      `SAME_URL=postgres://app:${CANARY}@db.example.com/app`,
      '# sslmode-ignore no-plaintext until 2027-01-01 -- a tunnel',
      `IGNORED_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable`,
      '# sslmode-ignore no-such-rule',
      'NODE_TLS_REJECT_UNAUTHORIZED=0',
      'PGHOST=db.example.com',
      'PGSSLMODE=verify',
    ].join('\n'),
    'compose.yaml': `services: { a: { environment: { A: "postgres://u:${CANARY}@\${HOST}/d?sslmode=require", B: "postgres://u@h/d" } } }`,
    'b%20 #ü/:x.env': `DATABASE_URL=postgres://app@db.example.com/app\nDATABASE_URL=postgres://app@db.example.com/app\n`,
    'binary.env': '\0',
    'jdbc.yaml': 'url: jdbc:postgresql://db.example.com/app?sslmode=require\n',
    'package.json': '{ "dependencies": { "pg": "^8.11.0" } }',
  });
  mkdirSync(join(folder, '.git'));
  return folder;
}

function valid(schema: string, value: unknown): void {
  expect({ valid: ajv.validate(schema, value), errors: ajv.errors }).toEqual({ valid: true, errors: null });
}

describe('published schemas', () => {
  it('fit scan and inventory', async () => {
    const folder = sample();
    const scan = JSON.parse((await run(folder, ['scan', '--format', 'json', '--confidence', 'low'])).stdout) as Record<string, unknown[]>;
    valid('scan', scan);
    for (const part of ['findings', 'connections', 'problems']) expect(scan[part]?.length).toBeGreaterThan(0);
    const inventory = JSON.parse((await run(folder, ['inventory', '--format', 'json'])).stdout) as object;
    valid('inventory', inventory);
    expect(inventory).toEqual({ schemaVersion: 1, tool: scan.tool, summary: scan.summary, connections: scan.connections, problems: scan.problems });
  });

  it('fit a baseline', async () => {
    const folder = sample();
    expect((await run(folder, ['scan', '--update-baseline'])).code).toBe(0);
    const baseline = read(join(folder, 'sslmode-baseline.json')) as { findings: object[] };
    valid('baseline', baseline);
    expect(baseline.findings.length).toBeGreaterThan(1);
  });

  it.for([
    ['postgres://u:p@h/d?sslmode=require&channel_binding=require&foo=1'],
    ['postgres://${X}/d'],
    ['garbage'],
    ['host=h sslmode=verify-full'],
    ['--options', '{"ssl":{"rejectUnauthorized":false}}'],
    ['--env', 'PGSSLMODE=prefer'],
  ])('fit explain %j', async (argv) => {
    const { code, stdout } = await run('/', ['explain', '--format', 'json', ...argv]);
    expect(code).toBe(0);
    valid('explain', JSON.parse(stdout));
  });

  it('refuse what the CLI never prints', () => {
    expect(ajv.validate('scan', { schemaVersion: 1 })).toBe(false);
  });
});

interface Sarif {
  runs: { results: { ruleId: string; ruleIndex: number; partialFingerprints: Record<string, string>; locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[]; tool: { driver: { rules: { id: string }[] } } }[];
}

describe('sarif', () => {
  const validate = (() => {
    const schema = read(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
    const ajv04 = new Ajv04.default({ allErrors: true, strict: false, unicodeRegExp: false });
    formats.default(ajv04);
    return ajv04.compile(schema);
  })();

  it('is valid, leaves ignored findings out, and gives each result a fingerprint of its own', async () => {
    const folder = sample();
    const { stdout } = await run(folder, ['scan', '--format', 'sarif', '--confidence', 'low', '--show-ignored']);
    const log = JSON.parse(stdout) as Sarif;
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    const [only, ...others] = log.runs;
    expect(others).toEqual([]);
    const results = only?.results ?? [];
    const report = JSON.parse((await run(folder, ['scan', '--format', 'json', '--confidence', 'low'])).stdout) as { findings: { rule: string; ignored: unknown; fingerprint: string }[] };
    const counting = report.findings.filter(({ ignored }) => ignored === null);
    expect(report.findings.length).toBeGreaterThan(counting.length);
    expect(results.map(({ ruleId }) => ruleId)).toEqual(counting.map(({ rule }) => rule));
    const prints = results.map(({ partialFingerprints }) => partialFingerprints['sslmode/v1']);
    expect(prints).toEqual(counting.map(({ fingerprint }) => fingerprint));
    expect(new Set(prints).size).toBe(prints.length);
    for (const { ruleId, ruleIndex } of results) expect(only?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('.env');
    expect(results.some(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri === 'b%2520%20%23%C3%BC/%3Ax.env')).toBe(true);
  });

  it('is valid without anything in it', async () => {
    const log: unknown = JSON.parse((await run(tree({ '.env': 'A=1\n' }), ['scan', '--format', 'sarif'])).stdout);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(log).toMatchObject({ runs: [{ results: [], columnKind: 'utf16CodeUnits' }] });
  });

  it('names files from the project root, a run a project', async () => {
    const content = 'DATABASE_URL=postgres://app@db.example.com/app?sslmode=disable\n';
    const folder = tree({ 'one/.git/HEAD': '', 'one/app/.env': content, 'two/.git/HEAD': '', 'two/app/.env': content });
    const log = JSON.parse((await run(join(folder, 'one/app'), ['scan', '--format', 'sarif', '.', '../../two'])).stdout) as Sarif;
    expect(log.runs.map(({ results }) => results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation))).toEqual([
      [{ uri: 'app/.env', uriBaseId: '%SRCROOT%' }],
      [{ uri: 'app/.env', uriBaseId: '%SRCROOT%' }],
    ]);
  });
});
