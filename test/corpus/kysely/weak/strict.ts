// Under a policy that asks for a verified server: Kysely takes what nobody has checked.
// policy: sslmode:strict
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
export const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }) }) }); // reports: no-unverified-certificate
export const named = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } }) }) }); // reports: no-unverified-hostname
export const url = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=no-verify' }) }) }); // reports: no-unverified-certificate
