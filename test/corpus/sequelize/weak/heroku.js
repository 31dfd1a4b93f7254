// Heroku's recipe: TLS to whoever answers. No dialect is written; the recipe's `require` is PostgreSQL's alone.
const { Sequelize } = require('sequelize');
module.exports = new Sequelize(process.env.DATABASE_URL, {
  dialectOptions: {
    ssl: {
      require: true,
      rejectUnauthorized: false, // reports: prefer-verified
    },
  },
});
