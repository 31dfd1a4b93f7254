import { describe, expect, it } from 'vitest';
import type { DriverId } from '../../src/drivers/driver.ts';
import type { FileContext } from '../../src/finding.ts';
import { presetPolicy, resolvePolicy } from '../../src/policy/resolve.ts';
import type { PolicyConfig } from '../../src/policy/config.ts';
import { type SiteParts, evidenceOf, reportOn } from '../site.ts';

const U = 'postgres://u:p@db.acme.com/app';
const code = (id: DriverId): Pick<Required<SiteParts>, 'driver'> => ({ driver: { id, kind: 'code', line: 1 } });

function policy(config: PolicyConfig): FileContext['policy'] {
  const resolved = resolvePolicy(config, { file: null, folder: '.' });
  if (!resolved.ok) throw new Error(resolved.problems.map(({ message }) => message).join());
  return resolved.policy;
}

/** The one connection of a site. */
function connectionOf(parts: SiteParts, context: Partial<FileContext> = {}): ReturnType<typeof reportOn>['connections'][number] {
  const [connection] = reportOn(parts, context).connections;
  if (connection === undefined) throw new Error('there is no connection');
  return connection;
}

/** Findings in short, of any confidence. */
function findingsOf(parts: SiteParts, context: Partial<FileContext> = {}): readonly string[] {
  return reportOn(parts, { policy: policy({ confidence: 'low' }), ...context }).findings.map(({ rule, severity, confidence, driver }) => `${rule} ${severity} ${confidence} ${driver ?? ''}`.trim());
}

describe('candidates', () => {
  const ids = (parts: SiteParts, context?: Partial<FileContext>): readonly string[] => connectionOf(parts, context).candidates.map(({ driver }) => driver.replace(/@.*/, ''));
  const URL_COMMON = ['libpq', 'node-postgres', 'postgres.js', 'pgx', 'lib-pq', 'asyncpg'];
  it.for<[string, SiteParts, Partial<FileContext>, readonly string[]]>([
    ['a URL without evidence: the common drivers', { string: U }, {}, URL_COMMON],
    ['a keyword/value string: those of them that take one', { string: 'host=db.acme.com dbname=app', form: 'keyword-value' }, {}, ['libpq', 'pgx', 'lib-pq']],
    ['a group of PG names: those that read PGSSLMODE', { environment: { PGHOST: 'db.acme.com', PGSSLMODE: 'require' } }, {}, ['libpq', 'node-postgres', 'pgx', 'lib-pq', 'asyncpg']],
    ['another group: as for a URL', { members: { host: 'db.acme.com', sslmode: 'require' } }, {}, URL_COMMON],
    ['an options object', { options: { host: 'db.acme.com' } }, {}, ['node-postgres', 'postgres.js']],
    ['code alone', { string: U, ...code('postgres.js') }, { evidence: [evidenceOf('lockfile', 'node-postgres@8.11.3')] }, ['postgres.js']],
    ['policy before names around', { string: U, hints: ['libpq'] }, { evidence: [evidenceOf('policy-path', 'postgres.js')] }, ['postgres.js']],
    ['names around before the manifest', { string: U, hints: ['libpq'] }, { evidence: [evidenceOf('manifest', 'postgres.js')] }, ['libpq']],
    ['all drivers of a manifest', { string: U }, { evidence: [evidenceOf('manifest', 'postgres.js', 'node-postgres')] }, ['node-postgres', 'postgres.js']],
    ['the manifest before the default', { string: U }, { evidence: [evidenceOf('manifest', 'postgres.js'), evidenceOf('default', 'libpq')] }, ['postgres.js']],
    ['the default before the common ones', { string: U }, { evidence: [evidenceOf('default', 'libpq')] }, ['libpq']],
    ['no driver that does not take the form', { environment: { PGHOST: 'db.acme.com' } }, { evidence: [evidenceOf('manifest', 'npgsql', 'node-postgres')] }, ['node-postgres']],
  ])('%s', ([, parts, context, expected]) => {
    expect(ids(parts, context)).toEqual(expected);
  });

  it('carry the version that a manifest tells to a driver that code names', () => {
    const lockfile = { kind: 'lockfile', file: 'package-lock.json', line: null, candidates: [{ id: 'node-postgres', version: '8.0.3', packages: { pg: '8.0.3' } }] } as const;
    // pg 8.0 never reads sslmode.
    expect(connectionOf({ string: `${U}?sslmode=verify-full`, ...code('node-postgres') }, { evidence: [lockfile] }).effective).toBe('disable');
    expect(connectionOf({ string: `${U}?sslmode=verify-full`, ...code('node-postgres') }).effective).toBe('verify-full');
  });
});

