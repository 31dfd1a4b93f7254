// `sslaccept` is a word of Prisma's engine, and nothing to the adapter.
import { PrismaPg } from '@prisma/adapter-pg';
export const adapter = new PrismaPg({ connectionString: 'postgresql://app@db.acme.com/app?sslaccept=strict' }); // reports: require-sslmode
