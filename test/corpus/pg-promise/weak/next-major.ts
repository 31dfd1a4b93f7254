// Verified today, and by nobody with the next major version of pg.
// with: pg@8.16.3 pg-connection-string@2.9.1
import pgPromise from 'pg-promise';
const pgp = pgPromise();
export const url = pgp('postgres://u:p@db.acme.com/app?sslmode=require'); // reports: no-version-dependent-sslmode
