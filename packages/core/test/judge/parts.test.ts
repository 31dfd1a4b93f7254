import { expect, it } from 'vitest';
import { checkFile } from '../../src/check.ts';
import type { DriverId } from '../../src/drivers/driver.ts';
import { readFileSync } from '../../src/files/sync.ts';
import type { FileReport } from '../../src/finding.ts';
import { presetPolicy } from '../../src/policy/resolve.ts';

function check(path: string, text: string, ...drivers: readonly DriverId[]): FileReport {
  const evidence = drivers.length === 0 ? [] : [{ kind: 'manifest' as const, file: 'manifest', line: null, candidates: drivers.map((id) => ({ id, version: null, packages: {} })) }];
  return checkFile(text, readFileSync(path, text), { path, policy: presetPolicy('sslmode:recommended'), evidence, localNames: [], today: '2026-11-24' });
}

const PETCLINIC = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: demo-db\ntype: servicebinding.io/postgresql\nstringData:\n  type: "postgresql"\n  provider: "postgresql"\n  host: "demo-db"\n  port: "5432"\n  database: "petclinic"\n  username: "user"\n  password: "s3cret"\n';
const PARTS = 'DB_HOST=db.acme.com\nDB_PORT=5432\nDB_USER=app\nDB_NAME=app\n';

/** Parts are put together to the form of the driver that a manifest names, URL or not. */
it.for<[name: string, path: string, text: string, drivers: readonly DriverId[], said: readonly string[]]>([
  ['spring-petclinic/k8s/db.yml, a service binding beside a pom.xml', 'k8s/db.yml', PETCLINIC, ['pgjdbc', 'spring'], ['pgjdbc@42.7.12 prefer']],
  ['a service binding that says sslmode', 'k8s/db.yml', `${PETCLINIC}  sslmode: "verify-full"\n  sslrootcert: "/ca.pem"\n`, ['pgjdbc'], ['pgjdbc@42.7.12 verify-full']],
  ['.env of a Java program', '.env', PARTS, ['pgjdbc'], ['pgjdbc@42.7.12 prefer']],
  ['.env of a program over Npgsql', '.env', `${PARTS}DB_SSLMODE=verify-full\n`, ['npgsql'], ['npgsql@10 verify-full']],
  ['.env of a program over Npgsql that says nothing', '.env', PARTS, ['npgsql'], ['npgsql@10 prefer']],
  // A driver that takes neither URL nor pairs is known by its file.
  ['pgbouncer.ini', 'pgbouncer.ini', '[databases]\napp = host=db.acme.com dbname=app\n[pgbouncer]\nserver_tls_sslmode = require\n', ['node-postgres'], ['pgbouncer@1.25 require']],
  ['pgbouncer.ini that says nothing', 'pgbouncer.ini', '[databases]\napp = host=db.acme.com dbname=app\n[pgbouncer]\nlisten_port = 6432\n', [], ['pgbouncer@1.25 prefer']],
  ['odbc.ini', 'odbc.ini', '[app]\nDriver = PostgreSQL Unicode\nServername = db.acme.com\nDatabase = app\nSSLmode = verify-full\npqopt = {sslrootcert=system}\n', [], ['psqlodbc@18 verify-full']],
  ['.env of two programs', '.env', `${PARTS}DB_SSLMODE=require\n`, ['node-postgres', 'pgjdbc'], ['pgjdbc@42.7.12 require']],
])('%s', ([, path, text, drivers, said]) => {
  expect(check(path, text, ...drivers).connections.map(({ driver, effective }) => `${driver} ${effective}`)).toEqual(said);
});

const JDBC = 'jdbc:postgresql://db.acme.com/app';

