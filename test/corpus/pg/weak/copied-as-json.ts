// Options that are copied as JSON, and added to afterwards.
import { Pool } from 'pg';
const base = { host: 'db.acme.com', database: 'app', tls: { rejectUnauthorized: false } }; // reports: prefer-verified
const config = JSON.parse(JSON.stringify(base));
config.ssl = config.tls;
export const pool = new Pool(config);
