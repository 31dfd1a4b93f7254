// A root certificate in the URL, which postgres.js hands to the server.
import postgres from 'postgres';
export const sql = postgres('postgres://u:p@db.acme.com/app?sslmode=verify-full&sslrootcert=ca.pem'); // reports: no-unknown-sslmode
export const object = postgres({ host: 'db.acme.com', ssl: 'verify-full', sslmode: 'verify-full' } as never); // reports: no-ignored-setting
