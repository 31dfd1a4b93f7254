import { entryOf } from '../value.ts';
import type { Value } from '../value.ts';
import type { Branch } from './conditions.ts';

/** Properties whose branches are told apart; a conditional anywhere else hides that property alone. */
export const DECISIVE: ReadonlySet<string> = new Set([
  'connectionString', 'connection', 'url', 'clientUrl', 'dialectOptions', 'driverOptions', 'extra', 'dbCredentials', 'replication', 'useFactory', 'pool', 'postgres',
  'databaseUrl', 'databaseDriverOptions', 'database_url', 'database_extra', 'datasources', 'datasourceUrl', 'datasource', 'db', 'DB_CONNECTION_STRING', 'DB_SSL',
  'host', 'hostname', 'path', 'ssl', 'tls', 'sslmode', 'sslnegotiation', 'rejectUnauthorized', 'checkServerIdentity', 'ca', 'minVersion', 'maxVersion', 'enabled', 'enforce',
]);

/** True where the branches of a property are told apart. A `pool` holds a connection in Payload alone: elsewhere its size decides nothing. */
export function isDecisive(name: string, branches: readonly Branch<Value>[]): boolean {
  return DECISIVE.has(name) && (name !== 'pool' || branches.some(({ value }) => ['connectionString', 'ssl', 'host'].some((inner) => entryOf(value, inner) !== undefined)));
}
