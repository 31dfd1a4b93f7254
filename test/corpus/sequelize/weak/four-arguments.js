// Database, user, password, options.
const Sequelize = require('sequelize');
module.exports = new Sequelize('app', 'app', process.env.PGPASSWORD, {
  host: 'db.acme.com',
  dialect: 'postgres',
  dialectOptions: { ssl: { rejectUnauthorized: false } }, // reports: prefer-verified
});
