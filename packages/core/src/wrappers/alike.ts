import { nodePostgres } from '../drivers/node-postgres.ts';
import { labelOf } from '../drivers/versions.ts';
import { type Wrapper, asDriver } from './wrapper.ts';

/*
 * Wrappers that hand their settings to node-postgres as they are. Read and run, with `Client.prototype.connect` of pg
 * replaced by one that shows `client.ssl`:
 * - kysely 0.28.18 dist/cjs/dialect/postgres/postgres-driver.js: takes a Pool that its user made.
 * - pg-promise 12.7.1 lib/database.js:126: `new config.pgp.pg.Pool(poolConnection)`. It brings its own pg, 8.23.0.
 * - @prisma/adapter-pg 7.10.1 dist/index.js PrismaPgAdapterFactory: `new pg.Pool(this.config)`, a string becomes
 *   `{ connectionString }`; what Prisma's engine reads besides (sslaccept, sslidentity) is nothing to pg. The same in 6.19.3.
 */

type Alike = Pick<Wrapper, 'id' | 'title' | 'versions'> & { readonly npm: string };

function alike({ npm, versions, ...rest }: Alike): ReturnType<typeof asDriver> {
  return asDriver({
    ...rest,
    versions,
    packages: { npm: [npm] },
    versionOf: (packages) => (packages[npm] === undefined ? undefined : labelOf(versions, packages[npm])),
    samples: nodePostgres.samples.options,
    unwrap: (given) => given,
    nest: (ssl) => ssl,
  });
}

export const kysely = alike({ id: 'kysely', title: 'Kysely', versions: [{ label: '0', released: true }], npm: 'kysely' });
export const pgPromise = alike({ id: 'pg-promise', title: 'pg-promise', versions: [{ label: '12', since: '10', released: true }], npm: 'pg-promise' });
/** Prisma Client with a driver adapter: the only way in Prisma 7. */
export const prismaAdapterPg = alike({ id: 'prisma-adapter-pg', title: "Prisma's adapter-pg", versions: [{ label: '6', since: '5.4', released: true }, { label: '7', released: true }], npm: '@prisma/adapter-pg' });
