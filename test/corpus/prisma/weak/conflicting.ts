// The string's word makes the object beside it void.
import { PrismaPg } from '@prisma/adapter-pg';
export const adapter = new PrismaPg({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { ca: process.env.CA } }); // reports: no-conflicting-settings
