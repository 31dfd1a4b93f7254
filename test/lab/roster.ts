import type { DriverId } from '@sslmode/core';

/** A driver as it can be run here. */
export interface LabDriver {
  /** The id of its model. */
  readonly id: DriverId;
  /** What is installed, and so the name of the measured file; what the driver's process says of itself has to begin with it. */
  readonly version: string;
  /** Behind the version in the name of the file, where the same driver runs in several. */
  readonly variant?: string;
  /** In `drivers/`. */
  readonly program: string;
  readonly argument?: string;
  /** What runs the program, where it is not the language's own: Node. */
  readonly runtime?: 'bun' | 'deno';
  /** A version of Node that the driver was made for, where it does not run in ours: npm brings it, only for `npm run lab`. */
  readonly node?: string;
  /** A package that npm brings into the lab's own cache, only for `npm run lab`, and whose folder the program is told: `bun@1.3.14`. */
  readonly brings?: string;
  /** Debian's packages that it needs, only for `npm run lab`; the first is the driver's own. */
  readonly debian?: readonly [string, ...string[]];
  /** It runs over the libpq that npm brings. */
  readonly overLibpq?: boolean;
  /** False for one from before SCRAM: PostgreSQL itself lets it in nowhere, and is not asked. */
  readonly knowsScram?: false;
  /** Where it is not there on every machine, or takes its time: only `npm run lab` measures it. */
  readonly optional?: boolean;
}

/** Clients of libpq from Debian, which run over the libpq that npm brings: the newest, and the one that their models speak of. */
const overLibpq = (id: DriverId, version: string, program: string, ...debian: [string, ...string[]]): LabDriver => ({ id, version, program, ...(program === 'python.py' ? { argument: id } : {}), debian, overLibpq: true, optional: true });

