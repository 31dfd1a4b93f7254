import { type Value, propertyOf } from '../../value.ts';
import { type Argument, type Given, type Library, type Look, databaseOf, isNothing, stringOf } from './library.ts';

/**
 * Knex: `knex(url)`, `knex({ client, connection })`, the environments of a knexfile, and whatever is built on it and takes the
 * same object (AdonisJS's `connections`, Strapi's `connection`, Objection). `connection` is a string, an object, or a function
 * that gives either.
 */
export const knex: Library = {
  driver: 'knex',
  modules: { knex: ['', 'knex', 'Knex'] },
  matters: () => [0],
  read([argument], look): readonly Given[] {
    if (argument === undefined) return [];
    return ofUrl(argument) ?? configuration(argument.value, look);
  },
  shape: { names: ['client', 'dialect'], beside: ['connection'], read: configuration },
};

/** `knex(url)`: its scheme is the name of the client. */
function ofUrl({ text }: Argument): readonly Given[] | undefined {
  if (text === undefined) return undefined;
  return /^(?:postgres|pg|cockroach|redshift)/.test(text.text) ? [{ string: text, options: undefined }] : [];
}

function configuration(options: Value, look: Look): readonly Given[] {
  // `{ client, connection }` may be a client of pg's with anything: a name that is hidden is none of Knex's, whatever the file is about.
  const strict: Look = { ...look, isAboutPostgres: false };
  if (options.kind !== 'object' || databaseOf(options, propertyOf(options, 'client') === undefined ? 'dialect' : 'client', strict) !== 'postgres') return [];
  const written = propertyOf(options, 'connection');
  const connection = written?.kind === 'function' ? written.returns : written;
  if (connection === undefined || isNothing(connection)) return written?.kind === 'function' ? [{ string: 'hidden', options }] : [];
  if (connection.kind !== 'object') return [{ string: stringOf(connection, look), options }];
  const connectionString = propertyOf(connection, 'connectionString');
  return [{ string: connectionString === undefined && connection.open ? 'hidden' : stringOf(connectionString, look), options }];
}
