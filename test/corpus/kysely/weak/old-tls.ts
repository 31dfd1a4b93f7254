// TLS 1.1 is let in, by the pool of a dialect.
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
export const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db.acme.com', ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.1' } }) }) }); // reports: no-weak-tls-version
