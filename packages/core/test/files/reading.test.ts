import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, mayHold } from '../../src/files/index.ts';
import { readFileSync } from '../../src/files/sync.ts';
import type { Reading } from '../../src/site.ts';
import type { Span } from '../../src/text.ts';

describe('kindOf', () => {
  it.for([
    ['.env', 'dotenv'],
    ['a/.env.production', 'dotenv'],
    ['a\\b\\.ENV.local', 'dotenv'],
    ['docker/staging.env', 'dotenv'],
    ['.env.example', 'dotenv'],
    ['.envrc', 'dotenv'],
    ['.flaskenv', 'dotenv'],
    ['.env.d.ts', null],
    ['.env.js', null],
    ['env', null],
    ['environment', null],
    ['config/database.yml', 'yaml'],
    ['values.YAML', 'yaml'],
    ['app.yml.j2', 'yaml'],
    ['database.yml.erb', 'yaml'],
    ['values.yaml.gotmpl', 'yaml'],
    ['yaml', null],
    ['a.yaml.ts', null],
    ['README.md', null],
  ] as const)('%s is %s', ([path, id]) => {
    expect(kindOf(path)?.id ?? null).toBe(id);
  });
});

const pieces = [
  'DATABASE_URL', 'PGHOST', 'PGSSLMODE', 'DB_HOST', 'DB_PORT', 'DB_USER', 'NODE_TLS_REJECT_UNAUTHORIZED', 'host', 'port', 'user', 'database', 'sslmode', 'adapter', 'url', 'services', 'image', 'environment', 'env', 'name', 'value', 'data', 'kind', 'Secret', 'jobs', 'on',
  '=', ': ', ':\n  ', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', '- ', '\r\n', ' ', '"', "'", '|\n  ', '>-\n    ', '{', '}', '[', ']', ', ', '#', ' # sslmode-ignore no-plaintext -- x', '&a ', '*a', '<<: *a', '---\n', '!x ', '\\',
  'postgres://u:p@h.example.net/db', '?sslmode=', 'require', 'disable', 'jdbc:postgresql://h/db', 'host=h dbname=d', 'Host=h;Username=u;Database=d', '5432', '0', 'postgresql', '${DB_HOST}', '${X:-postgres://d/e}', '$', '{{ .x }}', '{% if %}', '<%= x %>', 'cG9zdGdyZXM6Ly9o', '😀', '\u2028', '\0', '\uFEFF',
] as const;
const mess = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));
/** Lines that say something, with a mess here and there. */
const line = fc
  .tuple(
    fc.constantFrom('', '  ', '    ', '- ', '  - ', 'export ', '- name: '),
    fc.constantFrom('DATABASE_URL', 'PGHOST', 'PGSSLMODE', 'DB_HOST', 'DB_PORT', 'DB_SSLMODE', 'NODE_TLS_REJECT_UNAUTHORIZED', 'host', 'user', 'database', 'url', 'services', 'environment'),
    fc.constantFrom('=', ': ', ':', '\n    value: ', ' = '),
    fc.constantFrom('', '"', "'", '|\n      ', '>-\n      ', '&a '),
    fc.constantFrom('postgres://u:p@h.example.net/db?sslmode=disable', 'postgres://${DB_HOST}:5432/d', '5432', 'h.example.net', 'require', '0', '', '${X:-postgres://d/e}', 'a postgresql://x.example.net/y, b'),
    fc.constantFrom('', '"', "'", ' # sslmode-ignore no-plaintext -- x'),
    fc.constantFrom('\n', '\r\n', '\n\n'),
  )
  .map((parts) => parts.join(''));
const soup = fc.array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: mess }), { maxLength: 8 }).map((parts) => parts.join(''));

/** Every span of a reading, with what must stand there word for word (`null`: nothing in particular). */
function spansOf(reading: Reading): { readonly span: Span; readonly within?: Span }[] {
  return [
    ...reading.sites.flatMap((site) => [
      { span: site.span },
      ...(site.string === null || site.string === 'hidden' ? [] : [{ span: site.string.span }]),
      ...[...site.members, ...site.environment].flatMap(({ span, whole }) => [{ span, within: whole }, { span: whole }]),
    ]),
    ...reading.bypasses.map(({ setting }) => ({ span: setting.span, within: setting.whole })),
    ...reading.comments.flatMap(({ span, covers }) => [{ span }, { span: covers }]),
  ];
}

