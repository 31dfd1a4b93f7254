import { parseKeywordValue } from './keyword-value.ts';
import type { ParsedString } from './setting.ts';

/*
 * Names of data sources, of which all but the beginning is libpq's keywords with semicolons between them. PHP's PDO makes a
 * blank of every semicolon (php-src ext/pdo_pgsql/pgsql_driver.c pdo_pgsql_handle_factory()), DBD::Pg of those outside of
 * single quotes, whatever a backslash says (DBD::Pg 3.16.0 dbdimp.c dbd_db_login6()), and takes `db` and `database` for
 * `dbname`, once (Pg.pm connect()). Measured with PHP 8.2 and DBD::Pg 3.16.0.
 */

/** Where one begins; `pgsql://` is a URL of Doctrine's. Perl's DBI takes attributes in brackets (DBI.pm parse_dsn()). */
const BEGINNING = /^\s*(?:(pgsql)|[Dd][Bb][Ii]:Pg(?:\([^()]*\))?):(?=[\s;]*[A-Za-z_]\w*\s*=)/;

/** Whether a text is the name of a data source rather than a URL or bare keywords. */
export function isDsn(text: string): boolean {
  return BEGINNING.test(text);
}

/** Takes `pgsql:host=h;dbname=d` and `dbi:Pg:host=h;dbname=d` apart; `null` for anything else. */
export function parseDsn(text: string): ParsedString | null {
  const beginning = BEGINNING.exec(text);
  if (beginning === null) return null;
  const isPdo = beginning[1] !== undefined;
  const { length } = beginning[0];
  // As long as before, so that every span is one of the text.
  const parsed = parseKeywordValue(' '.repeat(length) + (isPdo ? text.slice(length).replaceAll(';', ' ') : withBlanks(text.slice(length))));
  const synonym = isPdo ? undefined : parsed.settings.find(({ key }) => key === 'db' || key === 'database');
  const settings = parsed.settings.map((setting) => (setting === synonym ? { ...setting, name: 'dbname' } : setting));
  return { ...parsed, text, settings, scheme: isPdo ? 'pdo:pgsql' : 'dbi:pg' };
}

function withBlanks(text: string): string {
  return text.split("'").map((part, index) => (index % 2 === 0 ? part.replaceAll(';', ' ') : part)).join("'");
}
