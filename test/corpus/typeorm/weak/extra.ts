// `extra.ssl` is assigned over `ssl`.
import { DataSource } from 'typeorm';
export const source = new DataSource({
  type: 'postgres',
  host: 'db.acme.com',
  ssl: true,
  extra: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
});
