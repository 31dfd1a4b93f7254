// Verified, and other databases.
module.exports = [
  { DB_CLIENT: 'pg', DB_HOST: 'db.acme.com', DB_SSL: { ca: process.env.DB_CA } },
  { DB_CLIENT: 'mysql', DB_HOST: 'db.acme.com', DB_SSL: false },
  { DB_CLIENT: 'sqlite3', DB_FILENAME: './data.db' },
];
