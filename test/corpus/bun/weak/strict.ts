// Under a policy that asks for a verified server: Bun takes what nobody has checked.
// policy: sslmode:strict
import { SQL } from 'bun';
export const db = new SQL({ adapter: 'postgres', hostname: 'db.acme.com', tls: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = new SQL({ adapter: 'postgres', hostname: 'db.acme.com', tls: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = new SQL('postgres://u:p@db.acme.com/app?sslmode=require'); // reports: no-unverified-certificate
export const chain = new SQL('postgres://u:p@db.acme.com/app?sslmode=verify-ca'); // reports: no-unverified-hostname
