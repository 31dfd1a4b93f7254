// TLS 1.3 alone.
import { Sequelize } from 'sequelize';
export const sequelize = new Sequelize(process.env.DATABASE_URL!, { dialect: 'postgres', dialectOptions: { ssl: { ca: process.env.CA, minVersion: 'TLSv1.3' } } });
