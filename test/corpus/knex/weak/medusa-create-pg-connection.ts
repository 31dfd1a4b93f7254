// From medusajs/medusa, packages/core/utils/src/modules-sdk/create-pg-connection.ts: off where neither of two options is set.
import { knex } from '@mikro-orm/postgresql';
export function createPgConnection(options) {
  const { clientUrl } = options;
  const ssl = options.driverOptions?.ssl ?? options.driverOptions?.connection?.ssl ?? false;
  return knex<any, any>({
    client: 'pg',
    connection: {
      connectionString: clientUrl,
      ssl: ssl as any, // reports: no-plaintext
    },
  });
}
