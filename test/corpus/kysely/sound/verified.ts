// Verified, and a pool of another database.
import { Kysely, MysqlDialect, PostgresDialect } from 'kysely';
import { createPool } from 'mysql2';
import { Pool } from 'pg';
export const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db.acme.com', ssl: true }) }) });
export const other = new Kysely({ dialect: new MysqlDialect({ pool: createPool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }) }) });
