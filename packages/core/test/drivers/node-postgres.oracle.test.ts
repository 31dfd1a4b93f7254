import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DriverInput, Outcome, PackageVersions } from '../../src/drivers/driver.ts';
import { nodePostgres } from '../../src/drivers/node-postgres.ts';
import { readPgConnectionString } from '../../src/drivers/pg-connection-string.ts';
import { parseString } from '../../src/settings/index.ts';
import type { ParsedString } from '../../src/settings/setting.ts';
import { valueOf } from '../../src/value.ts';
import { property } from '../property.ts';

/*
 * node-postgres itself as the oracle of its model: the packages as published, on generated strings, options and
 * environments. What its `ssl` then does on the wire is measured in test/lab.
 */

/** Of one test, in milliseconds: a busy machine, and SSLMODE_RUNS. */
const LONG = { timeout: 30_000 + Number(process.env.SSLMODE_RUNS ?? 5_000) * 10 };

const require = createRequire(import.meta.url);

type Ssl = boolean | string | number | null | undefined | Record<string, unknown>;
type Parse = (text: string) => Record<string, unknown> & { ssl?: Ssl };
type ConnectionParameters = new (config: Record<string, unknown>) => { readonly ssl: Ssl };

/** Version of the package that a file belongs to; its own `exports` may hide package.json. */
function versionOf(file: string): string {
  const manifest = file.replace(/[/\\](?:lib[/\\])?[\w-]+\.js$/, '/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function parseOf(name: string): { readonly version: string; readonly parse: Parse } {
  return { version: versionOf(require.resolve(name)), parse: (require(name) as { parse: Parse }).parse };
}

function parametersOf(name: string): { readonly packages: PackageVersions; readonly Parameters: ConnectionParameters } {
  const file = require.resolve(`${name}/lib/connection-parameters.js`);
  const string = createRequire(file).resolve('pg-connection-string');
  return { packages: { pg: versionOf(file), 'pg-connection-string': versionOf(string) }, Parameters: require(file) as ConnectionParameters };
}

const newest = parseOf('pg-connection-string');
const older = ['2.3.0', '2.6.2', '2.8.0', '2.9.1'].map((version) => parseOf(`pg-connection-string-${version}`));
const pgs = ['pg', 'pg-8.11.3', 'pg-8.5.1', 'pg-8.0.3', 'pg-7.18.2'].map(parametersOf);
const { Parameters: Pg } = parametersOf('pg');

// The variables that a run may set; what the machine has set would count as well.
const VARIABLES = ['PGSSLMODE', 'PGSSLNEGOTIATION'];
const machine = Object.entries(process.env).filter(([name]) => name.startsWith('PG'));
const folder = mkdtempSync(join(tmpdir(), 'sslmode-oracle-'));
const FILE = join(folder, 'root.crt');

beforeAll(() => {
  writeFileSync(FILE, 'a certificate');
  for (const [name] of machine) Reflect.deleteProperty(process.env, name);
  // pg-connection-string's deprecation warning, and Node's own printing of it.
  process.removeAllListeners('warning');
});
// A test leaves none behind: they run in any order.
afterEach(() => {
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  Object.assign(process.env, Object.fromEntries(machine));
});

/** What pg does with the `ssl` that it ends with, as an answer to our two questions. */
function posture(ssl: Ssl, pg = '8.23.1'): string {
  if (!ssl) return 'never nothing';
  // lib/connection.js up to 7: `rejectUnauthorized: self.ssl.rejectUnauthorized`, which Node of its time took as it came.
  if (pg.startsWith('7.')) return typeof ssl === 'object' && Boolean(ssl.rejectUnauthorized) ? 'always chain-and-name' : 'always nothing';
  if (ssl === true) return 'always chain-and-name';
  if (typeof ssl !== 'object') {
    // lib/connection.js from 8.5.0 on: `'key' in self.ssl` throws on what is no object; before, Object.assign took it.
    return pg.startsWith('8.0.') ? 'always chain-and-name' : 'refuses';
  }
  if (ssl.rejectUnauthorized === false) return 'always nothing';
  const identity = ssl.checkServerIdentity as undefined | (() => unknown);
  return identity !== undefined && identity() === undefined ? 'always chain' : 'always chain-and-name';
}

/** The two texts that pg lib/connection-parameters.js translates, for strings that are parsed without it. */
function asPg(ssl: Ssl): Ssl {
  return ssl === 'true' ? true : ssl === 'no-verify' ? { rejectUnauthorized: false } : ssl;
}

function ours(outcome: Outcome): string {
  return outcome.kind === 'refuses' ? 'refuses' : `${outcome.encrypts} ${outcome.verifies}`;
}

function theirs(act: () => Ssl, pg?: string): string {
  try {
    return posture(act(), pg);
  } catch {
    return 'refuses';
  }
}

function inputOf(text: string | undefined, options?: unknown, environment: Readonly<Record<string, string>> = {}): DriverInput {
  const span = { start: 0, end: 0 };
  return {
    form: 'url',
    string: text === undefined ? null : parseString(text),
    options: options === undefined ? undefined : valueOf(options),
    environment: new Map(Object.entries(environment).map(([name, value]) => [name, { name, key: name, value, place: 'environment', span, whole: span }])),
    rootCertificate: undefined,
  };
}

const units = (...extra: string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ arbitrary: fc.constantFrom('a', 'Z', '7', '_', '-', '.'), weight: 3 }, fc.constantFrom('é', '😀', ...extra)), { maxLength: 6 }).map((parts) => parts.join(''));
const encoded = fc.constantFrom('%41', '%2C', '%2f', '%2F', '%3D', '%40', '%C3%A9', '%20', '%', '%4', '%zz', '%ff', '%25', '%2541', '%3A');
const text = fc.oneof(units('+', '!', "'", '*', ';', ' ', '\\', '|', '^', '"'), encoded, fc.tuple(units(), encoded, units()).map((parts) => parts.join('')));
const host = fc.oneof(units(), text, fc.constantFrom('db.example.net', 'DB.Example.NET', '[::1]', '[::1', '127.1', '%2Ftmp', '%2ftmp%2fx', 'a,b', '', 'bücher.example', '1.2.3.4.5'));
const port = fc.oneof(fc.constant(''), fc.constantFrom(':', ':5432', ':05432', ':65536', ':x', ':5432,5433'));
const userinfo = fc.oneof(fc.constantFrom('', '@', ':@', 'u@', ':p@', 'u:p@', 'u:p:q@'), fc.tuple(text, text).map(([user, password]) => `${user}:${password}@`), fc.constant('%ff:%fe@'));
const path = fc.oneof(fc.constantFrom('', '/', '/app', '//app', '/a/b', '/./a/../b'), text.map((name) => `/${name}`));

