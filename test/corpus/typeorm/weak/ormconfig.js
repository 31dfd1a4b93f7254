// ormconfig.js imports nothing.
module.exports = {
  type: 'postgres',
  host: 'db.acme.com',
  ssl: { rejectUnauthorized: false }, // reports: prefer-verified
  migrations: ['dist/migrations/*.js'],
};
