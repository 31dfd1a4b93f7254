// Under a policy that asks for a verified server: chain and name are checked by Drizzle.
// policy: sslmode:strict
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({ connection: { host: 'db.acme.com', ssl: true } });
export const own = drizzle({ connection: { host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } } });
export const url = drizzle('postgres://u:p@db.acme.com/app?sslmode=verify-full');
