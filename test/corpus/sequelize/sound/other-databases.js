// Other dialects, and a URL whose database nobody tells.
const { Sequelize } = require('sequelize');
exports.a = new Sequelize('mysql://root@db.acme.com/app', { dialectOptions: { ssl: { rejectUnauthorized: false } } });
exports.b = new Sequelize({ dialect: 'mariadb', host: 'db.acme.com', ssl: true });
exports.c = new Sequelize(process.env.MYSQL_URL, { dialectOptions: { ssl: { rejectUnauthorized: false } } });
exports.d = new Sequelize('app', 'app', 'x', { dialect: 'mssql', host: 'db.acme.com' });
