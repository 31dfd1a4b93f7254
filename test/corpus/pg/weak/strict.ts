// Under a policy that asks for a verified server: pg takes what nobody has checked.
// policy: sslmode:strict
import { Client, Pool } from 'pg';
export const pool = new Pool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = new Pool({ host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = new Client('postgres://u:p@db.acme.com/app?sslmode=no-verify'); // reports: no-unverified-certificate
