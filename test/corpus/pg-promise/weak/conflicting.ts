// The string's word makes the object beside it void.
import pgPromise from 'pg-promise';
export const db = pgPromise()({ connectionString: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { rejectUnauthorized: false } }); // reports: no-conflicting-settings
