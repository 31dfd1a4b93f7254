// Under a policy that asks for a verified server: chain and name are checked by Sequelize.
// policy: sslmode:strict
import { Sequelize } from 'sequelize';
export const db = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { ssl: true } });
export const own = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', dialectOptions: { ssl: { ca: process.env.DATABASE_CA } } });
export const url = new Sequelize('postgres://u:p@db.acme.com/app?sslmode=verify-full');
