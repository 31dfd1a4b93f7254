// Under a policy that asks for a verified server: chain and name are checked by Knex.
// policy: sslmode:strict
import knex from 'knex';
export const db = knex({ client: 'pg', connection: { host: 'db.acme.com', ssl: true } });
export const own = knex({ client: 'pg', connection: { host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } } });
export const url = knex({ client: 'pg', connection: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' });
