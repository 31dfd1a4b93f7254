// AdonisJS's lucid hands the same object to Knex.
import env from '#start/env';
import { defineConfig } from '@adonisjs/lucid';
export default defineConfig({
  connection: 'postgres',
  connections: {
    postgres: {
      client: 'pg',
      connection: {
        host: env.get('DB_HOST'),
        ssl: { rejectUnauthorized: false }, // reports: prefer-verified
      },
    },
  },
});
