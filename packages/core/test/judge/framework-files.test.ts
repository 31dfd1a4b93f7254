import { expect, it } from 'vitest';
import { checkFile } from '../../src/check.ts';
import { readFile } from '../../src/files/index.ts';
import { presetPolicy } from '../../src/policy/resolve.ts';

const DBT = 'app:\n  outputs:\n    prod:\n      type: postgres\n      host: db.acme.com\n      user: u\n      port: 5432\n      dbname: d\n';
const PGADMIN = '{"Servers":{"1":{"Name":"x","Host":"db.acme.com","Port":5432,"MaintenanceDB":"postgres","Username":"u","ConnectionParameters":{"sslmode":"require"}}}}';

/** Files of one program, which has its driver inside, whatever the repository lists: else the weakest of all drivers would be feared. */
it.for<[path: string, text: string, connections: readonly string[]]>([
  ['profiles.yml', DBT, ['psycopg2@2 prefer']],
  ['config/other.yml', DBT, ['node-postgres@8 disable']],
  ['homeserver.yaml', 'database:\n  name: psycopg2\n  args:\n    user: s\n    dbname: s\n    host: db.acme.com\n    sslmode: require\n', ['psycopg2@2 require']],
  ['servers.json', PGADMIN, ['psycopg@3 require']],
  ['postgrest.conf', 'db-uri = "postgres://a:p@db.acme.com/d"\ndb-schemas = "api"\n', ['libpq@18 prefer']],
  ['databases.yaml', '- name: a\n  configuration:\n    connection_info:\n      database_url: postgres://u:p@db.acme.com/d\n', ['libpq@18 prefer']],
  ['connector.json', '{"config":{"connector.class":"io.debezium.connector.postgresql.PostgresConnector","database.hostname":"db.acme.com","database.user":"u","database.dbname":"d","database.sslmode":"allow"}}', ['pgjdbc@42.7.12 allow']],
  ['application.conf', 'db {\n  dataSourceClass = "org.postgresql.ds.PGSimpleDataSource"\n  properties {\n    serverName = "db.acme.com"\n    databaseName = "d"\n    user = "u"\n    sslMode = "require"\n  }\n}\n', ['pgjdbc@42.7.12 require']],
])('%s is read by its own driver', async ([path, text, expected]) => {
  const { connections } = checkFile(text, await readFile(path, text), { path, policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24' });
  expect(connections.map(({ driver, effective }) => `${driver ?? ''} ${effective}`)).toEqual(expected);
});
