// TLS 1.0 is let in.
import pgPromise from 'pg-promise';
const pgp = pgPromise();
export const db = pgp({ host: 'db.acme.com', ssl: { rejectUnauthorized: true, minVersion: 'TLSv1' } }); // reports: no-weak-tls-version
