// with: @mikro-orm/postgresql@7.2.1
// What was right in 6 never connects in 7: broken, not weak.
import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({
  host: 'db.acme.com',
  driverOptions: { connection: { ssl: true } }, // reports: no-unknown-sslmode
});
