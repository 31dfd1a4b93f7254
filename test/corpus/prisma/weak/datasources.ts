// Prisma's engine takes verify-full for prefer, also where the URL stands in code.
import { PrismaClient } from '@prisma/client';
export const prisma = new PrismaClient({ datasources: { db: { url: 'postgresql://app:secret@db.acme.com/app?sslmode=verify-full' } } }); // reports: no-plaintext-fallback
