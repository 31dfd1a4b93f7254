import { applicationOfImage, FRAMEWORK_NAMES, TOOL_IMAGES } from '../applications/index.ts';
import { DRIVER_IDS, type DriverId } from '../drivers/driver.ts';
import type { Hint } from './applications.ts';

/** Images that are a server of PostgreSQL, or a pooler before one. */
const SERVER = /(?:^|\/)(?:postgres(?:ql)?(?:-repmgr|-ha)?|postgis|timescaledb(?:-ha)?|pgvector|pgvecto-rs|pgbouncer|pgpool|pgcat|supavisor|cockroach|citus|spilo(?:-\d+)?|cloudnative-pg)(?:[:@]|$)/;

/** Images that are a server of something else. */
const OTHER_SERVER = /(?:^|\/)(?:mysql|mysql-server|mariadb|percona|mongo|mongodb|redis|valkey|keydb|rabbitmq|mssql|sqlserver|clickhouse(?:-server)?|elasticsearch|opensearch|memcached|cassandra|neo4j|influxdb|oracle-xe|mailhog|mailpit)(?:[:@]|$)/;

/** Drivers that the name of a variable or a key path points to. */
export function hintsOfName(name: string): readonly DriverId[] {
  const words = name.replaceAll(/[.[\]-]/g, '_').replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  return FRAMEWORK_NAMES.filter(([pattern]) => pattern.test(words)).map(([, driver]) => driver);
}

/** What the image of a container points to. */
export function hintsOfImage(image: string): readonly Hint[] {
  const application = applicationOfImage(image);
  if (application !== undefined) return [application];
  const name = image.toLowerCase();
  return TOOL_IMAGES.filter(([pattern]) => pattern.test(name)).map(([, driver]) => driver);
}

/** What kind of server an image is; `null` for none that we know. */
export function serverOfImage(image: string): 'postgres' | 'other' | null {
  const name = image.toLowerCase();
  return SERVER.test(name) ? 'postgres' : OTHER_SERVER.test(name) ? 'other' : null;
}

/**
 * Drivers that a word for the kind of database points to, where one program only has that word: Laravel's
 * DB_CONNECTION=pgsql (laravel.com/docs/database), Django's engine, SQLAlchemy's drivername.
 */
export function hintsOfDialect(name: string, value: string): readonly DriverId[] {
  if (value === 'pgsql' && /CONNECTION$/i.test(name)) return ['laravel'];
  if (value.startsWith('django.db.')) return ['django'];
  if (/^postgresql\+(?:asyncpg|psycopg2?|pg8000)$/.test(value)) return ['sqlalchemy'];
  return value === 'org.postgresql.Driver' ? ['pgjdbc'] : [];
}

/** Without repeats, in the order of driver ids. */
export function inOrder(hints: readonly DriverId[]): readonly DriverId[] {
  return hints.length < 2 ? hints : DRIVER_IDS.filter((id) => hints.includes(id));
}
