// Under a policy that asks for a verified server: Drizzle takes what nobody has checked.
// policy: sslmode:strict
import { drizzle } from 'drizzle-orm/node-postgres';
export const db = drizzle({ connection: { host: 'db.acme.com', ssl: { rejectUnauthorized: false } } }); // reports: no-unverified-certificate
export const named = drizzle({ connection: { host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } } }); // reports: no-unverified-hostname
export const url = drizzle('postgres://u:p@db.acme.com/app?sslmode=no-verify'); // reports: no-unverified-certificate
