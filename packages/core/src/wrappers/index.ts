import type { Driver } from '../drivers/driver.ts';
import { diesel, ecto, efCore, gorm, kysely, pgPromise, prismaAdapterPg, seaOrm } from './alike.ts';
import { django } from './django.ts';
import { doctrine } from './doctrine.ts';
import { drizzle, drizzleKit } from './drizzle.ts';
import { knex } from './knex.ts';
import { laravel } from './laravel.ts';
import { mikroOrm } from './mikro-orm.ts';
import { rails } from './rails.ts';
import { sequelize } from './sequelize.ts';
import { spring } from './spring.ts';
import { sqlalchemy } from './sqlalchemy.ts';
import { typeorm } from './typeorm.ts';

/** Every wrapper, in the order of the ids. A wrapper says only where it nests a driver's settings and what it drops. */
export const WRAPPERS: readonly Driver[] = [
  ...[sequelize, typeorm, knex, kysely, drizzle, drizzleKit, mikroOrm, pgPromise, prismaAdapterPg],
  ...[django, sqlalchemy, rails, laravel, doctrine, spring, gorm, ecto, diesel, seaOrm, efCore],
];
