import { type Entry, type Value, entryOf, propertyOf } from '../../value.ts';
import { type Given, type Library, type Look, isNothing, stringOf } from './library.ts';

/**
 * Medusa 2: `defineConfig({ projectConfig })`, in which the `ssl` or `connection.ssl` of `databaseDriverOptions` goes into Knex's
 * `connection`, in that order (medusajs/medusa packages/core/utils/src/modules-sdk/create-pg-connection.ts).
 */
export const medusa: Library = {
  driver: 'knex',
  modules: { '@medusajs/framework': ['defineConfig'], '@medusajs/utils': ['defineConfig'] },
  matters: () => [0],
  read([config], look) {
    const project = propertyOf(config?.value, 'projectConfig');
    return project === undefined ? [] : configuration(project, look);
  },
  shape: { names: ['databaseDriverOptions'], read: configuration },
};

/** Medusa 1: `projectConfig.database_extra` is TypeORM's `extra` (medusajs/medusa v1 packages/medusa/src/loaders/database.ts). */
export const medusaOne: Library = {
  driver: 'typeorm',
  modules: {},
  read: () => [],
  shape: {
    names: ['database_extra'],
    read(object, look) {
      const extra = entryOf(object, 'database_extra');
      const type = propertyOf(object, 'database_type');
      if (extra === undefined || (type?.kind === 'literal' && !String(type.value).startsWith('postgres'))) return [];
      return [{ string: stringOf(propertyOf(object, 'database_url'), look) ?? 'hidden', options: around(object, [{ ...extra, name: 'extra' }]) }];
    },
  },
};

function configuration(object: Value, look: Look): readonly Given[] {
  const driver = propertyOf(object, 'databaseDriverOptions');
  if (driver === undefined) return [];
  const ssl = [driver, propertyOf(driver, 'connection')].map((each) => entryOf(each, 'ssl')).find((entry) => entry !== undefined && !isNothing(entry.value));
  const string = stringOf(propertyOf(object, 'databaseUrl'), look) ?? 'hidden';
  return [{ string, options: around(object, ssl === undefined ? [] : [{ name: 'connection', value: around(driver, [ssl]), span: ssl.span }]) }];
}

function around({ span }: Value, entries: readonly Entry[]): Value {
  return { kind: 'object', entries, open: false, span };
}
