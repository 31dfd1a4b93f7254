// Under a policy that asks for a verified server: TypeORM takes what nobody has checked.
// policy: sslmode:strict
import { DataSource } from 'typeorm';
export const db = new DataSource({ type: 'postgres', host: 'db.acme.com', ssl: { rejectUnauthorized: false } }); // reports: no-unverified-certificate
export const named = new DataSource({ type: 'postgres', host: 'db.acme.com', ssl: { checkServerIdentity: () => undefined } }); // reports: no-unverified-hostname
export const url = new DataSource({ type: 'postgres', url: 'postgres://u:p@db.acme.com/app?sslmode=no-verify' }); // reports: no-unverified-certificate