const WORDS = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify', 'Require', 'typo', ''];
const TLS: readonly (readonly [string, readonly string[]])[] = [
  ['sslmode', WORDS],
  ['sslmode', WORDS],
  ['ssl', ['true', '1', '0', 'false', 'no-verify', 'require', '', 'TRUE']],
  ['uselibpqcompat', ['true', 'true', 'false', '1', '']],
  ['sslrootcert', [FILE, FILE, 'system', '']],
  ['sslcert', [FILE, '']],
  ['sslkey', [FILE, '']],
  ['sslnegotiation', ['direct', 'postgres', 'typo', '']],
];
const tlsParameter = fc.constantFrom(...TLS).chain(([name, values]) => fc.constantFrom(...values).map((value) => `${name}=${value}`));
const otherParameter = fc.oneof(
  fc.tuple(fc.constantFrom('host', 'port', 'user', 'password', 'dbname', 'database', 'application_name', 'options', 'sslMode', 'ssl%6Dode', 'channel_binding', 'x', ''), fc.constantFrom('=', '=', '=', '', '=='), fc.oneof(text, fc.constantFrom('%2Ftmp', '5433', 'require', 'u'))).map((parts) => parts.join('')),
);
const query = (parameter: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom('', '?'), fc.array(parameter, { maxLength: 5 }).map((all) => `?${all.join('&')}`));
const fragment = fc.constantFrom('', '', '', '', '#', '#x');
const scheme = fc.constantFrom('postgres://', 'postgresql://', 'POSTGRES://');

/** Anything that may stand in an environment variable, parsable or not. */
const anyUrl = fc.tuple(scheme, userinfo, host, port, path, query(fc.oneof(tlsParameter, otherParameter)), fragment).map((parts) => parts.join(''));
const odd = fc.tuple(fc.constantFrom('postgres://', 'postgresql://'), fc.array(fc.constantFrom('@', ':', '/', '?', '#', '&', '=', '[', ']', ',', '%41', '%', ' ', 'a', 'sslmode=', 'require', 'ssl=', 'host=', '\t', '\n'), { maxLength: 12 }).map((parts) => parts.join(''))).map((parts) => parts.join(''));
/** What every version can read, so that only the settings make a difference. */
const plainUrl = query(tlsParameter).map((parameters) => `postgres://u:p@db.example.net:5432/app${parameters}`);
/** No such property, where `undefined` is one that says nothing. */
const ABSENT = Symbol('absent');
const anyPlace = fc.record({
  string: fc.option(plainUrl, { nil: undefined }),
  ssl: fc.constantFrom<unknown[]>(
    ABSENT, undefined, null, true, false, 0, 1, '', 'true', 'false', 'require', 'no-verify', {}, { rejectUnauthorized: false }, { rejectUnauthorized: true }, { rejectUnauthorized: undefined },
    { rejectUnauthorized: 0 }, { ca: 'a certificate' }, { ca: 'a certificate', rejectUnauthorized: false }, { require: true },
  ),
  negotiation: fc.constantFrom(undefined, undefined, undefined, '', 'direct', 'postgres', 'typo'),
  PGSSLMODE: fc.option(fc.constantFrom(...WORDS), { nil: undefined }),
  PGSSLNEGOTIATION: fc.constantFrom(undefined, undefined, undefined, '', 'direct', 'postgres', 'typo'),
});

