import { describe, expect, it } from 'vitest';
import { DRIVERS, explain } from '../../src/index.ts';
import { WRAPPERS } from '../../src/wrappers/index.ts';

const U = 'postgres://u:p@db.acme.com/app';
const C = { rejectUnauthorized: false };

/** A driver, its settings (a string, an options object, or both), and what comes of it: mode, `-` and what it ignores. */
type Row = readonly [driver: string, given: readonly [string | null, unknown?], expected: string];

function verdictOf(driver: string, [string, options]: Row[1], env?: Record<string, string>): string {
  const [verdict] = explain({ driver, ...(string === null ? {} : { string }), ...(options === undefined ? {} : { options }), ...(env === undefined ? {} : { env }) });
  if (verdict === undefined) throw new Error('no verdict');
  return [verdict.effective, ...verdict.ignored.map(({ setting }) => `-${setting.replaceAll('`', '')}`)].join(' ');
}

/**
 * Measured: each wrapper was run with these settings, and `Client.prototype.connect` of pg 8.23.1 replaced by one that
 * shows `client.ssl`. false is disable, true and {} verify-full, rejectUnauthorized false require.
 */
const MEASURED: readonly Row[] = [
  // knex 3.3.0
  ['knex', [U], 'disable'],
  ['knex', [`${U}?sslmode=require`], 'verify-full'],
  // Its own pg-connection-string, 2.6.2, does not know that word.
  ['knex', [`${U}?sslmode=require&uselibpqcompat=true`], 'verify-full'],
  ['knex', [`${U}?sslnegotiation=direct`], 'error'],
  ['knex', [null, { client: 'pg', connection: { host: 'h', ssl: C } }], 'require'],
  ['knex', [null, { client: 'pg', connection: `${U}?sslmode=no-verify` }], 'require'],
  ['knex', [null, { client: 'pg', connection: { connectionString: `${U}?sslmode=require`, ssl: C } }], 'verify-full'],
  ['knex', [null, { client: 'pg', connection: { connectionString: `${U}?sslmode=require&uselibpqcompat=true` } }], 'require'],
  ['knex', [null, { client: 'pg', connection: { connectionString: U, ssl: C } }], 'require'],
  ['knex', [null, { client: 'pg', connection: { host: 'h' }, ssl: true }], 'disable -ssl'],
  ['knex', [null, { client: 'pg', connection: U, ssl: true }], 'disable -ssl'],
  ['knex', [null, { client: 'pg', connection: { host: 'h', sslmode: 'require' } }], 'disable -sslmode'],
  ['knex', [null, { client: 'pg', connection: { url: `${U}?sslmode=require`, ssl: C } }], 'require'],
  ['knex', [null, { client: 'cockroachdb', connection: 'cockroachdb://h/app?sslmode=require&ssl=true' }], 'verify-full -sslmode'],
  ['knex', [null, { client: 'cockroachdb', connection: `${U}?sslmode=require` }], 'verify-full'],
  ['knex', [null, { client: 'pg', connection: 'host=h sslmode=require' }], 'disable -sslmode'],
  // sequelize 6.37.8
  ['sequelize@6', [U], 'disable'],
  ['sequelize@6', [`${U}?sslmode=require`], 'verify-full'],
  ['sequelize@6', [`${U}?sslmode=require`, { dialectOptions: { ssl: C } }], 'verify-full'],
  ['sequelize@6', [U, { dialectOptions: { ssl: C } }], 'require'],
  ['sequelize@6', [U, { ssl: true }], 'disable -ssl'],
  ['sequelize@6', [`${U}?ssl=true`], 'verify-full'],
  ['sequelize@6', [`${U}?ssl=require`], 'error'],
  ['sequelize@6', [`${U}?sslmode=no-verify`], 'require'],
  ['sequelize@6', [`${U}?sslmode=disable`, { dialectOptions: { ssl: C } }], 'disable'],
  ['sequelize@6', [null, { dialect: 'postgres', host: 'h', ssl: true }], 'disable -ssl'],
  ['sequelize@6', [null, { dialect: 'postgres', host: 'h', dialectOptions: { ssl: { require: true } } }], 'verify-full'],
  ['sequelize@6', [null, { dialect: 'postgres', host: 'h', dialectOptions: { ssl: true } }], 'verify-full'],
  ['sequelize@6', [null, { dialect: 'postgres', host: 'h', dialectOptions: { ssl: { require: true, rejectUnauthorized: false } } }], 'require'],
  ['sequelize@6', [null, { dialect: 'postgres', host: 'h', dialectOptions: { sslmode: 'require', rejectUnauthorized: false } }], 'disable -sslmode -rejectUnauthorized'],
  // @sequelize/core 7.0.0-alpha.48
  ['sequelize@7', [null, { url: U }], 'disable'],
  ['sequelize@7', [null, { url: `${U}?sslmode=require` }], 'error'],
  ['sequelize@7', [null, { url: `${U}?ssl=true` }], 'verify-full'],
  ['sequelize@7', [null, { url: `${U}?ssl=false` }], 'disable'],
  ['sequelize@7', [null, { url: `${U}?ssl=1` }], 'error'],
  ['sequelize@7', [null, { url: `${U}?ssl=true`, ssl: C }], 'require'],
  ['sequelize@7', [null, { host: 'h', ssl: C }], 'require'],
  ['sequelize@7', [null, { host: 'h', dialectOptions: { ssl: C } }], 'error'],
  ['sequelize@7', [null, { url: U, ssl: true }], 'verify-full'],
  ['sequelize@7', [null, { host: 'h', sslmode: 'require' }], 'error'],
  // typeorm 0.3.31 and 1.1.1
  ...(['typeorm@0.3', 'typeorm@1'] as const).flatMap((driver): Row[] => [
    [driver, [null, { type: 'postgres', url: U }], 'disable'],
    [driver, [null, { type: 'postgres', url: U, ssl: C }], 'require'],
    [driver, [null, { type: 'postgres', url: `${U}?sslmode=require`, ssl: C }], 'verify-full'],
    [driver, [null, { type: 'postgres', url: `${U}?sslmode=no-verify` }], 'require'],
    [driver, [null, { type: 'postgres', host: 'h', ssl: true }], 'verify-full'],
    [driver, [null, { type: 'postgres', host: 'h', extra: { ssl: C } }], 'require'],
    [driver, [null, { type: 'postgres', host: 'h', ssl: true, extra: { ssl: C } }], 'require'],
    [driver, [null, { type: 'postgres', host: 'h', ssl: false, extra: { ssl: C } }], 'require'],
    [driver, [null, { type: 'postgres', host: 'h', ssl: true, extra: { ssl: undefined } }], 'disable'],
    [driver, [null, { type: 'postgres', host: 'h', extra: { connectionString: `${U}?sslmode=no-verify` } }], 'require'],
    [driver, [null, { type: 'postgres', host: 'h', sslmode: 'require' }], 'disable -sslmode'],
    [driver, [null, { type: 'postgres', ssl: true, replication: { master: { host: 'm' }, slaves: [] } }], 'disable -ssl'],
    [driver, [null, { type: 'postgres', replication: { master: { host: 'm', ssl: true }, slaves: [] } }], 'verify-full'],
    [driver, [null, { type: 'postgres', extra: { ssl: true }, replication: { master: { host: 'm' }, slaves: [] } }], 'verify-full'],
    [driver, [null, { type: 'postgres', url: `${U}?sslmode=require`, replication: { master: { url: U }, slaves: [] } }], 'disable -sslmode'],
    [driver, [null, { type: 'cockroachdb', url: 'cockroachdb://u:p@h/app?sslmode=verify-full' }], 'disable -sslmode'],
    [driver, [null, { type: 'cockroachdb', url: `${U}?sslmode=verify-full` }], 'disable -sslmode'],
    [driver, [null, { type: 'cockroachdb', url: U, ssl: true }], 'verify-full'],
    [driver, [null, { type: 'cockroachdb', url: U, ssl: true, extra: { ssl: C } }], 'require'],
  ]),
  // @mikro-orm/postgresql 7.2.1
  ['mikro-orm@7', [null, { clientUrl: U }], 'disable'],
  ['mikro-orm@7', [null, { clientUrl: `${U}?sslmode=require` }], 'disable -sslmode'],
  ['mikro-orm@7', [`${U}?ssl=true`], 'disable -ssl'],
  ['mikro-orm@7', [null, { clientUrl: U, driverOptions: { ssl: C } }], 'require'],
  // pg takes it for a Connection, and MikroORM waits for ever: measured in the lab.
  ['mikro-orm@7', [null, { clientUrl: U, driverOptions: { connection: { ssl: C } } }], 'error'],
  ['mikro-orm@7', [null, { clientUrl: U, driverOptions: { connectionString: `${U}?sslmode=require` } }], 'verify-full'],
  ['mikro-orm@7', [null, { clientUrl: U, ssl: true }], 'disable -ssl'],
  ['mikro-orm@7', [null, { host: 'h', dbName: 'd', driverOptions: { ssl: true } }], 'verify-full'],
  // @mikro-orm/postgresql 6.6.16
  ['mikro-orm@6', [null, { clientUrl: `${U}?sslmode=require` }], 'disable -sslmode'],
  ['mikro-orm@6', [null, { clientUrl: U, driverOptions: { ssl: C } }], 'disable -ssl'],
  ['mikro-orm@6', [null, { clientUrl: U, driverOptions: { connection: { ssl: C } } }], 'require'],
  ['mikro-orm@6', [null, { clientUrl: U, driverOptions: { connectionString: `${U}?sslmode=require` } }], 'disable'],
  ['mikro-orm@6', [null, { clientUrl: U, driverOptions: { connection: { connectionString: `${U}?sslmode=require` } } }], 'verify-full'],
  ['mikro-orm@6', [null, { clientUrl: U, driverOptions: { connection: `${U}?sslmode=require` } }], 'verify-full'],
  ['mikro-orm@6', [null, { host: 'h', dbName: 'd', driverOptions: { ssl: true } }], 'disable -ssl'],
  // drizzle-orm 0.45.4 over node-postgres
  ['drizzle', [`${U}?sslmode=require`], 'verify-full'],
  ['drizzle', [null, { connection: `${U}?sslmode=no-verify` }], 'require'],
  ['drizzle', [null, { connection: { connectionString: U, ssl: C } }], 'require'],
  ['drizzle', [null, { connection: { url: `${U}?sslmode=require`, ssl: C } }], 'require'],
  ['drizzle', [null, { connection: U, ssl: true }], 'disable -ssl'],
  // drizzle-kit 0.31.11 over pg
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd' } }], 'verify-full'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: true } }], 'verify-full'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: false } }], 'disable'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: 'require' } }], 'require'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: 'prefer' } }], 'require'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: 'allow' } }], 'require'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: 'verify-full' } }], 'verify-full'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: 'disable' } }], 'error'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: C } }], 'require'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd' }, ssl: C }], 'require'],
  ['drizzle-kit', [null, { dbCredentials: { host: 'h', database: 'd', ssl: true }, ssl: false }], 'verify-full'],
  ['drizzle-kit', [null, { dbCredentials: { url: U }, ssl: true }], 'disable -ssl'],
  ['drizzle-kit', [null, { dbCredentials: { url: `${U}?sslmode=require` } }], 'verify-full'],
  ['drizzle-kit', [null, { dbCredentials: { url: U, ssl: true } }], 'disable -ssl'],
  ['drizzle-kit', [null, { dbCredentials: { url: `${U}?sslmode=disable`, host: 'h', database: 'd', ssl: true } }], 'verify-full'],
  // @prisma/adapter-pg 7.10.1, pg-promise 12.7.1, kysely 0.28.18
  ['prisma-adapter-pg', [`${U}?sslmode=require`], 'verify-full'],
  ['prisma-adapter-pg', [U, { ssl: C }], 'require'],
  ['prisma-adapter-pg', [`${U}?sslaccept=strict`], 'disable -sslaccept'],
  ['pg-promise', [`${U}?sslmode=require`], 'verify-full'],
  ['pg-promise', [null, { host: 'h', ssl: true }], 'verify-full'],
  ['kysely', [U, { ssl: C }], 'require'],
];

