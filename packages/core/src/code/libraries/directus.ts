import { type Entry, type Value, entryOf, propertyOf } from '../../value.ts';
import { type Library, databaseOf, stringOf } from './library.ts';

/**
 * Directus's configuration in code (`config.js`): what begins with `DB_` goes to Knex, `DB_CONNECTION_STRING` in place of all
 * else (directus/directus api/src/database/index.ts getDatabase()).
 */
export const directus: Library = {
  driver: 'knex',
  modules: {},
  read: () => [],
  shape: {
    names: ['DB_CLIENT'],
    read(object, look) {
      if (databaseOf(object, 'DB_CLIENT', { ...look, isAboutPostgres: false }) !== 'postgres') return [];
      const string = stringOf(propertyOf(object, 'DB_CONNECTION_STRING'), look);
      const places = string === null ? [under(object, 'DB_HOST', 'host'), under(object, 'DB_DATABASE', 'database'), under(object, 'DB_SSL', 'ssl')].flat() : [];
      const connection: Value = { kind: 'object', entries: places, open: object.kind === 'object' && object.open, span: object.span };
      return [{ string, options: string === null ? { ...connection, entries: [{ name: 'connection', value: connection, span: object.span }] } : undefined }];
    },
  },
};

function under(object: Value, from: string, name: string): readonly Entry[] {
  const entry = entryOf(object, from);
  return entry === undefined ? [] : [{ ...entry, name }];
}
