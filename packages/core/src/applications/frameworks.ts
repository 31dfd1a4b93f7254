import type { DriverId } from '../drivers/driver.ts';

/**
 * Names of variables and keys that a framework or library reads, and the driver that it hands them to. `_` parts words; a
 * key path is compared word by word as well (`spring.datasource.url`, `SPRING_DATASOURCE_URL`). Sources: each one's own
 * documentation of its settings.
 */
export const FRAMEWORK_NAMES: readonly (readonly [pattern: RegExp, driver: DriverId])[] = [
  // learn.microsoft.com/aspnet/core/fundamentals/configuration: ConnectionStrings__Default
  [/(?:^|_)CONNECTION_?STRINGS_/, 'npgsql'],
  // docs.ansible.com/ansible/latest/collections/community/postgresql: psycopg2 on the machine that runs the module
  [/(?:^|_)COMMUNITY_POSTGRESQL_/, 'psycopg2'],
  // docs.spring.io/spring-boot/appendix/application-properties: spring.datasource.*, spring.r2dbc.*
  [/(?:^|_)SPRING_(?:[A-Z0-9]+_)*DATASOURCE_/, 'pgjdbc'],
  [/(?:^|_)(?:SPRING_)?R2DBC_/, 'r2dbc-postgresql'],
  [/(?:^|_)(?:SPRING_)?(?:FLYWAY|LIQUIBASE)_URL$/, 'pgjdbc'],
  // quarkus.io/guides/datasource
  [/(?:^|_)QUARKUS_DATASOURCE_(?:[A-Z0-9]+_)*JDBC_URL$/, 'pgjdbc'],
  // flask-sqlalchemy.readthedocs.io/config, alembic's sqlalchemy.url
  [/(?:^|_)SQLALCHEMY_/, 'sqlalchemy'],
  [/(?:^|_)SQL_ALCHEMY_CONN/, 'sqlalchemy'],
  // registry.terraform.io/providers/cyrilgd/postgresql: lib/pq
  [/(?:^|_)PROVIDER_POSTGRESQL_/, 'lib-pq'],
  // typeorm.io, vercel.com/docs (POSTGRES_PRISMA_URL), prisma.io
  [/(?:^|_)TYPEORM_/, 'typeorm'],
  [/(?:^|_)PRISMA_/, 'prisma'],
  [/(?:^|_)DRIZZLE_/, 'drizzle'],
];

/** Files of one program: by the end of their path and by what they can't do without, the driver that it has inside. */
export const FRAMEWORK_FILES: readonly (readonly [path: RegExp, text: RegExp, driver: DriverId])[] = [
  // dbt-labs/dbt-core 0304e4d plugins/postgres/dbt/adapters/postgres/connections.py open()
  [/(?:^|\/)profiles\.ya?ml$/i, /^[ \t]*["']?type["']?:\s*["']?(?:postgres|redshift)\b/m, 'psycopg2'],
  // element-hq/synapse 3f96c95 synapse/storage/engines/__init__.py create_engine()
  [/\.ya?ml$/i, /^[ \t]*name:\s*["']?psycopg2\b/m, 'psycopg2'],
  // pgadmin-org/pgadmin4 bc58657 web/config.py PG_DEFAULT_DRIVER, docs/en_US/import_export_servers.rst
  [/\.json$/i, /"Servers"\s*:[^]{0,2000}"MaintenanceDB"/, 'psycopg'],
  // PostgREST/postgrest 4834678 postgrest.cabal: postgresql-libpq
  [/\.conf$/i, /^[ \t]*db-uri\s*=/m, 'libpq'],
  // hasura.io/docs/2.0/api-reference/syntax-defs: connection_info of a source; the engine has libpq inside (others.ts)
  [/\.ya?ml$/i, /^[ \t]*connection_info:/m, 'libpq'],
  // debezium/debezium ce1b5d7 PostgresConnection.java FACTORY
  [/\.(?:json|properties|ya?ml|conf)$/i, /\bio\.debezium\.connector\.postgresql\b/, 'pgjdbc'],
  // jdbc.postgresql.org/documentation/datasource: what Slick and HikariCP give their properties to
  [/\.(?:conf|properties|ya?ml|xml|json)$/i, /\borg\.postgresql\.(?:ds|xa)\.PG\w{1,30}DataSource\b/, 'pgjdbc'],
];

/** Images of the server's own tools and of poolers, by a part of their name. */
export const TOOL_IMAGES: readonly (readonly [pattern: RegExp, driver: DriverId])[] = [
  [/(?:^|\/)pgbouncer(?:[:@]|$)/, 'pgbouncer'],
  // What connects from inside a server's image is psql, pg_dump and their kin (hub.docker.com/_/postgres).
  [/(?:^|\/)(?:postgres(?:ql)?|postgis)(?:[:@]|$)/, 'libpq'],
];
