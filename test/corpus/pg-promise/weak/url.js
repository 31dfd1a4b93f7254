// The call's own result is called.
const pgp = require('pg-promise')({ capSQL: true });
module.exports = pgp('postgres://app@db.acme.com/app'); // reports: require-sslmode
