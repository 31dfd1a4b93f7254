// A pool is read where it is made; verify-full stays what it is with pg 9.
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
export const adapter = new PrismaPg(new Pool({ connectionString: process.env.DATABASE_URL, ssl: true }));
export const other = new PrismaPg({ connectionString: 'postgresql://app@db.acme.com/app?sslmode=verify-full' });
