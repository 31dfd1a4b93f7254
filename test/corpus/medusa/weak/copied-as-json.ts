// A configuration that is copied as JSON, and added to afterwards (medusajs/medusa's helpers for tests do so).
import { defineConfig } from '@medusajs/framework/utils';
const base = { projectConfig: { databaseUrl: process.env.DATABASE_URL, databaseDriverOptions: {} as Record<string, unknown> } };
const config = JSON.parse(JSON.stringify(base));
config.projectConfig.databaseDriverOptions.connection = { ssl: { rejectUnauthorized: false } }; // reports: prefer-verified
export default defineConfig(config);
