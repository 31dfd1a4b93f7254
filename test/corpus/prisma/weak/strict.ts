// Under a policy that asks for a verified server: Prisma's adapter takes what nobody has checked.
// policy: sslmode:strict
import { PrismaPg } from '@prisma/adapter-pg';
export const db = new PrismaPg({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = new PrismaPg({ host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = new PrismaPg({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=no-verify' }); // reports: no-unverified-certificate
