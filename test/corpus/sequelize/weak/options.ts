// Options alone, with a dialect.
import { Sequelize } from 'sequelize';
export const db = new Sequelize({
  dialect: 'postgres',
  host: 'db.acme.com',
  dialectOptions: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
});
