// MySQL and SQLite by adapter or scheme, a verified one, and the one of the environment.
import { SQL, sql } from 'bun';
export const mysql = new SQL('mysql://app:secret@db.acme.com/app');
export const maria = new SQL({ adapter: 'mysql', hostname: 'db.acme.com', tls: false });
export const memory = new SQL(':memory:');
export const verified = new SQL('postgres://app:secret@db.acme.com/app?sslmode=verify-full');
export const hidden = new SQL(process.env.DATABASE_URL!);
export const rows = await sql`SELECT 1`;
