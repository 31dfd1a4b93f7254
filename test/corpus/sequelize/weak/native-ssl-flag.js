// What Heroku's old page said: `protocol`, `ssl: true` and no `dialectOptions`.
const { Sequelize } = require('sequelize');
module.exports = new Sequelize('postgres://u:p@ec2-1.compute-1.amazonaws.com:5432/app', { dialect: 'postgres', protocol: 'postgres', ssl: true }); // reports: require-sslmode