describe('the weakest that connects counts', () => {
  it.for<[string, SiteParts, readonly [...Parameters<typeof evidenceOf>], string, string]>([
    ['node-postgres encrypts, postgres.js verifies nothing', { string: `${U}?sslmode=require` }, ['manifest', 'node-postgres', 'postgres.js'], 'postgres.js@3', 'require'],
    ['among equals the first of the ids', { string: U }, ['manifest', 'postgres.js', 'node-postgres'], 'node-postgres@8', 'disable'],
    ['one that refuses is left out', { string: `${U}?sslmode=no-verify` }, ['manifest', 'libpq', 'node-postgres'], 'node-postgres@8', 'require'],
    ['even where it comes first', { string: `${U}?ssl=require` }, ['manifest', 'libpq', 'node-postgres', 'postgres.js'], 'postgres.js@3', 'require'],
    ['where all refuse, the first does', { string: `${U}?sslmode=typo` }, ['manifest', 'libpq', 'pgx'], 'libpq@18', 'error'],
  ])('%s', ([, parts, evidence, driver, effective]) => {
    expect(connectionOf(parts, { evidence: [evidenceOf(...evidence)] })).toMatchObject({ driver, effective });
  });
});

describe('what is hidden leaves a range', () => {
  it.for<[string, SiteParts, readonly [string, string, string]]>([
    ['a template in the mode', { string: `${U}?sslmode=\${MODE}`, ...code('libpq') }, ['unknown', 'disable', 'verify-full']],
    ['a template elsewhere', { string: 'postgres://u:${PASSWORD}@db.acme.com/app?sslmode=require', ...code('libpq') }, ['require', 'require', 'require']],
    ['a template behind which parameters may stand', { string: `${U}\${SUFFIX}`, ...code('libpq') }, ['unknown', 'disable', 'verify-full']],
    ['the whole string', { string: 'hidden', ...code('node-postgres') }, ['unknown', 'disable', 'verify-full']],
    ['a string beside a written option: the option, with its range', { string: 'hidden', options: { ssl: { rejectUnauthorized: false } }, ...code('node-postgres') }, ['require', 'disable', 'verify-full']],
    ['a variable beside a written word', { string: `${U}?sslmode=require`, environment: { PGSSLMODE: null }, ...code('libpq') }, ['require', 'require', 'require']],
    ['a hidden variable alone', { string: U, environment: { PGSSLMODE: null }, ...code('libpq') }, ['unknown', 'disable', 'verify-full']],
    ['a service, whose file may say more', { string: `${U}?service=prod`, ...code('libpq') }, ['unknown', 'disable', 'verify-full']],
  ])('%s', ([, parts, [effective, weakest, strongest]]) => {
    expect(connectionOf(parts)).toMatchObject({ effective, weakest, strongest });
  });

  // A template that stands for the URL hides its host, and is read as a URL by drivers that take no more than one.
  it.for<[string, DriverId]>([
    ['${DATABASE_URL}?sslmode=disable', 'node-postgres'], ['${DATABASE_URL}&sslmode=disable', 'node-postgres'], ['${SCHEME}://db.acme.com/app?sslmode=disable', 'node-postgres'],
    ['${DATABASE_URL}?sslmode=disable', 'postgres.js'], ['${DATABASE_URL}&sslmode=disable', 'slonik'], ['${DATABASE_URL}?sslmode=disable', 'libpq'],
  ])('what is added to a URL counts: %s, %s', ([string, id]) => {
    expect(findingsOf({ string, ...code(id) })).toEqual([expect.stringMatching(/^no-plaintext /)]);
  });

  // Prisma verifies by two parameters together (documenso's schema.prisma), Postgrex by one that is no sslmode.
  it.for<DriverId>(['node-postgres', 'prisma', 'postgrex', 'libpq', 'pgx', 'sqlx'])('and a hidden string with nothing beside it is no finding: %s', (id) => {
    expect(findingsOf({ string: 'hidden', ...code(id) })).toEqual([]);
  });
});

