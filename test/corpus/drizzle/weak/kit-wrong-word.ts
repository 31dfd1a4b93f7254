// A word of libpq's that it stops at.
import { defineConfig } from 'drizzle-kit';
export default defineConfig({ dialect: 'postgresql', dbCredentials: { host: 'db.acme.com', database: 'app', ssl: 'verify-ca' as never } }); // reports: no-unknown-sslmode