/** All that npm brings, and what the machine may have. */
export const LAB_DRIVERS: readonly LabDriver[] = [
  { id: 'libpq', version: '18', program: 'libpq.ts' },
  { id: 'libpq', version: '15', program: 'libpq.ts', argument: 'machine', optional: true },
  { id: 'libpq', version: '15', variant: 'psql', program: 'psql.ts', debian: ['postgresql-client-15'], optional: true },
  overLibpq('psycopg', '3.1.7', 'python.py', 'python3-psycopg'),
  overLibpq('psycopg2', '2.9.5', 'python.py', 'python3-psycopg2'),
  overLibpq('ruby-pg', '1.4.5', 'ruby.rb', 'ruby-pg', 'ruby'),
  overLibpq('php-pdo', '8.2', 'php.php', 'php-pgsql', 'php-cli'),
  overLibpq('perl-dbd-pg', '3.16.0', 'perl.pl', 'libdbd-pg-perl'),
  overLibpq('psqlodbc', '13.02', 'python.py', 'odbc-postgresql', 'python3-pyodbc'),
  { id: 'node-postgres', version: '8.23.1', program: 'pg.ts', argument: 'pg' },
  { id: 'node-postgres', version: '8.11.3', program: 'pg.ts', argument: 'pg-8.11.3' },
  { id: 'node-postgres', version: '8.0.3', program: 'pg.ts', argument: 'pg-8.0.3' },
  // From Node 14 on it never connects; in 12.22.5 Node began to verify where `rejectUnauthorized` is undefined (CVE-2021-22939).
  { id: 'node-postgres', version: '7.18.2', program: 'pg.ts', argument: 'pg-7.18.2', node: '12.22.4', optional: true },
  { id: 'node-postgres', version: '8.23.1', variant: 'deno', program: 'pg.ts', argument: 'pg', runtime: 'deno' },
  { id: 'pg-native', version: '3', program: 'pg-native.ts' },
  { id: 'postgres.js', version: '3.4.9', program: 'postgres.ts' },
  { id: 'postgres.js', version: '3.4.9', variant: 'drizzle', program: 'drizzle.ts', argument: 'postgres.js' },
  { id: 'slonik', version: '49.10.9', program: 'slonik.ts' },
  { id: 'bun', version: '1.4.5', program: 'bun.ts', runtime: 'bun' },
  { id: 'bun', version: '1.3.14', program: 'bun.ts', runtime: 'bun', brings: 'bun@1.3.14', optional: true },
  { id: 'pgjdbc', version: '42.5.5', program: 'pgjdbc.java', debian: ['libpostgresql-jdbc-java', 'libgoogle-gson-java', 'default-jdk-headless'], optional: true },
  { id: 'pgx', version: '4.15.0', program: 'go.go', argument: 'pgx', debian: ['golang-github-jackc-pgx-v4-dev', 'golang-github-lib-pq-dev', 'golang-1.19-go'], optional: true },
  { id: 'lib-pq', version: '1.10.7', program: 'go.go', argument: 'lib-pq', debian: ['golang-github-lib-pq-dev', 'golang-github-jackc-pgx-v4-dev', 'golang-1.19-go'], optional: true },
  { id: 'tokio-postgres', version: '0.7.7', program: 'rust.rs', debian: ['librust-tokio-postgres-dev', 'librust-tokio-native-tls-dev', 'librust-serde-json-dev', 'cargo'], optional: true },
  { id: 'tokio-postgres', version: '0.7.7', variant: 'accepts-any', program: 'rust.rs', argument: 'accepts-any', debian: ['librust-tokio-postgres-dev', 'librust-tokio-native-tls-dev', 'librust-serde-json-dev', 'cargo'], optional: true },
  { id: 'asyncpg', version: '0.27.0', program: 'python.py', argument: 'asyncpg', debian: ['python3-asyncpg'], optional: true },
  { id: 'pg8000', version: '1.10.6', program: 'python.py', argument: 'pg8000', debian: ['python3-pg8000'], knowsScram: false, optional: true },
  { id: 'pgbouncer', version: '1.18.0', program: 'python.py', argument: 'pgbouncer', debian: ['pgbouncer', 'python3-psycopg2'], optional: true },
  { id: 'sqlalchemy', version: '1.4.46', program: 'python.py', argument: 'sqlalchemy', debian: ['python3-sqlalchemy', 'python3-psycopg2', 'python3-asyncpg', 'python3-greenlet'], overLibpq: true, optional: true },
  { id: 'django', version: '3.2.25', program: 'python.py', argument: 'django', debian: ['python3-django', 'python3-dj-database-url', 'python3-psycopg2'], overLibpq: true, optional: true },
  { id: 'rails', version: '6.1.7', program: 'ruby.rb', argument: 'rails', debian: ['ruby-activerecord', 'ruby-pg', 'ruby'], overLibpq: true, optional: true },
  { id: 'doctrine', version: '3.6.1', program: 'php.php', argument: 'doctrine', debian: ['php-doctrine-dbal', 'php-pgsql', 'php-cli'], overLibpq: true, optional: true },
  { id: 'laravel', version: '8.83.26', program: 'php.php', argument: 'laravel', debian: ['php-illuminate-database', 'php-pgsql', 'php-cli'], overLibpq: true, optional: true },
  { id: 'sequelize', version: '6.37.8', program: 'sequelize.ts' },
  { id: 'typeorm', version: '1.1.1', program: 'typeorm.ts' },
  { id: 'knex', version: '3.3.0', program: 'knex.ts' },
  { id: 'kysely', version: '0.29.9', program: 'kysely.ts' },
  { id: 'drizzle', version: '0.45.4', program: 'drizzle.ts' },
  { id: 'drizzle-kit', version: '0.31.11', program: 'drizzle-kit.ts' },
  { id: 'mikro-orm', version: '7.2.1', program: 'mikro-orm.ts' },
  { id: 'mikro-orm', version: '6.6.16', program: 'mikro-orm.ts', brings: '@mikro-orm/postgresql@6.6.16', optional: true },
  { id: 'pg-promise', version: '12.7.1', program: 'pg-promise.ts' },
  { id: 'prisma-adapter-pg', version: '7.10.1', program: 'prisma-adapter-pg.ts' },
];

/** `<driver>@<version>`, the name of its measured file. */
export function nameOfDriver({ id, version, variant }: LabDriver): string {
  return `${id}@${version}${variant === undefined ? '' : `+${variant}`}`;
}
