// Verified, hidden, and Vercel's, which is Neon's.
import { postgresAdapter } from '@payloadcms/db-postgres';
import { sqliteAdapter } from '@payloadcms/db-sqlite';
import { vercelPostgresAdapter } from '@payloadcms/db-vercel-postgres';
export const verified = postgresAdapter({ pool: { host: 'db.acme.com', ssl: true } });
export const hidden = postgresAdapter({ pool: { connectionString: process.env.DATABASE_URI } });
export const vercel = vercelPostgresAdapter({ pool: { connectionString: process.env.POSTGRES_URL || '' } });
export const file = sqliteAdapter({ client: { url: 'file:./payload.db' } });
