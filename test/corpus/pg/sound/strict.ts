// Under a policy that asks for a verified server: chain and name are checked by pg.
// policy: sslmode:strict
import { Client, Pool } from 'pg';
export const pool = new Pool({ host: 'db.acme.com', ssl: true });
export const own = new Pool({ host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } });
export const url = new Client('postgres://u:p@db.acme.com/app?sslmode=verify-full');
