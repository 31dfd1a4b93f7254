// Other types.
import { DataSource } from 'typeorm';
export const a = new DataSource({ type: 'mysql', host: 'db.acme.com', ssl: { rejectUnauthorized: false } });
export const b = new DataSource({ type: 'better-sqlite3', database: 'postgres.db' });
export const c = new DataSource({ type: 'mongodb', url: 'mongodb://db.acme.com/app', ssl: false });
