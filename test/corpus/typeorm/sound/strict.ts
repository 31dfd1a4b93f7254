// Under a policy that asks for a verified server: chain and name are checked by TypeORM.
// policy: sslmode:strict
import { DataSource } from 'typeorm';
export const db = new DataSource({ type: 'postgres', host: 'db.acme.com', ssl: true });
export const own = new DataSource({ type: 'postgres', host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } });
export const url = new DataSource({ type: 'postgres', url: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' });
