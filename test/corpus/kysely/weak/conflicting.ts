// The string's word makes the object beside it void.
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
export const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { ca: process.env.CA } }) }) }); // reports: no-conflicting-settings
