// TLS 1.0 was broken ten years ago.
import { Pool } from 'pg';
export const pool = new Pool({ host: 'db.acme.com', ssl: { minVersion: 'TLSv1' } }); // reports: no-weak-tls-version
