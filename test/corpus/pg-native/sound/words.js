// libpq's own words reach libpq.
const { native } = require('pg');
const Client = require('pg-native');
exports.client = new native.Client({ host: 'db.acme.com', ssl: { sslmode: 'verify-full', sslrootcert: 'system' } });
const client = new Client();
client.connectSync('host=db.acme.com dbname=app sslmode=verify-full sslrootcert=system');
client.connect(function (error) {
  if (error) throw error;
});
