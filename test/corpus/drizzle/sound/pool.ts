// A pool of one's own is read where it is made, once.
import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: true });
export const db = drizzle(pool, { schema: {} });
export const other = drizzle({ client: pool, connection: 'postgres://app@db.acme.com/app' });
