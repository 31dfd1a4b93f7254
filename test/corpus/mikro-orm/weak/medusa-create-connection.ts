// with: @mikro-orm/postgresql@6.6.16
// From medusajs/medusa, packages/core/utils/src/dal/mikro-orm/mikro-orm-create-connection.ts: a default that turns TLS off, and an import within.
export async function mikroOrmCreateConnection(database, entities) {
  let driverOptions = database.driverOptions ?? {
    connection: { ssl: false }, // reports: no-plaintext
  };
  let clientUrl = database.clientUrl;
  if (database.connection) {
    driverOptions = database.connection;
    clientUrl = database.connection.context?.client?.config?.connection?.connectionString;
  }
  const { MikroORM } = await import('@mikro-orm/postgresql');
  return await MikroORM.init({ entities, clientUrl, driverOptions });
}
