// Options of what is no database, beside one that is PostgreSQL.
import { Pool } from 'pg';
export const pool = new Pool({ connectionString: process.env.DATABASE_URL });
export const smtp = { host: 'mail.acme.com', user: 'app', password: process.env.SMTP_PASSWORD, ssl: false };
export const cache = { host: 'cache.acme.com', database: 0, tls: false };
export const bus = { connectionString: process.env.SERVICE_BUS, retries: 3 };
export const warehouse = { type: 'snowflake', host: 'wh.acme.com', database: 'app', ssl: false };
export const flags = { database: 'app', ssl: false };
