// An agent for HTTPS, in a file that uses pg as well.
import { Agent } from 'node:https';
import { Pool } from 'pg';
export const agent = new Agent({ rejectUnauthorized: false, host: 'api.acme.com' });
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: true });
