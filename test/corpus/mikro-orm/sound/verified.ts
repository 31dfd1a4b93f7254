// with: @mikro-orm/postgresql@7.2.1
// Verified, and another database.
import { defineConfig as core } from '@mikro-orm/core';
import { MySqlDriver } from '@mikro-orm/mysql';
import { defineConfig } from '@mikro-orm/postgresql';
export default defineConfig({ clientUrl: 'postgresql://app@db.acme.com/app', driverOptions: { ssl: true } });
export const other = core({ driver: MySqlDriver, host: 'db.acme.com', dbName: 'app' });
