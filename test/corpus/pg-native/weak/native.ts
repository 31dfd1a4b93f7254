// The word in the URL never reaches libpq, and libpq then prefers.
import pg from 'pg';
export const client = new pg.native.Client('postgres://app:secret@db.acme.com/app?sslmode=require'); // reports: require-sslmode
