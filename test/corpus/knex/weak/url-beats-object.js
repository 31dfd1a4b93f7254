// The sslmode in the URL makes the object void.
import knex from 'knex';
export default knex({
  client: 'pg',
  connection: {
    connectionString: 'postgres://app@db.acme.com/app?sslmode=no-verify', // reports: prefer-verified
    ssl: { ca: process.env.CA }, // reports: no-conflicting-settings
  },
});
