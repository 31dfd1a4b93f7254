// Options that are added to after they were made, and handed to another file (timgit/pg-boss src/cli.ts).
// with: pg@8.16.3
import { parseArgs } from 'node:util';
import type PgBoss from 'pg-boss';

interface Args {
  connectionString?: string;
  ssl?: boolean;
}

export function getConnectionConfig(args: Args, fileConfig: PgBoss.ConstructorOptions): PgBoss.ConstructorOptions {
  const config: PgBoss.ConstructorOptions = {
    connectionString: args.connectionString || process.env.PGBOSS_DATABASE_URL || fileConfig.connectionString,
    host: process.env.PGBOSS_HOST || fileConfig.host,
  };
  if (args.ssl || fileConfig.ssl) {
    config.ssl = args.ssl ? { rejectUnauthorized: false } : fileConfig.ssl; // reports: prefer-verified
  }
  return config;
}

export const { values } = parseArgs({ options: { ssl: { type: 'boolean' } } });
