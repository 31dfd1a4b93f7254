// with: @sequelize/postgres@7.0.0-alpha.48
// Sequelize 7 reads `ssl` at the top.
import { Sequelize } from '@sequelize/core';
import { PostgresDialect } from '@sequelize/postgres';
export const db = new Sequelize({ dialect: PostgresDialect, host: 'db.acme.com', ssl: true });
