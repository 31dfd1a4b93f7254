// `ssl` at the top reaches pg.
import { DataSource } from 'typeorm';
export default new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  ssl: { rejectUnauthorized: false }, // reports: prefer-verified
  entities: [],
});
