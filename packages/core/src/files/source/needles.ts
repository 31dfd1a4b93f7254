import { TREE, type Needles } from '../needles.ts';

/** What a program with a connection string in it can't do without, in lower case: see prefilter.ts. Names written in escapes are not looked for. */
export const SOURCE_NEEDLES = [
  // Schemes that parseString takes, and Perl's and PHP's way of naming the driver.
  ...['postgres', 'pgsql', 'psql://', 'psql+', 'pg://', 'pg+', 'postgis', 'cockroach', 'redshift', 'timescale', 'ecto://', 'ecto+', 'jdbc:', 'dbi:pg'],
  // Keywords that make a keyword/value or ADO string, parameters that make a URL of a template.
  ...['sslmode', 'ssl mode', 'dbname', 'hostaddr', 'sslrootcert', 'sslnegotiation', 'target_session_attrs', 'channel_binding', 'uselibpqcompat'],
  ...['host=', 'host =', 'service=', 'service =', 'server=', 'server ='],
] as const;

/** What a program with any connection in it can't do without: a string, a known call, or a variable that is read. */
export const SOURCE: Needles = {
  alone: [
    ...SOURCE_NEEDLES,
    ...['psycopg', 'postgrex', 'asyncpg', 'pg8000', 'pg.con', 'pg::con', 'pg.new', 'pgsimple', 'pgconnectoptions', 'dj_database_url', 'env.db', 'getconnectionstring'],
  ],
  parts: {
    database: [...(TREE.parts?.database ?? []), '<pg'],
    string: TREE.parts?.string ?? [],
    dsn: ['<dsn!'],
    // `os.environ`, `getenv`, `ENV[…]`, viper's and decouple's way.
    read: ['env', 'getstring', 'config', '${'],
    repo: ['repo,'],
    place: ['hostname', 'ssl:'],
  },
  together: [['database', 'string', 'read'], ['dsn', 'read'], ['repo', 'place']],
  escapes: false,
};
