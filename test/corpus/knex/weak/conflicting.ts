// The string's word makes the object beside it void.
import knex from 'knex';
export const db = knex({ client: 'pg', connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { ca: process.env.CA } } }); // reports: no-conflicting-settings
