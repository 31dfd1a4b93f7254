// The `ca` is never looked at.
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
export const client = new Client({ host: 'db.acme.com', ssl: { rejectUnauthorized: false, ca: readFileSync('ca.pem') } }); // reports: prefer-verified
