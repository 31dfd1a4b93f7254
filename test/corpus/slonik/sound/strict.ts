// Under a policy that asks for a verified server: chain and name are checked by Slonik.
// policy: sslmode:strict
import { createPool } from 'slonik';
export const db = createPool('postgres://u:p@db.acme.com/app', { ssl: true });
export const own = createPool('postgres://u:p@db.acme.com/app', { ssl: { ca: process.env.DATABASE_CA } });
export const url = createPool('postgres://u:p@db.acme.com/app?sslmode=require');
