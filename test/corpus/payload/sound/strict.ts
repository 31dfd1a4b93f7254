// Under a policy that asks for a verified server: chain and name are checked by Payload.
// policy: sslmode:strict
import { postgresAdapter } from '@payloadcms/db-postgres';
export const db = postgresAdapter({ pool: { host: 'db.acme.com', ssl: true } });
export const own = postgresAdapter({ pool: { host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } } });
export const url = postgresAdapter({ pool: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' } });
