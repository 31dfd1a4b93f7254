// Nothing said: no TLS; from Deno's registry it is the same package.
import postgres from 'https://deno.land/x/postgresjs@v3.4.5/mod.js';
export const sql = postgres('postgres://app:secret@db.acme.com/app', { max: 1 }); // reports: require-sslmode
