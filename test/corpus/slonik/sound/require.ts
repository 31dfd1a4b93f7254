// Slonik's `require` verifies chain and name; the string of the other is not seen.
import { createPool, sql } from 'slonik';
export const pool = await createPool('postgres://app:secret@db.acme.com/app?sslmode=require');
export const other = await createPool(process.env.DATABASE_URL!, { interceptors: [] });
export const query = sql.unsafe`SELECT 1`;
