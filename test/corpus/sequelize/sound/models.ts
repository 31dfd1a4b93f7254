// A model with a column named dialect, and an instance of the class that is no configuration.
import { DataTypes, type Sequelize } from 'sequelize';
export const define = (sequelize: Sequelize) => sequelize.define('dictionary', { dialect: { type: DataTypes.STRING }, host: DataTypes.STRING });
export const row = { dialect: 'postgres', label: 'PostgreSQL' };
