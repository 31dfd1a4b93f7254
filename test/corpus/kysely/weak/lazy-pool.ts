// A pool made on the first use.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
export const db = new Kysely({ dialect: new PostgresDialect({ pool: async () => new pg.Pool({ host: 'db.acme.com' }) }) }); // reports: require-sslmode
