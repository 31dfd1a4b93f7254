// As Medusa's own comment on databaseDriverOptions has it: off the developer's machine nothing is verified.
import { defineConfig, loadEnv } from '@medusajs/framework/utils';
loadEnv(process.env.NODE_ENV || 'development', process.cwd());
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: process.env.NODE_ENV !== 'development' ? { connection: { ssl: { rejectUnauthorized: false } } } : {}, // reports: prefer-verified
  },
});
