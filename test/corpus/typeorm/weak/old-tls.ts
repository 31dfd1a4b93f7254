// TLS 1.0 is let in.
import { DataSource } from 'typeorm';
export const source = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, ssl: { ca: process.env.CA, minVersion: 'TLSv1' }, entities: [] }); // reports: no-weak-tls-version
