// Beside a `url`, `ssl` is dropped.
import type { Config } from 'drizzle-kit';
export default {
  dialect: 'postgresql',
  dbCredentials: { url: 'postgres://app@db.acme.com/app', ssl: true }, // reports: require-sslmode
} satisfies Config;
