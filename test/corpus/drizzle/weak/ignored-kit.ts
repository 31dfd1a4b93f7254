// Beside a `url` drizzle-kit reads no `ssl`.
import { defineConfig } from 'drizzle-kit';
export default defineConfig({ dialect: 'postgresql', schema: './s.ts', dbCredentials: { url: 'postgres://u:p@db.acme.com/app?sslmode=verify-full', ssl: true } as never }); // reports: no-ignored-setting
