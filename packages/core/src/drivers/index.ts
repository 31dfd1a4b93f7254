import { asyncpg } from './asyncpg.ts';
import { bun } from './bun.ts';
import { denoPostgres } from './deno-postgres.ts';
import { DRIVER_IDS, type Driver, type DriverId } from './driver.ts';
import { libPq } from './lib-pq.ts';
import { LIBPQ_CLIENTS } from './libpq-clients.ts';
import { libpq } from './libpq.ts';
import { neonServerless } from './neon-serverless.ts';
import { nodePostgres } from './node-postgres.ts';
import { npgsql } from './npgsql.ts';
import { pg8000 } from './pg8000.ts';
import { pgNative } from './pg-native.ts';
import { pgbouncer } from './pgbouncer.ts';
import { pgjdbc } from './pgjdbc.ts';
import { pgx } from './pgx.ts';
import { postgresJs } from './postgres-js.ts';
import { postgrex } from './postgrex.ts';
import { prisma } from './prisma.ts';
import { psqlodbc } from './psqlodbc.ts';
import { r2dbcPostgresql } from './r2dbc-postgresql.ts';
import { slonik } from './slonik.ts';
import { sqlx } from './sqlx.ts';
import { tokioPostgres } from './tokio-postgres.ts';
import { WRAPPERS } from '../wrappers/index.ts';
import { labelOf } from './versions.ts';

/** Every driver that is modelled, in the order of the ids: one line a driver. */
export const DRIVERS: readonly Driver[] = [libpq, ...LIBPQ_CLIENTS, psqlodbc, nodePostgres, pgNative, postgresJs, slonik, bun, denoPostgres, neonServerless, prisma, npgsql, pgjdbc, r2dbcPostgresql, pgx, libPq, asyncpg, pg8000, tokioPostgres, sqlx, postgrex, pgbouncer, ...WRAPPERS];

const BY_ID: ReadonlyMap<string, Driver> = new Map(DRIVERS.map((driver) => [driver.id, driver]));

/** Other spellings that users write for an id. */
const ALIASES: Readonly<Record<string, DriverId>> = { 'lib/pq': 'lib-pq', pg: 'node-postgres', 'postgres-js': 'postgres.js' };

/** The driver of an id or one of its other spellings; `undefined` for one that is not modelled. */
export function driverOf(id: string): Driver | undefined {
  return BY_ID.get(ALIASES[id] ?? id);
}

/** The place of an id in the order that decides between equals. */
export function rankOf(id: DriverId): number {
  return DRIVER_IDS.indexOf(id);
}

/** `ID@VERSION` taken apart; the version is a major (or major.minor) one, `null` for none. */
export function parseDriverName(name: string): { readonly id: string; readonly version: string | null } {
  const at = name.lastIndexOf('@');
  return at > 0 ? { id: name.slice(0, at), version: name.slice(at + 1) || null } : { id: name, version: null };
}

/** The label of the version to judge: what was asked for if the model tells it apart, else the newest released. `undefined` for a version that it doesn't know. */
export function versionLabel(driver: Driver, wanted: string | null): string | undefined {
  const released = driver.versions.findLast((version) => version.released);
  if (wanted === null) return released?.label;
  return labelOf(driver.versions, wanted);
}
