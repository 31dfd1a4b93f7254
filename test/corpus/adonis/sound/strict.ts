// Under a policy that asks for a verified server: chain and name are checked by AdonisJS.
// policy: sslmode:strict
import { defineConfig } from '@adonisjs/lucid';
export default defineConfig({ connection: 'postgres', connections: { postgres: { client: 'pg', connection: { host: 'db.acme.com', ssl: true } } } });
export const own = defineConfig({ connection: 'postgres', connections: { postgres: { client: 'pg', connection: { host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } } } } });
export const url = { client: 'pg', connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' } };
