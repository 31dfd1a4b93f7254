// postgres.js's require verifies nothing, in the string and in the options.
import postgres from 'postgres';
export const a = postgres('postgres://app:secret@db.acme.com/app?sslmode=require'); // reports: prefer-verified
export const b = postgres({ host: 'db.acme.com', ssl: 'require' }); // reports: prefer-verified
