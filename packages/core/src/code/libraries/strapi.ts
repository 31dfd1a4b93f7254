import { entryOf, propertyOf } from '../../value.ts';
import { knex } from './knex.ts';
import type { Library } from './library.ts';

/**
 * Strapi's template of config/database: Knex's `connection` for each client in a map, the client's name apart from it
 * (`{ client, ...connections[client] }`). With the name beside it the shape is Knex's own.
 */
export const strapi: Library = {
  driver: 'knex',
  modules: {},
  read: () => [],
  shape: {
    names: ['postgres'],
    read(object, look) {
      const options = propertyOf(object, 'postgres');
      const connection = propertyOf(options, 'connection');
      const isPlace = ['host', 'connectionString'].some((name) => entryOf(connection, name) !== undefined);
      if (options?.kind !== 'object' || !isPlace || entryOf(options, 'client') !== undefined) return [];
      const client = { name: 'client', value: { kind: 'literal', value: 'postgres', span: options.span }, span: options.span } as const;
      return knex.shape?.read({ ...options, entries: [client, ...options.entries] }, look) ?? [];
    },
  },
};
