// The connection string takes the place of all else.
module.exports = {
  DB_CLIENT: 'pg',
  DB_CONNECTION_STRING: 'postgres://app:secret@db.acme.com/directus', // reports: require-sslmode
};
