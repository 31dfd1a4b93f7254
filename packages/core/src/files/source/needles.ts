/** What a program with a connection string in it can't do without, in lower case: see prefilter.ts. Names written in escapes are not looked for. */
export const SOURCE_NEEDLES = [
  // Schemes that parseString takes, and Perl's and PHP's way of naming the driver.
  ...['postgres', 'pgsql', 'psql://', 'psql+', 'pg://', 'pg+', 'postgis', 'cockroach', 'redshift', 'timescale', 'ecto://', 'ecto+', 'jdbc:', 'dbi:pg'],
  // Keywords that make a keyword/value or ADO string, parameters that make a URL of a template.
  ...['sslmode', 'ssl mode', 'dbname', 'hostaddr', 'sslrootcert', 'sslnegotiation', 'target_session_attrs', 'channel_binding', 'uselibpqcompat'],
  ...['host=', 'host =', 'service=', 'service =', 'server=', 'server ='],
] as const;
