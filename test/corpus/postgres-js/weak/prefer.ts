// postgres.js goes on in plaintext where the server offers no TLS.
import postgres from 'postgres';
export const sql = postgres({
  host: 'db.acme.com',
  ssl: 'prefer', // reports: no-plaintext-fallback
});
export const second = postgres('postgres://app:secret@db.acme.com/app?sslmode=prefer'); // reports: no-plaintext-fallback
