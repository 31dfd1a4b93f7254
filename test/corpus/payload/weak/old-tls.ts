// TLS 1.0 is let in.
import { postgresAdapter } from '@payloadcms/db-postgres';
export const db = postgresAdapter({ pool: { connectionString: process.env.DATABASE_URI, ssl: { rejectUnauthorized: true, minVersion: 'TLSv1' } } }); // reports: no-weak-tls-version
