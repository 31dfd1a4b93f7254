// An environment each; the factory of another file calls knex.
module.exports = {
  development: { client: 'pg', connection: { host: 'localhost', user: 'app' } },
  production: {
    client: 'postgresql',
    connection: {
      connectionString: process.env.DATABASE_URL,
      ssl: { rejectUnauthorized: false }, // reports: prefer-verified
    },
    pool: { min: 2, max: 10 },
  },
};
