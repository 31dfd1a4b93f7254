// From brocoders/nestjs-boilerplate, src/database/data-source.ts: everything comes from the environment, so nothing can be said.
import { DataSource, DataSourceOptions } from 'typeorm';
export const AppDataSource = new DataSource({
  type: process.env.DATABASE_TYPE,
  url: process.env.DATABASE_URL,
  host: process.env.DATABASE_HOST,
  entities: [__dirname + '/../**/*.entity{.ts,.js}'],
  extra: {
    // based on https://node-postgres.com/api/pool
    ssl: process.env.DATABASE_SSL_ENABLED === 'true' ? { rejectUnauthorized: process.env.DATABASE_REJECT_UNAUTHORIZED === 'true', ca: process.env.DATABASE_CA ?? undefined } : undefined,
  },
} as DataSourceOptions);
