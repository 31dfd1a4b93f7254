// TLS 1.0 is let in, through Prisma's adapter.
import { PrismaPg } from '@prisma/adapter-pg';
export const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, ssl: { ca: process.env.CA, minVersion: 'TLSv1' } }); // reports: no-weak-tls-version
