// Drizzle hands on what stands in `connection`.
import { drizzle } from 'drizzle-orm/bun-sql';
export const db = drizzle({ connection: { url: process.env.DATABASE_URL, tls: { rejectUnauthorized: false } } }); // reports: prefer-verified
