// drizzle-kit makes `require` into `rejectUnauthorized: false`.
import { defineConfig } from 'drizzle-kit';
export default defineConfig({
  dialect: 'postgresql',
  dbCredentials: { host: 'db.acme.com', database: 'app', ssl: 'require' }, // reports: prefer-verified
});
