import type { MappedText } from '../text.ts';

/** What a variable of a group says: a parameter of libpq, or `dialect`, the word for the kind of database. */
export type Role = 'host' | 'port' | 'user' | 'password' | 'dbname' | 'sslmode' | 'ssl' | 'sslrootcert' | 'sslcert' | 'sslkey' | 'sslnegotiation' | 'channel_binding' | 'dialect';

/** Last words of names, joined, and what they say. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ...words('host', 'HOST', 'HOSTNAME', 'SERVER', 'SERVERNAME', 'ADDRESS', 'ADDR', 'CONNECTADDR', 'ENDPOINT'),
  ...words('port', 'PORT', 'PORTNUMBER'),
  ...words('user', 'USER', 'USERNAME', 'LOGIN'),
  ...words('password', 'PASS', 'PASSWORD', 'PASSWD', 'PWD'),
  ...words('dbname', 'NAME', 'DB', 'DATABASE', 'DBNAME'),
  ...words('sslmode', 'SSLMODE'),
  ...words('ssl', 'SSL', 'USESSL', 'SSLENABLED'),
  ...words('sslrootcert', 'SSLROOTCERT', 'SSLROOTCERTIFICATE'),
  ...words('sslcert', 'SSLCERT'),
  ...words('sslkey', 'SSLKEY'),
  ...words('sslnegotiation', 'SSLNEGOTIATION'),
  ...words('channel_binding', 'CHANNELBINDING'),
  ...words('dialect', 'DIALECT', 'TYPE', 'DRIVER', 'ADAPTER', 'CLIENT', 'ENGINE', 'CONNECTION', 'PROVIDER', 'DRIVERNAME', 'DRIVERCLASSNAME', 'BACKEND', 'PROTOCOL', 'VENDOR', 'PLUGINNAME'),
]);

function words(role: Role, ...names: readonly string[]): (readonly [string, Role])[] {
  return names.map((name) => [name, role] as const);
}

/** Words of names and paths that say PostgreSQL. */
const POSTGRES_WORDS: ReadonlySet<string> = new Set(['POSTGRES', 'POSTGRESQL', 'POSTGRESDB', 'PG', 'PGSQL', 'PSQL', 'POSTGIS', 'PGBOUNCER', 'TIMESCALE', 'TIMESCALEDB', 'COCKROACH', 'COCKROACHDB']);

/** Words of names and paths that say that it is something else. */
const OTHER_WORDS: ReadonlySet<string> = new Set([
  'MYSQL', 'MARIADB', 'MONGO', 'MONGODB', 'REDIS', 'VALKEY', 'MSSQL', 'SQLSERVER', 'ORACLE', 'SQLITE', 'CLICKHOUSE', 'CASSANDRA', 'SCYLLA', 'NEO4J', 'INFLUX', 'INFLUXDB',
  'ELASTIC', 'ELASTICSEARCH', 'OPENSEARCH', 'RABBIT', 'RABBITMQ', 'AMQP', 'KAFKA', 'NATS', 'MQTT', 'MEMCACHED', 'MEMCACHE', 'SMTP', 'MAIL', 'MAILER', 'EMAIL', 'IMAP', 'LDAP', 'FTP', 'SFTP', 'SSH',
  'HTTP', 'GRPC', 'S3', 'MINIO', 'STATSD', 'SNOWFLAKE', 'FIREBASE', 'DYNAMODB', 'COUCHDB', 'SUPABASEAPI', 'PROXY', 'SENTRY', 'JAEGER', 'TEMPORAL', 'VAULT', 'CONSUL',
]);

const POSTGRES_DIALECT = /^(?:postgres|pg|pgsql|postgis|cockroach|timescale|redshift|org\.postgresql|django\.db\.backends\.postgres|django\.contrib\.gis\.db\.backends\.postgis)/i;
const OTHER_DIALECT = /(?:mysql|maria|sqlite|mssql|sqlserver|sqlsrv|oracle|mongo|redis|clickhouse|snowflake|bigquery|h2|hsql|derby|db2|cassandra|memory|smtp|imap|ldap|https?$)/i;
const POSTGRES_PORTS: ReadonlySet<string> = new Set(['5432', '5433', '5434', '6432', '6543', '26257']);
const OTHER_PORTS: ReadonlySet<string> = new Set(['3306', '3307', '33060', '1433', '1521', '27017', '6379', '5672', '9000', '8123', '9042', '25', '465', '587', '2525', '1025', '143', '993', '389', '636', '80', '443', '8080', '22', '9200', '11211', '4222', '9092', '7687', '8086']);
/** What MySQL's own ssl-mode takes: no evidence of PostgreSQL. */
const MYSQL_MODE = /^(?:DISABLED|PREFERRED|REQUIRED|VERIFY_CA|VERIFY_IDENTITY)$/i;
/** Words that only a mode of TLS can be. */
export const MODE_WORD = /^(?:disable|allow|prefer|require|verify-ca|verify-full|no-verify)$/i;

/** A name taken apart: `APP_DB_SSL_MODE` is `sslmode` of `APP_DB`. */
export interface NamedRole {
  readonly prefix: string;
  readonly role: Role;
}

