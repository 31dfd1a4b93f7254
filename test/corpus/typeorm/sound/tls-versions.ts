// TLS 1.2 at least.
import { DataSource } from 'typeorm';
export const source = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, ssl: { ca: process.env.CA, minVersion: 'TLSv1.2' }, entities: [] });
