// Verified today, and by nobody with the next major version of pg.
// with: pg@8.16.3 pg-connection-string@2.9.1
import { defineConfig } from '@adonisjs/lucid';
export const url = { client: 'pg', connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=require' } }; // reports: no-version-dependent-sslmode
