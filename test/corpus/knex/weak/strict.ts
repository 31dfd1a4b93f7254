// Under a policy that asks for a verified server: Knex takes what nobody has checked.
// policy: sslmode:strict
import knex from 'knex';
export const db = knex({ client: 'pg', connection: { host: 'db.acme.com', ssl: { rejectUnauthorized: false } } }); // reports: no-unverified-certificate
export const named = knex({ client: 'pg', connection: { host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } } }); // reports: no-unverified-hostname
