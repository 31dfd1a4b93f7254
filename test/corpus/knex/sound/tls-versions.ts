// TLS 1.2 at least.
export default { client: 'pg', connection: { connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } } };
