// sequelize-typescript is the same class.
import { Sequelize } from 'sequelize-typescript';
export const db = new Sequelize({ dialect: 'postgres', host: 'db.acme.com', models: [] }); // reports: require-sslmode
