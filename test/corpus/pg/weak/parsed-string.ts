// pg's own parser makes the options.
import { Client, Pool } from 'pg';
import parseUrl, { parseIntoClientConfig } from 'pg-connection-string';
export const pool = new Pool(parseUrl.parse('postgres://u:p@db.acme.com/app?sslmode=no-verify') as never); // reports: prefer-verified
export const client = new Client(parseIntoClientConfig('postgres://u:p@db.acme.com/app?sslmode=disable')); // reports: no-plaintext
