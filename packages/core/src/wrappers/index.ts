import type { Driver } from '../drivers/driver.ts';
import { kysely, pgPromise, prismaAdapterPg } from './alike.ts';
import { drizzle, drizzleKit } from './drizzle.ts';
import { knex } from './knex.ts';
import { mikroOrm } from './mikro-orm.ts';
import { sequelize } from './sequelize.ts';
import { typeorm } from './typeorm.ts';

/** Every wrapper that is modelled, in the order of the ids. A wrapper says only where it nests a driver's settings and what it drops. */
export const WRAPPERS: readonly Driver[] = [sequelize, typeorm, knex, kysely, drizzle, drizzleKit, mikroOrm, pgPromise, prismaAdapterPg];
