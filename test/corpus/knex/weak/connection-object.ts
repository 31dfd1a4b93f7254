// `connection.ssl` reaches pg as it is.
import createKnex from 'knex';
export const db = createKnex({
  client: 'pg',
  connection: {
    host: process.env.DB_HOST,
    user: 'app',
    ssl: { rejectUnauthorized: false }, // reports: prefer-verified
  },
});
