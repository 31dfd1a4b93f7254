// A URL alone.
const { Sequelize } = require('sequelize');
module.exports = new Sequelize('postgres://app:secret@db.acme.com/app'); // reports: require-sslmode
