import { readFileSync } from 'node:fs';
import pg from 'pg';

export const orders = new pg.Pool({ connectionString: process.env.DATABASE_URL });

// The `ca` looks careful, and is never used.
export const replica = new pg.Pool({
  host: 'replica.example.com',
  ssl: { rejectUnauthorized: false, ca: readFileSync('certs/replica-ca.pem', 'utf8') },
});
