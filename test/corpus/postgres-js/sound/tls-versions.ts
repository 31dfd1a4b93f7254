// TLS 1.2 at least.
import postgres from 'postgres';
export const sql = postgres(process.env.DATABASE_URL!, { ssl: { rejectUnauthorized: true, minVersion: 'TLSv1.2' } });
