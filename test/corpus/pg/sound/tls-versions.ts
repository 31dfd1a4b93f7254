// TLS 1.2 and 1.3, in the spellings that there are.
import { Client, Pool } from 'pg';
export const pool = new Pool({ host: 'db.acme.com', ssl: { minVersion: 'TLSv1.2' } });
export const newest = new Client({ host: 'db.acme.com', ssl: { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } });
export const hidden = new Client({ host: 'db.acme.com', ssl: { minVersion: process.env.TLS_MIN as 'TLSv1.2' } });
