import type { Site } from '../../../site.ts';
import type { Terms } from '../terms.ts';
import { sitesOfEntries, type Shape } from './site.ts';

/** RPostgres hands libpq what it is given (r-dbi/RPostgres 0a59a92 R/dbConnect_PqDriver.R dbConnect_PqDriver()). */
const RPOSTGRES: Shape = { driver: 'libpq', takesParameters: true };

/** `dbConnect(RPostgres::Postgres(), host = …, sslmode = …)`. */
export function mapsOfR(terms: Terms): readonly Site[] {
  return [...terms.matches(/\bdbConnect[ \t]*(?=\((?:\s*drv\s*=)?\s*(?:RPostgres::)?Postgres\(\))/g)].flatMap((match) => {
    const given = terms.argumentsAt(match.index + match[0].length);
    return given === null ? [] : sitesOfEntries(given.entries, RPOSTGRES, terms, given.span, { open: given.open });
  });
}
