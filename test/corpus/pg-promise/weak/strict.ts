// Under a policy that asks for a verified server: pg-promise takes what nobody has checked.
// policy: sslmode:strict
import pgPromise from 'pg-promise';
const pgp = pgPromise();
export const db = pgp({ host: 'db.acme.com', ssl: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = pgp({ host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = pgp('postgres://u:p@db.acme.com/app?sslmode=no-verify'); // reports: no-unverified-certificate