describe('wrappers', () => {
  it.for(MEASURED)('%s with %j is %s', ([driver, given, expected]) => {
    expect(verdictOf(driver, given)).toBe(expected);
  });

  it('reads PGSSLMODE where the driver underneath does', () => {
    expect(verdictOf('sequelize', [U], { PGSSLMODE: 'require' })).toBe('verify-full');
    expect(verdictOf('mikro-orm', [null, { clientUrl: U }], { PGSSLMODE: 'no-verify' })).toBe('require');
    expect(verdictOf('typeorm', [null, { url: U, ssl: false }], { PGSSLMODE: 'require' })).toBe('disable');
  });

  it('are shown only where they are asked for', () => {
    expect(explain({ string: U }).map(({ driver }) => driver).filter((id) => WRAPPERS.some((wrapper) => wrapper.id === id))).toEqual([]);
    expect(explain({ options: {} }).map(({ driver }) => driver).filter((id) => WRAPPERS.some((wrapper) => wrapper.id === id))).toEqual([]);
  });

  it.for(WRAPPERS)('$id names its source in whatever it says', ({ id, versions }) => {
    expect(DRIVERS.filter((driver) => driver.id === id)).toHaveLength(1);
    for (const { label } of versions) {
      for (const options of [{}, { ssl: true, sslmode: 'require' }, { connection: null, replication: 3, dialectOptions: 'x', extra: [], driverOptions: { connection: () => ({}) }, dbCredentials: 7, url: 1, clientUrl: {} }]) {
        const [verdict] = explain({ driver: `${id}@${label}`, options });
        expect(verdict?.sources.length, JSON.stringify(options)).toBeGreaterThan(0);
      }
    }
  });

  it.for([
    ['sequelize', '6.37.8', '6'], ['sequelize', '5.22.5', '6'], ['typeorm', '0.2.45', '0.3'], ['typeorm', '0.3.31', '0.3'], ['typeorm', '1.1.1', '1'],
    ['knex', '0.95.15', '3'], ['@mikro-orm/postgresql', '5.9.7', '6'], ['@mikro-orm/postgresql', '7.2.1', '7'], ['@prisma/adapter-pg', '6.19.3', '6'], ['@sequelize/postgres', '7.0.0-alpha.48', '7'],
  ] as const)('%s %s is version %s', ([name, version, label]) => {
    const wrapper = WRAPPERS.find(({ packages }) => packages.npm?.includes(name) === true);
    expect(wrapper?.versionOf({ [name]: version })).toBe(label);
  });
});
