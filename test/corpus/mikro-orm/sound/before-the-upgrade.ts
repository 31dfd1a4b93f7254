// with: @mikro-orm/postgresql@6.6.16
// Verified in 6; after the upgrade it never connects, which is broken, not weak.
import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({
  host: 'db.acme.com',
  driverOptions: { connection: { ssl: true } },
});
