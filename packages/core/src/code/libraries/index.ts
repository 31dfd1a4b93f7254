import type { Imported } from '../scope.ts';
import { moduleName, packageOf } from '../modules.ts';
import { bun } from './bun.ts';
import { denoPostgres } from './deno-postgres.ts';
import { directus } from './directus.ts';
import { drizzle, drizzleBun, drizzleKit, drizzleNeon, drizzlePostgresJs } from './drizzle.ts';
import { knex } from './knex.ts';
import type { Library } from './library.ts';
import { medusa, medusaOne } from './medusa.ts';
import { mikroOrm } from './mikro-orm.ts';
import { neon } from './neon.ts';
import { payload } from './payload.ts';
import { libpqOfPgNative, pg, pgNative, pgPromise, prismaAdapterPg } from './pg.ts';
import { postgresJs } from './postgres-js.ts';
import { prisma } from './prisma.ts';
import { sequelize } from './sequelize.ts';
import { slonik } from './slonik.ts';
import { strapi } from './strapi.ts';
import { typeorm } from './typeorm.ts';

/** The libraries that are known, each in its own file, with those that hand their options on as they are. */
export const LIBRARIES: readonly Library[] = [
  pg, pgNative, libpqOfPgNative, postgresJs, slonik, bun, denoPostgres, neon, sequelize, typeorm, knex, drizzle, drizzlePostgresJs, drizzleBun, drizzleNeon, drizzleKit, mikroOrm,
  pgPromise, prisma, prismaAdapterPg, payload, medusa, medusaOne, directus, strapi,
];

/** Several drivers may share a module: `pg` has the native client too. */
const BY_MODULE = new Map<string, Library[]>();
for (const library of LIBRARIES) for (const module of Object.keys(library.modules)) BY_MODULE.set(module, [...(BY_MODULE.get(module) ?? []), library]);

/** The libraries of a module, and the name that it has there: a path in a package may be a library of its own (`drizzle-orm/node-postgres`). */
function librariesOf(module: string): { readonly libraries: readonly Library[]; readonly name: string } | undefined {
  const full = moduleName(module);
  for (const name of [full, packageOf(full)]) {
    const libraries = BY_MODULE.get(name);
    if (libraries !== undefined) return { libraries, name };
  }
  return undefined;
}

/** The library that a module is first of all. */
export function libraryOf(module: string): Library | undefined {
  return librariesOf(module)?.libraries[0];
}

/** The library whose call opens a connection, by what is called; with the name of that. */
export function libraryOfCall({ module, path }: Imported): { readonly library: Library; readonly name: string } | undefined {
  const found = librariesOf(module);
  const called = path.join('.');
  const library = found?.libraries.find(({ modules }) => modules[found.name]?.includes(called) === true);
  if (found === undefined || library === undefined) return undefined;
  return { library, name: called === '' ? found.name : `${found.name}.${called}` };
}
