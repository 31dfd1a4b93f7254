// What stands in `pool` goes to pg as it is.
import { postgresAdapter } from '@payloadcms/db-postgres';
import { buildConfig } from 'payload';
export default buildConfig({
  db: postgresAdapter({
    pool: {
      connectionString: process.env.DATABASE_URI || '',
      ssl: { rejectUnauthorized: false }, // reports: prefer-verified
    },
  }),
});
