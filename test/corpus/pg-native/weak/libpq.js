// pg-native alone hands its string to libpq as it is.
const Client = require('pg-native');
const client = new Client();
client.connectSync('host=db.acme.com dbname=app user=app sslmode=require'); // reports: prefer-verified
