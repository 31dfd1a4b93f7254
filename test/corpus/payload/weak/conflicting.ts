// The string's word makes the object beside it void.
import { postgresAdapter } from '@payloadcms/db-postgres';
export const db = postgresAdapter({ pool: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { rejectUnauthorized: false } } }); // reports: no-conflicting-settings
