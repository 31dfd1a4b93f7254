// From outline/outline, server/config/database.js: the dialect comes with what is spread.
const shared = {
  use_env_variable: process.env.DATABASE_URL ? 'DATABASE_URL' : undefined,
  dialect: 'postgres',
  host: process.env.DATABASE_HOST,
};
module.exports = {
  development: shared,
  production: {
    ...shared,
    dialectOptions: {
      ssl: {
        rejectUnauthorized: false, // reports: prefer-verified
      },
    },
  },
};
