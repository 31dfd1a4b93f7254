// MikroORM 7.
import { readFileSync } from 'node:fs';
import { MikroORM } from '@mikro-orm/postgresql';
import { serve, taken } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.resolve('@mikro-orm/postgresql')), 'utf8')) as { version: string };

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const address = string === null ? (login === null ? {} : { ...login, dbName: login.database }) : { clientUrl: string };
  const orm = new MikroORM({ ...address, entities: [], discovery: { warnWhenNoEntities: false }, logger: () => undefined, pool: { min: 0, max: 1 }, ...rest } as ConstructorParameters<typeof MikroORM>[0]);
  try {
    await orm.em.getConnection().execute('select 1');
  } finally {
    await orm.close();
  }
});
