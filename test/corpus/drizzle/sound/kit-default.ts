// Host and database without `ssl`: over pg drizzle-kit gives it `{}`, which verifies (its own page says otherwise).
import { defineConfig } from 'drizzle-kit';
export default defineConfig({ dialect: 'postgresql', dbCredentials: { host: 'db.acme.com', database: 'app', user: 'app' } });
