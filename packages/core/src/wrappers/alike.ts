import type { Driver } from '../drivers/driver.ts';
import { libpq } from '../drivers/libpq.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { npgsql } from '../drivers/npgsql.ts';
import { pgx } from '../drivers/pgx.ts';
import { postgrex } from '../drivers/postgrex.ts';
import { sqlx } from '../drivers/sqlx.ts';
import { labelOf } from '../drivers/versions.ts';
import { type Wrapper, asDriver } from './wrapper.ts';

/*
 * Wrappers that hand their settings to the driver below as they are.
 *
 * Over node-postgres; read and run, with `Client.prototype.connect` of pg replaced by one that shows `client.ssl`:
 * - kysely 0.28.18 dist/cjs/dialect/postgres/postgres-driver.js: takes a Pool that its user made.
 * - pg-promise 12.7.1 lib/database.js:126: `new config.pgp.pg.Pool(poolConnection)`. It brings its own pg, 8.23.0.
 * - @prisma/adapter-pg 7.10.1 dist/index.js PrismaPgAdapterFactory: `new pg.Pool(this.config)`, a string becomes
 *   `{ connectionString }`; what Prisma's engine reads besides (sslaccept, sslidentity) is nothing to pg. The same in 6.19.3.
 *
 * Over others; read:
 * - gorm.io/driver/postgres v1.6.0 (77dd2bd) postgres.go Initialize(): `pgx.ParseConfig(dialector.Config.DSN)`, unless
 *   `DriverName` names another driver.
 * - ecto 3.14.1 (c624abf) lib/ecto/repo/supervisor.ex parse_url(): a URL's parameters become keys of the configuration, all of
 *   which goes to Postgrex (drivers/postgrex.ts).
 * - diesel 2.3.12 (04cc1b0) src/pg/connection/raw.rs establish(): `PQconnectdb(database_url)`. Not diesel-async, which is over
 *   tokio-postgres.
 * - sea-orm 2.0.0 (92cf399) src/driver/sqlx_postgres.rs connect(): `options.url.parse::<PgConnectOptions>()`, sqlx's. Its Cargo.toml
 *   asks for sqlx 0.9; 1.1 for 0.8, 0.12 and 1.0 for 0.7.
 * - Npgsql.EntityFrameworkCore.PostgreSQL c715cff src/EFCore.PG/Storage/Internal/NpgsqlRelationalConnection.cs:
 *   `new NpgsqlConnection(ConnectionString)`. Its major version is Npgsql's.
 */

type Alike = Pick<Wrapper, 'id' | 'title' | 'versions' | 'packages' | 'driver' | 'schemes' | 'partsIn'> & {
  /** The driver's version that goes with one of the wrapper's, where the installed packages don't tell. */
  readonly under?: Readonly<Record<string, string>>;
};

function alike({ packages, versions, under = {}, driver = nodePostgres, ...rest }: Alike): Driver {
  const names = Object.values(packages).flat();
  return asDriver({
    ...rest,
    versions,
    driver,
    packages,
    versionOf: (installed) => labelOf(versions, installed[names.find((name) => installed[name] !== undefined) ?? ''] ?? ''),
    samples: driver.samples.options,
    unwrap: (given, version, installed) => (driver.versionOf(installed) === undefined && under[version] !== undefined ? { ...given, version: under[version] } : given),
    nest: (ssl) => ssl,
  });
}

export const kysely = alike({ id: 'kysely', title: 'Kysely', versions: [{ label: '0', released: true }], packages: { npm: ['kysely'] } });
export const pgPromise = alike({ id: 'pg-promise', title: 'pg-promise', versions: [{ label: '12', since: '10', released: true }], packages: { npm: ['pg-promise'] } });
/** Prisma Client with a driver adapter: the only way in Prisma 7. */
export const prismaAdapterPg = alike({ id: 'prisma-adapter-pg', title: "Prisma's adapter-pg", versions: [{ label: '6', since: '5.4', released: true }, { label: '7', released: true }], packages: { npm: ['@prisma/adapter-pg'] } });
export const gorm = alike({ id: 'gorm', title: 'GORM', versions: [{ label: '1', released: true }], packages: { go: ['gorm.io/driver/postgres'] }, driver: pgx });
export const ecto = alike({ id: 'ecto', title: 'Ecto', versions: [{ label: '3', released: true }], packages: { hex: ['ecto_sql', 'ecto'] }, driver: postgrex, schemes: ['ecto'], partsIn: 'config/runtime.exs' });
export const diesel = alike({ id: 'diesel', title: 'Diesel', versions: [{ label: '2', since: '1', released: true }], packages: { cargo: ['diesel'] }, driver: libpq });
export const seaOrm = alike({
  id: 'sea-orm',
  title: 'SeaORM',
  versions: [{ label: '1.0', since: '0.12', released: true }, ...['1.1', '2'].map((label) => ({ label, released: true }))],
  packages: { cargo: ['sea-orm'] },
  driver: sqlx,
  under: { '1.0': '0.7', '1.1': '0.8', '2': '0.9' },
});
export const efCore = alike({
  id: 'ef-core',
  title: 'EF Core',
  versions: npgsql.versions,
  packages: { nuget: ['Npgsql.EntityFrameworkCore.PostgreSQL'] },
  driver: npgsql,
  under: Object.fromEntries(npgsql.versions.map(({ label }) => [label, label])),
});
