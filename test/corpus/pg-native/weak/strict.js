// Under a policy that asks for a verified server: libpq's words in pg's native client.
// policy: sslmode:strict
const { native } = require('pg');
exports.required = new native.Pool({ host: 'db.acme.com', ssl: { sslmode: 'require' } }); // reports: no-unverified-certificate
exports.chain = new native.Pool({ host: 'db.acme.com', ssl: { sslmode: 'verify-ca', sslrootcert: '/etc/ca.crt' } }); // reports: no-unverified-hostname
