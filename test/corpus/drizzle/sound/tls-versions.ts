// TLS 1.2 at least.
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({ connection: { connectionString: process.env.DATABASE_URL!, ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } } });
