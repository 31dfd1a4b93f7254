// Directus's configuration as a function: what begins with DB_ goes to Knex.
module.exports = function (env) {
  return {
    PORT: 8055,
    DB_CLIENT: 'pg',
    DB_HOST: env.DB_HOST,
    DB_DATABASE: 'directus',
    DB_SSL: { rejectUnauthorized: false }, // reports: prefer-verified
  };
};
