// `ssl` beside dialectOptions never reaches pg; what stands in them does.
import { Sequelize } from 'sequelize';
export const sequelize = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', ssl: true, dialectOptions: { ssl: { ca: process.env.CA } } } as never); // reports: no-ignored-setting
