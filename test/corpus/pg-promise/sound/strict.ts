// Under a policy that asks for a verified server: chain and name are checked by pg-promise.
// policy: sslmode:strict
import pgPromise from 'pg-promise';
const pgp = pgPromise();
export const db = pgp({ host: 'db.acme.com', ssl: true });
export const own = pgp({ host: 'db.acme.com', ssl: { ca: process.env.DATABASE_CA } });
export const url = pgp('postgres://u:p@db.acme.com/app?sslmode=verify-full');
