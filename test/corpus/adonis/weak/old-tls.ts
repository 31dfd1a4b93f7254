// TLS 1.0 is let in.
import env from '#start/env';
import { defineConfig } from '@adonisjs/lucid';
export default defineConfig({ connection: 'postgres', connections: { postgres: { client: 'pg', connection: { host: env.get('DB_HOST'), ssl: { ca: env.get('DB_CA'), minVersion: 'TLSv1' } } } } }); // reports: no-weak-tls-version
