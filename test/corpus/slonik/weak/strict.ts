// Under a policy that asks for a verified server: Slonik takes what nobody has checked.
// policy: sslmode:strict
import { createPool } from 'slonik';
export const db = createPool('postgres://u:p@db.acme.com/app', { ssl: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = createPool('postgres://u:p@db.acme.com/app', { ssl: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = createPool('postgres://u:p@db.acme.com/app?sslmode=no-verify'); // reports: no-unverified-certificate
