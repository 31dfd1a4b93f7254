// From outline/outline, server/storage/database.ts: a hidden URL, options made elsewhere, no dialect beside them; the file names PostgreSQL alone.
import { Sequelize } from 'sequelize-typescript';
import env from '@server/env';
function getDatabaseConfig() {
  if (env.DATABASE_URL) {
    return env.DATABASE_URL;
  }
  return { database: env.DATABASE_NAME, host: env.DATABASE_HOST, dialect: 'postgres' as const };
}
const isSSLDisabled = env.PGSSLMODE === 'disable';
const databaseConfig = env.DATABASE_CONNECTION_POOL_URL || getDatabaseConfig();
export function createDatabaseInstance(input: object) {
  const commonOptions = {
    typeValidation: true,
    dialectOptions: {
      ssl: // reports: no-plaintext
        env.isProduction && !isSSLDisabled
          ? {
              rejectUnauthorized: false, // reports: prefer-verified
            }
          : false,
    },
    models: Object.values(input),
  };
  return typeof databaseConfig === 'string' ? new Sequelize(databaseConfig, commonOptions) : new Sequelize({ ...databaseConfig, ...commonOptions });
}
