// No more than TLS 1.1, in the connection of a knexfile.
export default {
  client: 'pg',
  connection: { connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: true, maxVersion: 'TLSv1.1' } }, // reports: no-weak-tls-version
};
