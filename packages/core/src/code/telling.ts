/** What a file can't do without: a scheme, a module, a variable or a keyword. Names written in escapes are not looked for. That people speak of postgres is nothing to go by. */
export const TELLING =
  /postgre[\w+-]*['"`:/@$]|slonik|neondatabase|['"]bun['"]|bun-sql|\bBun\.SQL|databaseDriverOptions|database_extra|DB_CLIENT|dialectOptions|pgsql|psql|postgis|cockroach|redshift|timescale|jdbc:|r2dbc|ecto:\/\/|pg:\/\/|['"`:/-]pg\b|\bPG[A-Z]{3}|NODE_TLS_REJECT|sslmode|dbname|hostaddr|\b(?:host|Host|Server|service)=/;

/** Whether there can be anything in a file: one search of its text, before anyone parses it. */
export function mayHoldCode(source: string): boolean {
  return TELLING.test(source);
}
