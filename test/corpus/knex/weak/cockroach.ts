// Under another scheme than postgres:// Knex hands on no sslmode.
import knex from 'knex';
export const db = knex({ client: 'cockroachdb', connection: 'cockroachdb://app@db.acme.com:26257/app?sslmode=verify-full' }); // reports: require-sslmode
