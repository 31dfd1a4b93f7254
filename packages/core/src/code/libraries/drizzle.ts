import type { DriverId } from '../../drivers/driver.ts';
import { type Value, entryOf, propertyOf } from '../../value.ts';
import { type Argument, type Given, type Library, type Look, databaseOf, isNothing, isStringLike, stringOf } from './library.ts';

/** `drizzle(url)`, `drizzle({ connection })`; a pool of its user's own is read where it is made. */
function library(driver: DriverId, modules: readonly string[], given: (connection: Value, argument: Value, look: Look) => Given): Library {
  return {
    driver,
    modules: Object.fromEntries(modules.map((module) => [module, ['drizzle']])),
    matters: () => [0],
    read([argument], look): readonly Given[] {
      if (argument === undefined || isNothing(argument.value)) return [];
      if (isStringLike(argument.value, look)) return [{ string: argument.text ?? 'hidden', options: undefined }];
      const connection = connectionOf(argument);
      return connection === undefined ? [] : [given(connection, argument.value, look)];
    },
  };
}

/** Drizzle over node-postgres. */
export const drizzle = library('drizzle', ['drizzle-orm/node-postgres'], (connection, argument, look) => ({
  string: stringOf(connection.kind === 'object' ? propertyOf(connection, 'connectionString') : connection, look),
  options: argument,
}));

/** Drizzle over another driver: what stands in `connection` is that driver's own, with the string under a name of it. */
function over(driver: DriverId, modules: readonly string[], stringName: string): Library {
  return library(driver, modules, (connection, _, look) =>
    connection.kind === 'object' ? { string: stringOf(propertyOf(connection, stringName), look), options: connection } : { string: stringOf(connection, look), options: undefined },
  );
}

// drizzle-orm 0.45.4 postgres-js/driver.js, bun-sql/driver.js: `const { url, ...config } = params[0].connection`.
export const drizzlePostgresJs = over('postgres.js', ['drizzle-orm/postgres-js'], 'url');
export const drizzleBun = over('bun', ['drizzle-orm/bun-sql', 'drizzle-orm/bun-sql/postgres'], 'url');
// drizzle-orm 0.45.4 neon-serverless/driver.js, neon-http/driver.js; vercel-postgres/driver.js takes no string.
export const drizzleNeon = over('neon-serverless', ['drizzle-orm/neon-serverless', 'drizzle-orm/neon-http'], 'connectionString');

/** `{ connection }` without a `client`, which would be used instead. */
function connectionOf({ value }: Argument): Value | undefined {
  const connection = propertyOf(value, 'connection');
  return isNothing(connection) || !isNothing(propertyOf(value, 'client')) ? undefined : connection;
}

/** drizzle.config: `defineConfig({ dialect: 'postgresql', dbCredentials })`, or the object alone. */
export const drizzleKit: Library = {
  driver: 'drizzle-kit',
  modules: { 'drizzle-kit': ['defineConfig'] },
  matters: () => [0],
  read: ([argument], look) => (argument === undefined ? [] : configuration(argument.value, look)),
  shape: { names: ['dbCredentials'], read: configuration },
};

function configuration(options: Value, look: Look): readonly Given[] {
  // `driver` names what needs no TLS of ours: pglite, aws-data-api.
  if (databaseOf(options, 'dialect', look) !== 'postgres' || !isNothing(propertyOf(options, 'driver'))) return [];
  const credentials = propertyOf(options, 'dbCredentials');
  if (credentials === undefined || isNothing(credentials)) return [];
  const parts = ['host', 'database'].every((name) => entryOf(credentials, name) !== undefined);
  if (credentials.kind !== 'object') return [{ string: 'hidden', options }];
  return [{ string: parts ? null : stringOf(propertyOf(credentials, 'url'), look), options }];
}