describe('confidence: low, medium, high, and the first that applies', () => {
  const LOCK = evidenceOf('lockfile', 'node-postgres@8.11.3');
  const confidence = (parts: SiteParts, context: Partial<FileContext> = {}): string => connectionOf(parts, context).confidence;
  it.for<[string, SiteParts, Partial<FileContext>, string]>([
    ['code and a literal host, nothing said', { string: U, ...code('node-postgres') }, {}, 'high'],
    ['code and a literal host, said', { string: `${U}?sslmode=disable`, ...code('node-postgres') }, {}, 'high'],
    ['a lockfile', { string: U }, { evidence: [LOCK] }, 'high'],
    ['a manifest', { string: U }, { evidence: [evidenceOf('manifest', 'node-postgres')] }, 'medium'],
    ['names around', { string: U, hints: ['node-postgres'] }, {}, 'medium'],
    ['the default', { string: U }, { evidence: [evidenceOf('default', 'libpq')] }, 'medium'],
    ['no evidence, and libpq falls short', { string: U }, {}, 'medium'],
    // node-postgres and postgres.js connect in plaintext here, libpq reads the variable.
    ['candidates disagree, and libpq meets it', { string: U, environment: { PGSSLMODE: 'verify-full' } }, { evidence: [evidenceOf('lockfile', 'libpq', 'postgres.js')] }, 'low'],
    ['candidates disagree, and libpq falls short', { string: `${U}?sslmode=prefer` }, { evidence: [evidenceOf('lockfile', 'libpq', 'node-postgres@8')] }, 'medium'],
    ['nothing said with a hidden host', { string: 'postgres://u:p@${HOST}/app', ...code('node-postgres') }, {}, 'low'],
    ['said with a hidden host', { string: 'postgres://u:p@${HOST}/app?sslmode=disable', ...code('node-postgres') }, {}, 'medium'],
    ['a placeholder', { string: 'postgres://u:p@your-host/app', ...code('node-postgres') }, {}, 'low'],
    ['nothing said in an example', { string: U, ...code('node-postgres') }, { path: '.env.example' }, 'low'],
    ['said in an example', { string: `${U}?sslmode=disable`, ...code('node-postgres') }, { path: '.env.example' }, 'medium'],
    ['a test', { string: U, ...code('node-postgres') }, { path: 'src/__tests__/db.ts' }, 'low'],
    ['a fixture', { string: U, ...code('node-postgres') }, { path: 'fixtures/.env' }, 'low'],
    ['not a test', { string: U, ...code('node-postgres') }, { path: 'src/latest/db.ts' }, 'high'],
    ['text that would not parse', { string: U, ...code('node-postgres'), unparsed: true }, {}, 'low'],
    ['another group, whoever reads it', { members: { host: 'db.acme.com', sslmode: 'disable' } }, { evidence: [LOCK] }, 'medium'],
  ])('%s', ([, parts, context, expected]) => {
    expect(confidence(parts, context)).toBe(expected);
  });
});

