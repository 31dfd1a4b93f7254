// Other clients of Knex's: nothing of ours.
const knex = require('knex');
exports.mysql = knex({ client: 'mysql2', connection: { host: 'db.acme.com', ssl: { rejectUnauthorized: false } } });
exports.lite = knex({ client: 'better-sqlite3', connection: { filename: './postgres.db' } });
exports.mssql = knex('mssql://sa@db.acme.com/app');
