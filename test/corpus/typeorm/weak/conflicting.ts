// The URL's word and the object disagree.
import { DataSource } from 'typeorm';
export const source = new DataSource({ type: 'postgres', url: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: { rejectUnauthorized: false }, entities: [] }); // reports: no-conflicting-settings
