// Under a policy that asks for a verified server: chain and name are checked by postgres.js.
// policy: sslmode:strict
import postgres from 'postgres';
export const db = postgres({ host: 'db.acme.com', ssl: 'verify-full' });
export const own = postgres({ host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } });
export const url = postgres('postgres://u:p@db.acme.com/app?sslmode=verify-full');