describe('thresholds', () => {
  const PG = code('node-postgres');
  it.for<[string, SiteParts, Partial<FileContext>, readonly string[]]>([
    ['public: require at least', { string: U, ...PG }, {}, ['require-sslmode error high node-postgres@8']],
    ['private: a warning', { string: 'postgres://u:p@10.0.0.4/app', ...PG }, {}, ['require-sslmode warning high node-postgres@8']],
    ['loopback: nothing', { string: 'postgres://u:p@localhost/app', ...PG }, {}, []],
    ['the driver\'s own default host is loopback', { options: { ssl: false }, ...PG }, {}, []],
    ['a service of the same file', { string: 'postgres://u:p@db/app', ...PG }, { localNames: ['db'] }, []],
    ['any other single name is private', { string: 'postgres://u:p@db/app', ...PG }, {}, ['require-sslmode warning high node-postgres@8']],
    ['of several hosts the strictest', { string: 'postgres://u:p@localhost,db.acme.com/app', ...code('libpq') }, {}, ['require-sslmode error high libpq@18']],
    ['recommended above the minimum', { string: `${U}?sslmode=no-verify`, ...PG }, {}, ['prefer-verified warning high node-postgres@8']],
    ['channel binding meets what is recommended', { string: `${U}?sslmode=require&channel_binding=require`, ...code('libpq') }, {}, []],
    ['not in strict', { string: `${U}?sslmode=require&channel_binding=require`, ...code('libpq') }, { policy: presetPolicy('sslmode:strict') }, ['no-unverified-certificate error high libpq@18']],
    ['a minimum of a host takes the recommendation away', { string: `${U}?sslmode=no-verify`, ...PG }, { policy: policy({ hosts: { '*.acme.com': { minimum: 'require' } } }) }, []],
    ['verify-ca is enough for a private CA', { string: `${U}?sslmode=verify-ca&sslrootcert=ca.pem`, ...code('libpq') }, { policy: policy({ minimum: 'verify-full', hosts: { '*.acme.com': { ca: 'private' } } }) }, []],
    ['and for no other', { string: `${U}?sslmode=verify-ca&sslrootcert=ca.pem`, ...code('libpq') }, { policy: policy({ minimum: 'verify-full' }) }, ['no-unverified-hostname error high libpq@18']],
    ['a socket', { string: 'postgres:///app?host=/run/postgresql', ...code('libpq') }, {}, []],
  ])('%s', ([, parts, context, expected]) => {
    expect(findingsOf(parts, context)).toEqual(expected);
  });
});

describe('the worked examples of INTERFACES.md', () => {
  const required = `${U}?sslmode=require`;
  it('(a) beside a package.json with pg ^8', () => {
    const context = { evidence: [evidenceOf('manifest', 'node-postgres@8')] };
    expect(connectionOf({ string: required }, context)).toMatchObject({ driver: 'node-postgres@8', effective: 'verify-full' });
    expect(findingsOf({ string: required }, context)).toEqual(['no-version-dependent-sslmode warning medium node-postgres@8']);
  });

  it('(b) without a manifest', () => {
    const recommended = { policy: presetPolicy('sslmode:recommended') };
    expect(findingsOf({ string: required }, recommended)).toEqual(['prefer-verified warning medium libpq@18']);
    expect(findingsOf({ string: required }, { policy: policy({ minimum: 'verify-full' }) })).toEqual(['no-unverified-certificate error medium libpq@18']);
  });

  it('(c) a service of a compose file', () => {
    const parts = { string: 'postgres://u:p@db/app' };
    const context = { localNames: ['db'], evidence: [evidenceOf('manifest', 'node-postgres@8')] };
    expect(connectionOf(parts, context)).toMatchObject({ driver: 'node-postgres@8', hostClass: 'local', effective: 'disable' });
    expect(findingsOf(parts, context)).toEqual([]);
  });

  it('(d) an option beside a hidden string', () => {
    const parts = { string: 'hidden', options: { ssl: { rejectUnauthorized: false } }, ...code('node-postgres') };
    expect(connectionOf(parts)).toMatchObject({ effective: 'require', weakest: 'disable', strongest: 'verify-full', confidence: 'medium' });
    expect(findingsOf(parts)).toEqual(['prefer-verified warning medium node-postgres@8']);
  });

  it('(e) a private host with verify-ca', () => {
    const parts: SiteParts = { environment: { PGHOST: 'db.prod.svc.cluster.local', PGSSLMODE: 'verify-ca', PGSSLROOTCERT: '/etc/ca.pem' }, hints: ['libpq'] };
    expect(connectionOf(parts)).toMatchObject({ driver: 'libpq@18', effective: 'verify-ca', hostClass: 'private' });
    expect(findingsOf(parts)).toEqual([]);
    expect(findingsOf(parts, { policy: presetPolicy('sslmode:strict') })).toEqual(['no-unverified-hostname error medium libpq@18']);
  });
});
