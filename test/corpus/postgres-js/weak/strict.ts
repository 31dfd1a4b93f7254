// Under a policy that asks for a verified server: postgres.js takes what nobody has checked.
// policy: sslmode:strict
import postgres from 'postgres';
export const db = postgres({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = postgres({ host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = postgres('postgres://u:p@db.acme.com/app?sslmode=require'); // reports: no-unverified-certificate
