// `connection` is pg's configuration.
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({
  connection: { connectionString: process.env.DATABASE_URL!, ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
});
