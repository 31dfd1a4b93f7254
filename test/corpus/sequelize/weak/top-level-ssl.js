// `ssl: true` at the top is stored and never handed to pg: plaintext.
import { Sequelize } from 'sequelize';
export default new Sequelize('app', 'app', 'secret', { // reports: require-sslmode
  host: 'db.acme.com',
  dialect: 'postgres',
  ssl: true,
});
