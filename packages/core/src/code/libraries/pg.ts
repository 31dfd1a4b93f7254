import type { DriverId } from '../../drivers/driver.ts';
import type { MappedText } from '../../text.ts';
import { propertyOf } from '../../value.ts';
import { type Argument, type Given, type Library, type Look, isNothing, isStringLike } from './library.ts';

/**
 * node-postgres: `new Pool(options)`, `new Client(options | string)`; `options.connectionString` is read over the rest
 * (pg 8.23.1 lib/connection-parameters.js:52-60). pg-boss hands its options on as they are (timgit/pg-boss 55ee32f src/db.ts
 * `new pg.Pool(this.config)`, a string as `connectionString`, src/attorney.ts).
 */
export const pg = alike('node-postgres', { pg: ['Pool', 'Client'], 'pg-pool': [''], 'pg-boss': ['', 'PgBoss'] }, (argument, look) => read(argument, look));

/** The same options, read for libpq: `new pg.native.Client(…)`. */
export const pgNative = alike('pg-native', { pg: ['native.Pool', 'native.Client'] }, (argument, look) => read(argument, look));

/** libpq without anything between: `new Client().connect(conninfo)` of pg-native. */
export const libpqOfPgNative = alike('libpq', { 'pg-native': ['().connect', '().connectSync'] }, ({ value, text }) =>
  (text === undefined && (value.kind === 'function' || value.kind === 'opaque') ? null : { string: text ?? 'hidden', options: undefined }),
);

/** pg-promise: `pgp(options | string)`, where `pgp = pgPromise({ … })`. */
export const pgPromise = alike('pg-promise', { 'pg-promise': ['()'] }, (argument, look) => read(argument, look));

/** Prisma's adapter: `new PrismaPg(options | string | pool)`; a pool is read where it is made. */
export const prismaAdapterPg = alike('prisma-adapter-pg', { '@prisma/adapter-pg': ['PrismaPg', 'PrismaPgAdapterFactory'] }, (argument, look) =>
  argument.value.kind === 'object' || isStringLike(argument.value, look) ? read(argument, look) : null,
);

function alike(driver: DriverId, modules: Library['modules'], given: (argument: Argument, look: Look) => Given | null): Library {
  return {
    driver,
    modules,
    matters: () => [0],
    read([argument], look): readonly Given[] {
      if (argument === undefined || isNothing(argument.value)) return [{ string: null, options: undefined }];
      const found = given(argument, look);
      return found === null ? [] : [found];
    },
  };
}

function read({ value, text }: Argument, { textOf }: Look): Given {
  if (text !== undefined) return { string: unlessBareName(text), options: undefined };
  if (value.kind !== 'object') return { string: 'hidden', options: undefined };
  const connectionString = propertyOf(value, 'connectionString');
  if (connectionString === undefined) return { string: value.open ? 'hidden' : null, options: value };
  if (isNothing(connectionString)) return { string: null, options: value };
  const written = textOf(connectionString);
  return { string: written === undefined ? 'hidden' : unlessBareName(written), options: value };
}

/** One word is the name of a database on the default host (pg-connection-string 2.14.1 index.js: `new URL(str, 'postgres://base')`). */
function unlessBareName(text: MappedText): MappedText | null {
  return /^[\w-]{1,63}$/.test(text.text) ? null : text;
}
