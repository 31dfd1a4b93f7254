// TLS 1.1 is let in, in Drizzle's connection.
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({ connection: { connectionString: process.env.DATABASE_URL!, ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.1' } } }); // reports: no-weak-tls-version
