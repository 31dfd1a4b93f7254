// `ssl` is no option of Deno's client.
import { Client } from 'jsr:@db/postgres@0.19';
export const client = new Client({ hostname: 'db.acme.com', user: 'u', ssl: true, tls: { enabled: true, enforce: true } } as never); // reports: no-ignored-setting
