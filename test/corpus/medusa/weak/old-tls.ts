// TLS 1.0 is let in.
import { defineConfig } from '@medusajs/framework/utils';
export default defineConfig({ projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: { connection: { ssl: { ca: process.env.CA, minVersion: 'TLSv1' } } } } }); // reports: no-weak-tls-version
