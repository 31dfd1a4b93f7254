// TLS 1.0 is let in, below dialectOptions.
import { Sequelize } from 'sequelize';
export const sequelize = new Sequelize(process.env.DATABASE_URL!, { dialect: 'postgres', dialectOptions: { ssl: { ca: process.env.CA, minVersion: 'TLSv1' } } }); // reports: no-weak-tls-version
