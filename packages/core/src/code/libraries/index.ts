import type { Imported } from '../scope.ts';
import { moduleName, packageOf } from '../modules.ts';
import { drizzle, drizzleKit, drizzlePostgresJs } from './drizzle.ts';
import { knex } from './knex.ts';
import type { Library } from './library.ts';
import { mikroOrm } from './mikro-orm.ts';
import { pg, pgPromise, prismaAdapterPg } from './pg.ts';
import { postgresJs } from './postgres-js.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';

/** The libraries that are known, each in its own file, with those that hand their options on as they are. */
export const LIBRARIES: readonly Library[] = [pg, postgresJs, sequelize, typeorm, knex, drizzle, drizzlePostgresJs, drizzleKit, mikroOrm, pgPromise, prismaAdapterPg];

const BY_MODULE: ReadonlyMap<string, Library> = new Map(LIBRARIES.flatMap((library) => Object.keys(library.modules).map((module) => [module, library] as const)));

/** The library of a module, and the name that it has there: a path in a package may be a library of its own (`drizzle-orm/node-postgres`). */
export function libraryOf(module: string): { readonly library: Library; readonly name: string } | undefined {
  for (const name of [moduleName(module), packageOf(module)]) {
    const library = BY_MODULE.get(name);
    if (library !== undefined) return { library, name };
  }
  return undefined;
}

/** The library whose call opens a connection, by what is called; with the name of that. */
export function libraryOfCall({ module, path }: Imported): { readonly library: Library; readonly name: string } | undefined {
  const found = libraryOf(module);
  const called = path.join('.');
  if (found?.library.modules[found.name]?.includes(called) !== true) return undefined;
  return { library: found.library, name: called === '' ? found.name : `${found.name}.${called}` };
}
