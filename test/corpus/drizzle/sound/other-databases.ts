// Other dialects and drivers.
import { defineConfig } from 'drizzle-kit';
import { drizzle } from 'drizzle-orm/mysql2';
export const db = drizzle('mysql://root@db.acme.com/app');
export const a = defineConfig({ dialect: 'mysql', dbCredentials: { host: 'db.acme.com', database: 'app', ssl: 'require' } });
export const b = defineConfig({ dialect: 'postgresql', driver: 'pglite', dbCredentials: { url: './postgres-data' } });
