// Strapi's config/database.js: `connection` in `connection`; only what is said where it is on is weak.
module.exports = ({ env }) => ({
  connection: {
    client: 'postgres',
    connection: {
      host: env('DATABASE_HOST'),
      ssl: { rejectUnauthorized: false }, // reports: prefer-verified
    },
  },
});
