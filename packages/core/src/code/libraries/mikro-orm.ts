import { type Value, propertyOf } from '../../value.ts';
import { type Given, type Library, type Look, stringOf } from './library.ts';

/**
 * MikroORM: `MikroORM.init(options)`, `new MikroORM(options)`, `defineConfig(options)` of its package for PostgreSQL; of its
 * core and of Nest's module, and as an object, with the driver for PostgreSQL in it.
 */
export const mikroOrm: Library = {
  driver: 'mikro-orm',
  modules: {
    '@mikro-orm/postgresql': ['MikroORM', 'MikroORM.init', 'MikroORM.initSync', 'defineConfig'],
    '@mikro-orm/core': ['MikroORM', 'MikroORM.init', 'MikroORM.initSync', 'defineConfig'],
    '@mikro-orm/nestjs': ['MikroOrmModule.forRoot'],
  },
  matters: () => [0],
  read([argument], look, name): readonly Given[] {
    const options = argument?.value;
    if (options?.kind !== 'object') return [];
    return name.startsWith('@mikro-orm/postgresql') || isForPostgres(options, look) ? [given(options, look)] : [];
  },
  shape: {
    names: ['driver', 'type'],
    beside: ['dbName', 'clientUrl', 'entities'],
    read: (object, look) => (isForPostgres(object, look) ? [given(object, look)] : []),
  },
};

/** `driver: PostgreSqlDriver`; `type: 'postgresql'` up to 5, beside names that TypeORM does not have. */
function isForPostgres(options: Value, { sourceOf }: Look): boolean {
  const driver = propertyOf(options, 'driver');
  if (driver !== undefined) return sourceOf(driver).slice(0, 200).includes('PostgreSql');
  const type = propertyOf(options, 'type');
  return type?.kind === 'literal' && type.value === 'postgresql';
}

function given(options: Value, look: Look): Given {
  return { string: stringOf(propertyOf(options, 'clientUrl'), look), options };
}
