// Verified through a certificate of one's own; MySQL beside it.
import app from '@adonisjs/core/services/app';
import { defineConfig } from '@adonisjs/lucid';
import { readFileSync } from 'node:fs';
export default defineConfig({
  connection: 'postgres',
  connections: {
    postgres: { client: 'pg', connection: { host: process.env.DB_HOST, ssl: { ca: readFileSync(app.makePath('root.crt')) } } },
    mysql: { client: 'mysql2', connection: { host: process.env.DB_HOST, ssl: false } },
  },
});