/** Properties of the pool reach the driver beside its URL. */
it.for<[name: string, path: string, text: string, said: readonly string[]]>([
  ['Hikari in application.properties', 'application.properties', `spring.datasource.url=${JDBC}\nspring.datasource.hikari.data-source-properties.sslmode=require\n`, ['require']],
  ['Hikari in application.yml', 'application.yml', `spring:\n  datasource:\n    url: ${JDBC}\n    hikari:\n      maximum-pool-size: 5\n      data-source-properties:\n        ssl: true\n        sslrootcert: /ca.pem\n`, ['verify-full']],
  ['a factory that checks nothing', 'application.yml', `spring:\n  datasource:\n    url: ${JDBC}?sslmode=verify-full\n    hikari:\n      dataSourceProperties:\n        sslfactory: org.postgresql.ssl.NonValidatingFactory\n`, ['require']],
  ['the URL wins', 'application.properties', `spring.datasource.url=${JDBC}?sslmode=require\nspring.datasource.hikari.data-source-properties.sslmode=verify-full\n`, ['require']],
  ['variables', '.env', `SPRING_DATASOURCE_URL=${JDBC}\nSPRING_DATASOURCE_HIKARI_DATA_SOURCE_PROPERTIES_SSLMODE=verify-full\nSPRING_DATASOURCE_HIKARI_DATA_SOURCE_PROPERTIES_SSLROOTCERT=/ca.pem\n`, ['verify-full']],
  ['each data source has its own', 'application.properties', `app.read.datasource.url=${JDBC}\napp.read.datasource.hikari.data-source-properties.sslmode=disable\napp.write.datasource.url=${JDBC}?sslmode=require\n`, ['disable', 'require']],
  ['Quarkus', 'application.properties', `quarkus.datasource.jdbc.url=${JDBC}\nquarkus.datasource.jdbc.additional-jdbc-properties.sslmode=require\n`, ['require']],
])('%s', ([, path, text, said]) => {
  expect(check(path, text).connections.map(({ effective }) => effective)).toEqual(said);
});

/** Where the program has parts, what to add has its place in the program. */
it.for<[driver: DriverId, path: string, text: string, remedy: string]>([
  ['rails', 'config/database.yml', 'production:\n  adapter: postgresql\n  host: db.acme.com\n  username: app\n  database: app\n', 'Add `sslmode: verify-full, sslrootcert: system` in config/database.yml (libpq 16 or later).'],
  ['rails', 'config/database.yml', 'production:\n  adapter: postgresql\n  host: db.acme.com\n  database: app\n  sslmode: require\n', 'Set `sslmode: verify-full, sslrootcert: system` (libpq 16 or later).'],
  ['laravel', '.env', 'DB_CONNECTION=pgsql\nDB_HOST=db.acme.com\nDB_DATABASE=app\nDB_USERNAME=app\n', "Add `'sslmode' => 'verify-full', 'sslrootcert' => 'system'` in config/database.php (libpq 16 or later)."],
  ['laravel', '.env', 'DB_CONNECTION=pgsql\nDB_HOST=db.acme.com\nDB_DATABASE=app\nDB_SSLMODE=require\n', "Set `DB_SSLMODE=verify-full`, if config/database.php reads it: there it has to come to `'sslmode' => 'verify-full', 'sslrootcert' => 'system'` (libpq 16 or later)."],
  ['doctrine', '.env', PARTS, "Add `'sslmode' => 'verify-full', 'sslrootcert' => 'system'` in the parameters of the connection (libpq 16 or later)."],
  ['django', '.env', PARTS, "Add `'OPTIONS': {'sslmode': 'verify-full', 'sslrootcert': 'system'}` in settings.py (libpq 16 or later)."],
  ['ecto', '.env', PARTS, 'Add `ssl: true` in config/runtime.exs.'],
  ['node-postgres', '.env', PARTS, 'Add `ssl: true` in the options of node-postgres.'],
  ['pgjdbc', '.env', PARTS, 'Add `sslmode=verify-full` and `sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory`.'],
])('%s: %s', ([driver, path, text, remedy]) => {
  expect(check(path, text, driver).findings.map(({ remedy: said }) => said)).toEqual([remedy]);
});
