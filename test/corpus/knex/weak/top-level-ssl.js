// `ssl` beside `connection` never reaches pg: plaintext.
const knex = require('knex');
module.exports = knex({ // reports: require-sslmode
  client: 'pg',
  connection: { host: 'db.acme.com', user: 'app', password: process.env.DB_PASSWORD },
  ssl: { rejectUnauthorized: true },
});
