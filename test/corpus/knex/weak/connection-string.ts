// `connection` is the URL.
import { knex } from 'knex';
export const db = knex({ client: 'pg', connection: 'postgres://app:secret@db.acme.com/app?sslmode=no-verify' }); // reports: prefer-verified
