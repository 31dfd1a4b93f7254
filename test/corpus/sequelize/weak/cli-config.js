// sequelize-cli's config/config.js: an environment each.
require('dotenv').config();
module.exports = {
  development: { username: 'root', host: '127.0.0.1', dialect: 'postgres' },
  production: {
    use_env_variable: 'DATABASE_URL',
    dialect: 'postgres',
    dialectOptions: {
      ssl: { require: true, rejectUnauthorized: false }, // reports: prefer-verified
    },
  },
};
