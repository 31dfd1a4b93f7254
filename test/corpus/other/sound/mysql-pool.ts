// `createPool` and `Pool` of another database.
import { createPool } from 'mysql2/promise';
import { Pool } from './pool.js';
export const a = createPool({ host: 'db.acme.com', ssl: { rejectUnauthorized: false }, database: 'postgres' });
export const b = new Pool({ host: 'db.acme.com', ssl: false });
