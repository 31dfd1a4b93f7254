// A check of the name that never fails.
import { Pool } from 'pg';
export const pool = new Pool({ host: 'db.acme.com', ssl: { ca: process.env.CA, checkServerIdentity: () => undefined } }); // reports: prefer-verified
