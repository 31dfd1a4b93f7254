// Its require verifies chain and name; npm's pg from esm.sh is pg.
import { Client } from 'https://deno.land/x/postgres/mod.ts';
import pg from 'https://esm.sh/pg@8.11.3';
export const client = new Client('postgres://app:secret@db.acme.com/app?sslmode=require');
export const enforced = new Client({ hostname: 'db.acme.com', tls: { enforce: true, caCertificates: [Deno.readTextFileSync('root.crt')] } });
export const other = new pg.Client({ host: 'db.acme.com', ssl: true });
export const fromEnvironment = new Client();
