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

/** Images of the server's own tools and of poolers, by a part of their name. */
export const TOOL_IMAGES: readonly (readonly [pattern: RegExp, driver: DriverId])[] = [
  [/(?:^|\/)pgbouncer(?:[:@]|$)/, 'pgbouncer'],
  // What connects from inside a server's image is psql, pg_dump and their kin (hub.docker.com/_/postgres).
  [/(?:^|\/)(?:postgres(?:ql)?|postgis)(?:[:@]|$)/, 'libpq'],
];
