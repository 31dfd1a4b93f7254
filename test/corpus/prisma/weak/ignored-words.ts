// A root certificate under libpq's name, which Prisma's engine does not read.
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient({ datasources: { db: { url: 'postgres://u:p@db.acme.com/app?sslmode=require&sslaccept=strict&sslrootcert=ca.pem' } } }); // reports: no-ignored-setting
