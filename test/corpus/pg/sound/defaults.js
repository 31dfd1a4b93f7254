// pg's own default turns TLS on, with everything verified, beneath a wrapper that is told nothing.
require('pg').defaults.ssl = true;
const { Sequelize } = require('sequelize');
module.exports = new Sequelize('postgres://app:secret@db.acme.com/app');
