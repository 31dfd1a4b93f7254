// Strapi's template: each client in a map, one of them chosen; off unless a variable is set, and nothing is verified where it is.
const path = require('path');
module.exports = ({ env }) => {
  const client = env('DATABASE_CLIENT', 'postgres');
  const connections = {
    mysql: { connection: { host: env('DATABASE_HOST', 'localhost'), ssl: false } },
    postgres: {
      connection: {
        connectionString: env('DATABASE_URL'),
        host: env('DATABASE_HOST', 'localhost'),
        ssl: env.bool('DATABASE_SSL', false) && { // reports: no-plaintext
          key: env('DATABASE_SSL_KEY', undefined),
          rejectUnauthorized: false, // reports: prefer-verified
        },
        schema: env('DATABASE_SCHEMA', 'public'),
      },
      pool: { min: 2, max: 10 },
    },
    sqlite: { connection: { filename: path.join(__dirname, '..', '.tmp/data.db') }, useNullAsDefault: true },
  };
  return { connection: { client, ...connections[client], acquireConnectionTimeout: 60000 } };
};
