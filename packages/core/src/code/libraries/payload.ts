import { propertyOf } from '../../value.ts';
import { type Library, stringOf } from './library.ts';

/** Payload: `postgresAdapter({ pool })`; the pool's options go to pg as they are (@payloadcms/db-postgres 4.0.0-canary.14 src/connect.ts). */
export const payload: Library = {
  driver: 'node-postgres',
  modules: { '@payloadcms/db-postgres': ['postgresAdapter'] },
  matters: () => [0],
  read([argument], look) {
    const pool = propertyOf(argument?.value, 'pool');
    if (pool?.kind !== 'object') return [];
    const string = propertyOf(pool, 'connectionString');
    return [{ string: string === undefined && pool.open ? 'hidden' : stringOf(string, look), options: pool }];
  },
};
