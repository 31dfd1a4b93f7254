// Hidden, checked, of another database, and Prisma's own service.
import { PrismaClient } from '@prisma/client';
export const hidden = new PrismaClient({ datasources: { db: { url: process.env.DATABASE_URL } } });
export const strict = new PrismaClient({ datasourceUrl: 'postgresql://app:secret@db.acme.com/app?sslmode=require&sslaccept=strict' });
export const mysql = new PrismaClient({ datasourceUrl: 'mysql://app:secret@db.acme.com/app' });
export const accelerate = new PrismaClient({ datasourceUrl: 'prisma://accelerate.prisma-data.net/?api_key=x' });
