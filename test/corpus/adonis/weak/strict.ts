// Under a policy that asks for a verified server: AdonisJS takes what nobody has checked.
// policy: sslmode:strict
import { defineConfig } from '@adonisjs/lucid';
export default defineConfig({ connection: 'postgres', connections: { postgres: { client: 'pg', connection: { host: 'db.acme.com', ssl: { rejectUnauthorized: false } } } } }); // reports: no-unverified-certificate
export const named = defineConfig({ connection: 'postgres', connections: { postgres: { client: 'pg', connection: { host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } } } } }); // reports: no-unverified-hostname
export const url = { client: 'pg', connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=no-verify' } }; // reports: no-unverified-certificate
