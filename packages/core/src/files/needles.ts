import { OWN_VARIABLES } from '../applications/index.ts';

/**
 * What a file can't do without, in lower case and ASCII. In a word `*` stands for up to a hundred bytes that are no
 * letter and no digit, `<` at its beginning for the beginning of a word as names are parted into words (`dbUrl`,
 * `DB_URL`), `!` at its end for no letter or digit behind it.
 */
export interface Needles {
  /** Each of them is enough. */
  readonly alone: readonly string[];
  /** Words for one thing, of which any is there. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  /** Parts that are enough together. */
  readonly together?: readonly (readonly string[])[];
  /** A backslash before a letter, or a code, may write any letter in these files: one that may be of a needle is enough. */
  readonly escapes: boolean;
}

/** What else counts in files in which servers and scripts have their say as well. */
const BROAD = [
  // Schemes, adapters, dialects, images, user and host names; `pg` begins PGHOST, pgsql, pg_…
  ...['postgres', 'psql', 'pg', 'cockroach', 'timescale', 'postgis', 'jdbc:', 'r2dbc', '5432', '6432', '26257'],
  // TLS words.
  ...['sslmode', 'ssl_mode', 'ssl-mode', 'ssl mode', 'ssl.mode', 'tls_reject'],
  // A server's settings: postgresql.conf (`ssl = off`, `ssl off`), force_ssl, require_ssl, require_secure_transport.
  ...['ssl=', 'ssl =', 'ssl\t', "ssl '", 'ssl o', 'ssl f', 'ssl n', 'ssl 0', 'ssl_', '_ssl', 'secure_transport', 'requiressl'],
  // Keyword/value and ADO strings, and a map of host, user and database.
  ...['host', 'server', 'dbname', 'ado'],
  // Names whose value may be hidden.
  ...['database', 'datasource', 'data_source', 'dsn', 'db_', '_db', 'dburl', 'dburi', 'connection', 'conn_'],
  // Kubernetes Secrets (base64).
  'secret',
  // Escapes can spell any of the above.
  ...['\\x', '\\u', '\\\n', '\\\r'],
] as const;

/**
 * Of files that are trees or lists of names with values (YAML, JSON, TOML, HCL, properties), and so of what
 * scope.ts, group.ts, strings.ts, certificates.ts and servers/ take for evidence.
 */
export const TREE: Needles = {
  alone: [
    // Schemes, dialects, images, user and host names, and names that drivers read: PGHOST, pgsql, pg_…
    ...['postgres', 'psql', '<pg', 'cockroach', 'timescale', 'postgis', 'redshift', 'yugabyte', 'neon.tech', 'supavisor', 'citus', 'spilo', 'ecto:', 'ecto+', 'r2dbc', 'jdbc'],
    // TLS words.
    ...['ssl*mode', 'tls_reject', 'sslrootcert', 'sslnegotiation', 'channel*binding', 'target_session_attrs', 'uselibpqcompat'],
    // Keyword/value and ADO strings.
    ...['host*=', 'server*=', 'service*=', 'hostaddr', 'dbname'],
    // Names of connection strings in one word: their values may be hidden.
    ...['<dsn!', 'databaseur', 'databasedsn', 'dbur', 'dbdsn'],
    // What deployed applications read.
    ...OWN_VARIABLES,
    // A server's settings: RDS, Redshift and Cloud SQL, Azure.
    ...['force*ssl', 'require*ssl', 'secure*transport', 'ssl*enforce', 'sql*instance', 'sqladmin'],
    // Containers whose variables stand in other files.
    ...['env_file', 'envfrom'],
    // The data of a Kubernetes Secret is base64. (A tag or an anchor before the word is not looked for.)
    'kind*secret',
  ],
  parts: {
    database: ['database', '<data*source', 'alchemy', '<db'],
    string: ['<url', '<uri', '<dsn', 'conn'],
    host: ['host', 'server', 'addr', 'endpoint', '<url'],
    user: ['user', 'login'],
    port: ['<5432!', '<5433!', '<5434!', '<6432!', '<6543!', '<26257!'],
    certificate: ['begin certificate', 'ls0tls1crudjtibdrvjusuzjq0fur'],
  },
  together: [['database', 'string'], ['port', 'host'], ['database', 'user', 'host'], ['database', 'certificate']],
  escapes: true,
};

/** Of INI and XML: configuration files of servers are among them, and in XML anything may be written as an entity. */
export const WITH_SERVERS: Needles = { ...TREE, alone: [...TREE.alone, ...BROAD, '&#'] };

/** Of everything else: scripts, images, units. Where a shell puts words together of quotes and backslashes is not looked at. */
export const GENERAL: Needles = { ...TREE, alone: [...TREE.alone, ...BROAD], escapes: false };
