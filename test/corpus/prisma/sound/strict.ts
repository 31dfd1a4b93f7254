// Under a policy that asks for a verified server: chain and name are checked by Prisma's adapter.
// policy: sslmode:strict
import { PrismaPg } from '@prisma/adapter-pg';
export const db = new PrismaPg({ host: 'db.acme.com', ssl: true });
export const own = new PrismaPg({ host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } });
export const url = new PrismaPg({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full' });
