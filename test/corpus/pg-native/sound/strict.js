// Under a policy that asks for a verified server: libpq's words in pg's native client.
// policy: sslmode:strict
const { native } = require('pg');
exports.pool = new native.Pool({ host: 'db.acme.com', ssl: { sslmode: 'verify-full', sslrootcert: 'system' } });