/** The words of a name in upper case: `dbHost`, `db-host`, `DB_HOST`, `db.host` are `DB`, `HOST`. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}

/** What a name says, if it says anything; the longest end that is known counts. */
export function roleOf(name: string): NamedRole | null {
  if (name.length > 100) return null;
  if (/^(?:db|database)Name$/.test(name)) return { prefix: '', role: 'dbname' };
  // Ansible's modules put it before the names of libpq: `login_host` beside `ssl_mode`.
  const parts = wordsOf(name).filter((word, at, all) => at > 0 || word !== 'LOGIN' || all.length === 1);
  // What PgBouncer asks of its clients is a server's setting (servers/pgbouncer.ts).
  if (parts.at(-3) === 'CLIENT' && parts.at(-2) === 'TLS') return null;
  for (const count of [3, 2, 1]) {
    // `DB_NAME` is the name of `DB`.
    if (count > parts.length || (count > 1 && parts.at(-1) === 'NAME' && parts.at(-2) === 'DB')) continue;
    const role = ROLES.get(parts.slice(-count).join(''));
    if (role !== undefined) return { prefix: parts.slice(0, -count).join('_'), role };
  }
  return null;
}

/** What the words of a name or path say of the kind of database; the last that says anything counts. */
export function kindOfWords(words: readonly string[]): 'postgres' | 'other' | null {
  const word = words.findLast((candidate) => POSTGRES_WORDS.has(candidate) || OTHER_WORDS.has(candidate));
  return word === undefined ? null : POSTGRES_WORDS.has(word) ? 'postgres' : 'other';
}

/** One value of a group; `text` is `null` where it is hidden. */
export interface Member {
  readonly role: Role;
  readonly text: string | null;
}

/** What is known of the surroundings of a group. */
export interface Surroundings {
  /** Words of its prefix and of the path to it. */
  readonly words: readonly string[];
  /** Names of services in the same file whose image is a server: what kind. */
  readonly servers: ReadonlyMap<string, 'postgres' | 'other'>;
}

/** Whether a group of settings is for PostgreSQL. `null`: nothing says so, nor otherwise. */
export function isPostgres(members: readonly Member[], surroundings: Surroundings): boolean | null {
  const value = (role: Role): string => members.find((member) => member.role === role)?.text?.trim() ?? '';
  // `provider: bitnami` beside `type: mysql`: the one that is known counts.
  const dialects = members.filter(({ role }) => role === 'dialect').map(({ text }) => text?.trim() ?? '');
  if (dialects.some((dialect) => POSTGRES_DIALECT.test(dialect))) return true;
  if (dialects.some((dialect) => OTHER_DIALECT.test(dialect))) return false;
  const host = value('host').toLowerCase();
  const server = surroundings.servers.get(host);
  if (server !== undefined) return server === 'postgres';
  const named = kindOfWords(surroundings.words);
  const port = value('port');
  if (named === 'postgres' || POSTGRES_PORTS.has(port)) return true;
  if (named === 'other' || OTHER_PORTS.has(port)) return false;
  const mode = members.find((member) => member.role === 'sslmode');
  if (mode !== undefined && !MYSQL_MODE.test(mode.text ?? '')) return true;
  if (/postgres|pgbouncer|\.neon\.tech$|\.cockroachlabs\.cloud$/.test(host) || value('user') === 'postgres') return true;
  return null;
}

/** Environment variables that drivers read themselves: libpq's, pgx's, node-postgres's (PGSSLMODE) and postgres.js's (PGSSL). */
const PG_VARIABLE =
  /^PG(?:HOST|HOSTADDR|PORT|DATABASE|USER|USERNAME|PASSWORD|PASSFILE|SERVICE|SERVICEFILE|OPTIONS|APPNAME|REQUIRESSL|REQUIREPEER|REQUIREAUTH|CHANNELBINDING|GSSENCMODE|GSSLIB|KRBSRVNAME|TARGETSESSIONATTRS|LOADBALANCEHOSTS|CONNECT_TIMEOUT|SSL[A-Z]*)$/;
const PG_TLS = /^PG(?:SSL[A-Z]*|REQUIRESSL|REQUIREAUTH|CHANNELBINDING|GSSENCMODE)$/;

/** Whether a name is an environment variable that libpq or another driver reads itself. */
export function isDriverVariable(name: string): boolean {
  return PG_VARIABLE.test(name);
}

/** Whether a variable that a driver, or Node's TLS, reads itself is about TLS. */
export function isTlsVariable(name: string): boolean {
  return PG_TLS.test(name) || name === 'NODE_TLS_REJECT_UNAUTHORIZED';
}

/** Whether a name is that of a connection string to a database that may be PostgreSQL: `DATABASE_URL`, `READ_DB_DSN`, `spring.datasource.url`. */
export function namesDatabaseString(name: string): boolean {
  if (name.length > 100 || /^(?:PG_?URL|DSN)$/i.test(name)) return name.length <= 100;
  const parts = wordsOf(name);
  const last = parts.at(-1) ?? '';
  const before = parts.slice(0, -1);
  if (before.some((word) => OTHER_WORDS.has(word))) return false;
  const isString = ['URL', 'URI', 'DSN', 'CONN', 'CONNECTION', 'CONNSTR', 'CONNECTIONSTRING'].includes(last) || (last === 'STRING' && before.at(-1) === 'CONNECTION');
  const isDatabase = before.join('').endsWith('DATASOURCE') || before.some((word) => ['DATABASE', 'DB', 'DBAL', 'DATASOURCE', 'SQLALCHEMY', 'ALCHEMY'].includes(word) || POSTGRES_WORDS.has(word));
  return (isString && isDatabase) || /^(?:DATABASE|DB)(?:URL|URI|DSN)$/.test(last);
}

/** Whether a text says anything: a value that is empty counts as not written. */
export function isWritten(value: MappedText | 'hidden'): boolean {
  return value === 'hidden' || value.text.trim() !== '';
}
