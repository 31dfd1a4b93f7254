// The URL's word and the object disagree.
import { Sequelize } from 'sequelize';
export const sequelize = new Sequelize('postgres://u:p@db.acme.com/app?sslmode=verify-full', { dialect: 'postgres', dialectOptions: { ssl: { rejectUnauthorized: false } } }); // reports: no-conflicting-settings
