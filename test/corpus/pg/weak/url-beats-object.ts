// The object is dropped.
import { Pool } from 'pg';
export const pool = new Pool({
  connectionString: 'postgres://app@db.acme.com/app?sslmode=no-verify', // reports: prefer-verified
  ssl: { ca: process.env.CA }, // reports: no-conflicting-settings
});
