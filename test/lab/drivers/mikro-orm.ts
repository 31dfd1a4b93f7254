// MikroORM; the argument is the folder of another version than the repository's own.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Postgresql from '@mikro-orm/postgresql';
import { serve, taken } from './serve.ts';

const [, , from] = process.argv;
const NAME = '@mikro-orm/postgresql';
// By its file: `import` would take the nearest.
const main = from === undefined ? import.meta.resolve(NAME) : pathToFileURL(createRequire(join(from, 'index.js')).resolve(NAME)).href;
const { default: named, ...all } = (await import(main)) as typeof Postgresql & { default?: typeof Postgresql };
type Configuration = ConstructorParameters<typeof Postgresql.MikroORM>[0];
// 6 gives its driver only in initSync(), which 7 has not.
const { MikroORM } = (named ?? all) as { MikroORM: typeof Postgresql.MikroORM & { initSync?: (configuration: Configuration) => Postgresql.MikroORM } };
const { version } = JSON.parse(readFileSync(new URL('package.json', main), 'utf8')) as { version: string };

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const address = string === null ? (login === null ? {} : { ...login, dbName: login.database }) : { clientUrl: string };
  const configuration = { ...address, entities: [], discovery: { warnWhenNoEntities: false }, logger: () => undefined, pool: { min: 0, max: 1 }, ...rest } as Configuration;
  const orm = MikroORM.initSync?.(configuration) ?? new MikroORM(configuration);
  try {
    await orm.em.getConnection().execute('select 1');
  } finally {
    await orm.close();
  }
});
