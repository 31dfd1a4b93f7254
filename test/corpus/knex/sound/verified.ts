// Verified in each of the three ways.
import { readFileSync } from 'node:fs';
import { knex } from 'knex';
export const a = knex('postgres://app@db.acme.com/app?sslmode=verify-full');
export const b = knex({ client: 'pg', connection: { host: 'db.acme.com', ssl: true } });
export const c = knex({ client: 'pg', connection: async () => ({ host: 'db.acme.com', ssl: { ca: readFileSync('rds.pem') } }) });
