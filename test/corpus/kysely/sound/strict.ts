// Under a policy that asks for a verified server: chain and name are checked by Kysely.
// policy: sslmode:strict
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
export const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db.acme.com', ssl: true }) }) });
export const own = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } }) }) });
export const url = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' }) }) });
