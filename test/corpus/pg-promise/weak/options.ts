// An object, as pg's.
import pgPromise from 'pg-promise';
const pgp = pgPromise();
export const db = pgp({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } }); // reports: prefer-verified
