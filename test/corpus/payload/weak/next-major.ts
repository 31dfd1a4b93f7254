// Verified today, and by nobody with the next major version of pg.
// with: pg@8.16.3 pg-connection-string@2.9.1
import { postgresAdapter } from '@payloadcms/db-postgres';
export const url = postgresAdapter({ pool: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=require' } }); // reports: no-version-dependent-sslmode
