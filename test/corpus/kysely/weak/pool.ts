// The pool is pg's own, wherever it stands.
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
export const db = new Kysely({
  dialect: new PostgresDialect({
    pool: new Pool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }), // reports: prefer-verified
  }),
});
