// A function gives the connection, for passwords that change.
import { knex } from 'knex';
export const db = knex({
  client: 'pg',
  connection: async () => {
    const password = await token();
    return { host: 'db.acme.com', user: 'iam', password, ssl: { rejectUnauthorized: false } }; // reports: prefer-verified
  },
});
