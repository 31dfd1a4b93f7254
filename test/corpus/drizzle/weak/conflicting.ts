// The string's word makes the object beside it void.
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({ connection: { connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { ca: process.env.CA } } }); // reports: no-conflicting-settings