describe('readFileSync', { timeout: 60_000 }, () => {
  it.for(['.env', '.envrc', 'a.yml', 'docker-compose.yml', 'application.yml', 'database.yml'])('keeps every span of %s inside of the text, and the pre-filter lets all of it through', (path) => {
    let found = 0;
    fc.assert(
      fc.property(soup, (text) => {
        const reading = readFileSync(path, text);
        for (const { span, within } of spansOf(reading)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          if (within !== undefined) {
            expect(span.start).toBeGreaterThanOrEqual(within.start);
            expect(span.end).toBeLessThanOrEqual(within.end);
          }
        }
        const sites = reading.sites.length + reading.bypasses.length + reading.comments.length + reading.localNames.length;
        found += sites;
        if (sites > 0) expect(mayHold(new TextEncoder().encode(text), kindOf(path))).toBe(true);
      }),
      { numRuns: 1_000, seed: 1 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it('says of no problem more than its kind', () => {
    const { problems } = readFileSync('a.yml', 'a: 1\npassword: "s3cret\nb: {{ x }}: s3cret');
    expect(problems).toEqual([{ line: 3, message: expect.stringMatching(/^read as text: not valid YAML \([^"]+\)$/) as string }]);
    expect(JSON.stringify(problems)).not.toContain('s3cret');
  });
});

describe('mayHold', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it.for(['x: PostgreSQL://h', 'PgHost=x', 'SSLMODE', 'NODE_TLS_REJECT_UNAUTHORIZED=0', 'kind: Secret', 'Host=a;Username=b', 'port: 5432', 'DATABASE_URL: ${X}'])('lets %j through', (text) => {
    expect(mayHold(bytes(text))).toBe(true);
  });

  it.for(['', 'p', 'name: value\n', 'KEY=value', 'The quick brown fox'])('stops %j', (text) => {
    expect(mayHold(bytes(text))).toBe(false);
  });

  it('does not judge UTF-16', () => {
    expect(mayHold(new Uint8Array([0xff, 0xfe, 65, 0]))).toBe(true);
  });
});

/** Milliseconds of CPU time: other work on the machine does not count. */
function cost(path: string, text: string): number {
  const before = process.cpuUsage();
  readFileSync(path, text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('hostile input', { timeout: 60_000 }, () => {
  const units: Readonly<Record<string, string>> = {
    'open double quotes': 'A="x y\n',
    'escaped quotes': 'A="\\"\n',
    'open substitutions': 'A=$(',
    'open references': '${A:-',
    'URLs on one line': 'postgres://a@b/c ',
    'keyword/value quotes': "host=' ",
    'open brackets': '[',
    'open braces': '{ ',
    dashes: '- ',
    'blank lines': '\n',
    'lines without a key': 'K\n',
    'block scalars': 'a: |\n',
    'open templates': '{{',
    'ignores': '# sslmode-ignore no-plaintext -- x\n',
    'carriage returns': '\r',
  };
  const paths = ['.env', '.envrc', 'a.yml'];

  it.for(Object.keys(units).flatMap((name) => paths.map((path) => [name, path] as const)))('costs linear time: %s in %s', ([name, path]) => {
    const unit = units[name] ?? '';
    const text = (length: number): string => `K: v\nsecret: ${unit.repeat(Math.ceil(length / unit.length))}`;
    cost(path, text(10_000));
    const small = cost(path, text(25_000));
    const large = cost(path, text(100_000));
    // Four times the text: quadratic time would be sixteen times as long.
    expect(large).toBeLessThan(Math.max(400, small * 10));
  });

  it.for([
    ['100,000 brackets', '['.repeat(100_000), 'nested too deep'],
    ['100,000 dashes', `a: 1\nb:\n  ${'- '.repeat(100_000)}`, 'nested too deep'],
    ['6 MB', `a: ${'x'.repeat(6 * 1024 * 1024)}`, 'too long'],
  ] as const)('reads %s as text', ([, text, reason]) => {
    const { problems } = readFileSync('a.yml', `${text}\nurl: postgres://h.example.net/db\n`);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(reason)]);
  });

  it('does not follow aliases into what they multiply', () => {
    const levels = Array.from({ length: 60 }, (_, level) => `a${level + 1}: &a${level + 1} {<<: [*a${level}, *a${level}], l: [*a${level}, *a${level}, *a${level}]}`);
    const reading = readFileSync('a.yml', `a0: &a0 {DATABASE_URL: "postgres://h.example.net/db"}\n${levels.join('\n')}\n`);
    expect(reading.sites).toHaveLength(1);
  });

  it('does not let variables that double each other grow', () => {
    const lines = Array.from({ length: 5_000 }, (_, line) => `A${line + 1}=$A${line}$A${line}`);
    expect(cost('.env', `A0=postgres://h.example.net/db\n${lines.join('\n')}`)).toBeLessThan(3_000);
  });
});
