// TLS 1.0 is let in.
export default ({ env }) => ({ connection: { client: 'postgres', connection: { host: env('DATABASE_HOST'), database: env('DATABASE_NAME'), ssl: { ca: env('DATABASE_CA'), minVersion: 'TLSv1' } } } }); // reports: no-weak-tls-version
