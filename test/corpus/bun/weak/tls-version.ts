// Bun takes numbers for versions of TLS, and throws on a text.
import { SQL } from 'bun';
export const sql = new SQL({ hostname: 'db.acme.com', database: 'app', tls: { rejectUnauthorized: true, minVersion: 'TLSv1' } }); // reports: no-unknown-sslmode
