// with: @mikro-orm/postgresql@6.6.16
// Verified today, plaintext after the upgrade.
import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({
  host: 'db.acme.com',
  driverOptions: { connection: { ssl: true } }, // reports: no-version-dependent-sslmode
});
