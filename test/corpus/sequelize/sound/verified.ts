// `ssl: true`, an object without `rejectUnauthorized`, a URL's sslmode.
import { readFileSync } from 'node:fs';
import { Sequelize } from 'sequelize';
export const a = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { ssl: true } });
export const b = new Sequelize(process.env.DATABASE_URL!, { dialect: 'postgres', dialectOptions: { ssl: { require: true, ca: readFileSync('ca.pem') } } });
export const c = new Sequelize('postgres://app@db.acme.com/app?sslmode=verify-full');