/** Where our reading is its own on purpose: what the driver would be given, what it makes of it, and why we say otherwise. */
const DIFFERENCES: readonly (readonly [text: string, theirs: string, ours: string, why: string])[] = [
  ['app', 'never nothing', 'refuses', 'a text without a scheme is no connection string; it is taken for the name of a database'],
  ['host=db.example.net sslmode=require', 'never nothing', 'refuses', 'a keyword/value string is taken for the name of a database, as a whole'],
];

describe(`pg-connection-string ${newest.version}`, LONG, () => {
  /** It opens files and refuses combinations of TLS words: those are compared as outcomes, not as values. */
  const withoutTls = (source: string): string => source.replace(/([?&])(sslrootcert|sslcert|sslkey|uselibpqcompat)=/g, '$1$2-=');
  const withoutSsl = (values: Iterable<readonly [string, unknown]>): unknown => Object.fromEntries([...values].filter(([name]) => name !== 'ssl'));
  const read = (source: string): unknown => {
    const config = readPgConnectionString(source);
    return config.ok ? withoutSsl(config.values) : 'refuses';
  };
  const reference = (source: string): unknown => {
    try {
      return withoutSsl(Object.entries(newest.parse(source)));
    } catch {
      return 'refuses';
    }
  };
  const agree = (source: string): void => {
    const given = withoutTls(source);
    expect(read(given)).toEqual(reference(given));
  };

  it('reads the same values from URLs', () => {
    property(anyUrl, agree);
  });

  it('reads the same values from scrambled URLs', () => {
    property(odd, agree);
  });

  it('comes to the same ssl', () => {
    property(anyUrl, (source) => {
      expect(ours(nodePostgres.outcome(inputOf(source), '8', {}))).toBe(theirs(() => new Pg({ connectionString: source }).ssl));
    });
  });

  it.for(DIFFERENCES)('%s: %s, not %s, for %s', ([source, reading, our]) => {
    expect(theirs(() => new Pg({ connectionString: source }).ssl)).toBe(reading);
    const string = parseString(source) ?? { form: 'url', text: source, scheme: null, settings: [], problem: null, templates: [], open: false };
    expect(ours(nodePostgres.outcome({ ...inputOf(undefined), string }, '8', {}))).toBe(our);
  });

  // Two forms that no other driver takes.
  it.for(['/var/run/postgresql', '/var/run/postgresql app', 'socket:/var/run/postgresql?db=app', 'socket://u:p@/var/run/postgresql?db=app', 'socket:/run?db=app&ssl=0', 'socket:/run?db=app&ssl=true', 'socket:/run?db=app&sslmode=require', 'socket:/run?db=app&sslmode=no-verify&ssl=', 'socket:/run?sslrootcert=system'])('leads to a socket: %s', (text) => {
    const string: ParsedString = { form: 'url', text, scheme: null, settings: [], problem: null, templates: [], open: false };
    expect(ours(nodePostgres.outcome({ ...inputOf(undefined), string }, '8', {}))).toBe(theirs(() => new Pg({ connectionString: text }).ssl));
  });
});

describe.for(older)('pg-connection-string $version', LONG, ({ version, parse }) => {
  it('comes to the same ssl', () => {
    property(plainUrl, (source) => {
      expect(ours(nodePostgres.outcome(inputOf(source), '8', { pg: '8.11.3', 'pg-connection-string': version }))).toBe(theirs(() => asPg(parse(source).ssl)));
    });
  });
});

describe.for(pgs)('pg $packages.pg', LONG, ({ packages, Parameters }) => {
  it('comes to the same ssl from string, options and environment', () => {
    property(anyPlace, ({ string, ssl, negotiation, ...environment }) => {
      const options: Record<string, unknown> = { ...(ssl === ABSENT ? {} : { ssl }), ...(negotiation === undefined ? {} : { sslnegotiation: negotiation }) };
      const variables = Object.fromEntries(Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined));
      for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, variables);
      const reference = theirs(() => new Parameters({ ...structuredClone(options), ...(string === undefined ? {} : { connectionString: string }) }).ssl, packages.pg);
      expect(ours(nodePostgres.outcome(inputOf(string, options, variables), '8', packages))).toBe(reference);
    });
  });
});
