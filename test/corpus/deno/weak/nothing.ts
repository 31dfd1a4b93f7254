// Deno's client goes on in plaintext where the server offers no TLS, or a bad certificate.
import { Client } from 'https://deno.land/x/postgres@v0.19.3/mod.ts';
export const client = new Client('postgres://app:secret@db.acme.com/app'); // reports: require-sslmode
