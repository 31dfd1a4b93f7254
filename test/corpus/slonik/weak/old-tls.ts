// TLS 1.0 is let in.
import { createPool } from 'slonik';
export const pool = await createPool(process.env.DATABASE_URL!, { ssl: { rejectUnauthorized: true, minVersion: 'TLSv1' } }); // reports: no-weak-tls-version
