// TLS 1.1 is let in.
import postgres from 'postgres';
export const sql = postgres(process.env.DATABASE_URL!, { ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.1' } }); // reports: no-weak-tls-version
