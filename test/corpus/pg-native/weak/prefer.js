// libpq's own default, written out, and its weaker neighbour.
const { native } = require('pg');
module.exports = [
  new native.Client({ host: 'db.acme.com', ssl: { sslmode: 'prefer' } }), // reports: no-plaintext-fallback
  new native.Client({ host: 'db.acme.com', ssl: { sslmode: 'allow' } }), // reports: no-plaintext-fallback
];
