// with: @mikro-orm/postgresql@7.2.1
// What was right in 6 is plaintext in 7.
import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({ // reports: require-sslmode
  host: 'db.acme.com',
  driverOptions: { connection: { ssl: true } },
});
