import { DRIVER_IDS, type DriverId } from '../drivers/driver.ts';

/**
 * Names of variables and keys that one program reads, and the driver that it hands them to. `_` parts words; a key path
 * is compared word by word as well (`spring.datasource.url`, `SPRING_DATASOURCE_URL`). Sources: each program's own
 * documentation of its settings, and DRIVERS.md's notes on their code.
 */
const NAMES: readonly (readonly [pattern: RegExp, driver: DriverId])[] = [
  // learn.microsoft.com/aspnet/core/fundamentals/configuration: ConnectionStrings__Default
  [/(?:^|_)CONNECTION_?STRINGS_/, 'npgsql'],
  // docs.spring.io/spring-boot/appendix/application-properties: spring.datasource.*, spring.r2dbc.*
  [/(?:^|_)SPRING_(?:[A-Z0-9]+_)*DATASOURCE_/, 'pgjdbc'],
  [/(?:^|_)(?:SPRING_)?R2DBC_/, 'r2dbc-postgresql'],
  [/(?:^|_)(?:SPRING_)?(?:FLYWAY|LIQUIBASE)_URL$/, 'pgjdbc'],
  // quarkus.io/guides/datasource
  [/(?:^|_)QUARKUS_DATASOURCE_(?:[A-Z0-9]+_)*JDBC_URL$/, 'pgjdbc'],
  // flask-sqlalchemy.readthedocs.io/config, airflow.apache.org/docs (database.sql_alchemy_conn), alembic's sqlalchemy.url
  [/(?:^|_)SQLALCHEMY_/, 'sqlalchemy'],
  [/(?:^|_)AIRFLOW__(?:DATABASE|CORE)__SQL_ALCHEMY_/, 'sqlalchemy'],
  [/(?:^|_)SQL_ALCHEMY_CONN/, 'sqlalchemy'],
  // hasura.io/docs: libpq through pg-client-hs
  [/(?:^|_)HASURA_GRAPHQL_(?:METADATA_)?DATABASE_URL$/, 'libpq'],
  // docs.postgrest.org: PGRST_DB_URI, libpq through hasql
  [/(?:^|_)PGRST_DB_URI$/, 'libpq'],
  // keycloak.org/server/all-config (KC_DB_URL), metabase.com/docs (MB_DB_CONNECTION_URI): JDBC
  [/(?:^|_)KC_DB_/, 'pgjdbc'],
  [/(?:^|_)MB_DB_/, 'pgjdbc'],
  // grafana.com/docs: GF_DATABASE_*, xorm over lib/pq
  [/(?:^|_)GF_DATABASE_/, 'lib-pq'],
  // prometheus-community/postgres_exporter, gitea, mattermost: lib/pq
  [/(?:^|_)DATA_SOURCE_(?:NAME|URI)$/, 'lib-pq'],
  [/(?:^|_)(?:GITEA|FORGEJO)__DATABASE__/, 'lib-pq'],
  [/(?:^|_)MM_SQLSETTINGS_DATASOURCE$/, 'lib-pq'],
  // registry.terraform.io/providers/cyrilgd/postgresql: lib/pq
  [/(?:^|_)PROVIDER_POSTGRESQL_/, 'lib-pq'],
  // supabase: auth (pgx), postgres-meta (node-postgres)
  [/(?:^|_)GOTRUE_DB_/, 'pgx'],
  [/(?:^|_)PG_META_DB_/, 'node-postgres'],
  // typeorm.io, vercel.com/docs (POSTGRES_PRISMA_URL), prisma.io
  [/(?:^|_)TYPEORM_/, 'typeorm'],
  [/(?:^|_)PRISMA_/, 'prisma'],
  [/(?:^|_)DRIZZLE_/, 'drizzle'],
];

/** Images of programs, by a part of their name, and the driver inside. Same sources. */
const IMAGES: readonly (readonly [pattern: RegExp, driver: DriverId])[] = [
  [/(?:^|\/)graphql-engine(?:[:@]|$)/, 'libpq'],
  [/(?:^|\/)postgrest(?:[:@]|$)/, 'libpq'],
  [/(?:^|\/)metabase(?:[:@]|$)/, 'pgjdbc'],
  [/(?:^|\/)keycloak(?:[:@]|$)/, 'pgjdbc'],
  [/(?:^|\/)sonarqube(?:[:@]|$)/, 'pgjdbc'],
  [/(?:^|\/)grafana(?:-oss|-enterprise)?(?:[:@]|$)/, 'lib-pq'],
  [/(?:^|\/)(?:gitea|forgejo)(?:[:@]|$)/, 'lib-pq'],
  [/(?:^|\/)postgres[-_]exporter(?:[:@]|$)/, 'lib-pq'],
  [/(?:^|\/)gotrue(?:[:@]|$)/, 'pgx'],
  [/(?:^|\/)postgres-meta(?:[:@]|$)/, 'node-postgres'],
  [/(?:^|\/)(?:apache\/)?airflow(?:[:@]|$)/, 'sqlalchemy'],
  [/(?:^|\/)directus(?:[:@]|$)/, 'knex'],
  [/(?:^|\/)pgbouncer(?:[:@]|$)/, 'pgbouncer'],
  // What connects from inside a server's image is psql, pg_dump and their kin (hub.docker.com/_/postgres).
  [/(?:^|\/)(?:postgres(?:ql)?|postgis)(?:[:@]|$)/, 'libpq'],
];

/** Images that are a server of PostgreSQL, or a pooler before one. */
const SERVER = /(?:^|\/)(?:postgres(?:ql)?(?:-repmgr|-ha)?|postgis|timescaledb(?:-ha)?|pgvector|pgvecto-rs|pgbouncer|pgpool|pgcat|supavisor|cockroach|citus|spilo(?:-\d+)?|cloudnative-pg)(?:[:@]|$)/;

/** Images that are a server of something else. */
const OTHER_SERVER = /(?:^|\/)(?:mysql|mysql-server|mariadb|percona|mongo|mongodb|redis|valkey|keydb|rabbitmq|mssql|sqlserver|clickhouse(?:-server)?|elasticsearch|opensearch|memcached|cassandra|neo4j|influxdb|oracle-xe|mailhog|mailpit)(?:[:@]|$)/;

/** Drivers that the name of a variable or a key path points to. */
export function hintsOfName(name: string): readonly DriverId[] {
  const words = name.replaceAll(/[.[\]-]/g, '_').replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  return NAMES.filter(([pattern]) => pattern.test(words)).map(([, driver]) => driver);
}

/** Drivers that the image of a container points to. */
export function hintsOfImage(image: string): readonly DriverId[] {
  const name = image.toLowerCase();
  return IMAGES.filter(([pattern]) => pattern.test(name)).map(([, driver]) => driver);
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
