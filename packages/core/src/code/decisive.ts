/** Properties whose branches are told apart; a conditional anywhere else hides that property alone. */
export const DECISIVE: ReadonlySet<string> = new Set([
  'connectionString', 'connection', 'url', 'clientUrl', 'dialectOptions', 'driverOptions', 'extra', 'dbCredentials', 'replication', 'useFactory', 'pool', 'postgres',
  'databaseUrl', 'databaseDriverOptions', 'database_url', 'database_extra', 'datasources', 'datasourceUrl', 'datasource', 'db', 'DB_CONNECTION_STRING', 'DB_SSL',
  'host', 'hostname', 'path', 'ssl', 'tls', 'sslmode', 'sslnegotiation', 'rejectUnauthorized', 'checkServerIdentity', 'ca', 'minVersion', 'maxVersion', 'enabled', 'enforce',
]);
