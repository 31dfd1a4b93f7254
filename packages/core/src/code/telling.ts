import { LIBRARIES } from './libraries/index.ts';
import { packageOf } from './modules.ts';

/** What a file can't do without: a scheme, a module, a variable or a keyword. Names written in escapes are not looked for. That people speak of postgres is nothing to go by. */
const TELLING =
  /postgre[\w+-]*['"`:/@$]|adapter-pg|slonik|neondatabase|['"]bun['"]|bun-sql|\bBun\.SQL|databaseDriverOptions|database_extra|DB_CLIENT|dialectOptions|pgsql|psql|postgis|cockroach|redshift|timescale|jdbc:|r2dbc|ecto:\/\/|pg:\/\/|['"`:]pg\b|\bPG[A-Z]{3}|NODE_TLS_REJECT|sslmode|dbname|hostaddr|\b(?:host|Host|Server|service)=/;

/** Whether there can be anything in a file: one search of its text, before anyone parses it. */
export function mayHoldCode(source: string): boolean {
  return TELLING.test(source);
}

/** What the calls of libraries are called: `Pool`, `forRoot`; of a module that is called itself, its own name. */
export const CALLED: ReadonlySet<string> = new Set(
  LIBRARIES.flatMap(({ modules }) => Object.entries(modules)).flatMap(([module, exports]) => exports.filter((name) => !name.includes('()')).map((name) => lastOf(name === '' ? packageOf(module) : name))),
);

const CONNECTING = new RegExp(String.raw`${TELLING.source}|\b(?:${[...CALLED].filter((name) => /^\w+$/.test(name)).join('|')})\s*(?:<[^<>()]{0,100}>\s*)?\(`);

/** The same where values are followed into other modules: then a file need hold no more than the call. */
export function mayConnect(source: string): boolean {
  return CONNECTING.test(source);
}

function lastOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1);
}
