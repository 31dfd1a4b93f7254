// Only in production, and said so; on the own machine there is no TLS.
import { Sequelize } from 'sequelize';
export const db = new Sequelize(process.env.DATABASE_URL!, {
  dialect: 'postgres',
  dialectOptions: process.env.NODE_ENV === 'production' ? { ssl: { require: true, rejectUnauthorized: false } } : {}, // reports: prefer-verified
});
