import type { Site } from '../../../site.ts';
import { argumentOf, type Arguments, type Terms } from '../terms.ts';
import { sitesOfEntries, type Shape } from './site.ts';

/** ruby-pg hands libpq all that it is given (github.com/ged/ruby-pg lib/pg/connection.rb connect_hash_to_string()); Sequel its own names and libpq's (lib/sequel/adapters/postgres.rb connect()). */
const PG: Shape = { driver: 'ruby-pg', names: { database: 'dbname' }, takesParameters: true };
const SEQUEL: Shape = { driver: 'ruby-pg', names: { database: 'dbname', username: 'user' }, takesParameters: true };
const RAILS: Shape = { driver: 'rails', names: { database: 'dbname', username: 'user' }, takesParameters: false, strings: ['url'] };

const CALLS: readonly (readonly [pattern: RegExp, shape: Shape, namesAdapter: boolean])[] = [
  [/\bPG(?:::Connection)?\.(?:connect|new|open)[ \t]*(?=\(|\w+:|:\w)/g, PG, false],
  [/\bSequel\.(?:connect|postgres)[ \t]*(?=\(|\w+:|:\w)/g, SEQUEL, true],
  [/\bestablish_connection[ \t]*(?=\(|\w+:|:\w)/g, RAILS, true],
];

/** Connections that Ruby describes by names. */
export function mapsOfRuby(terms: Terms): readonly Site[] {
  return CALLS.flatMap(([pattern, shape, namesAdapter]) =>
    [...terms.matches(pattern)].flatMap((match) => {
      const at = match.index + match[0].length;
      const given = unwrapped(terms.argumentsAt(at) ?? terms.argumentsFrom(at));
      const adapter = argumentOf(given, 'adapter');
      const isPostgres = adapter?.kind === 'literal' && String(adapter.value).startsWith("postg");
      if (namesAdapter && !isPostgres && !(adapter === undefined && match[0].startsWith('Sequel.postgres'))) return [];
      return sitesOfEntries(given.entries.filter(({ name }) => name !== 'adapter'), shape, terms, given.span, { open: given.open });
    }),
  );
}

/** `PG.connect({ host: … })`. */
function unwrapped(given: Arguments): Arguments {
  const [only, ...more] = given.positional;
  return given.entries.length === 0 && only?.kind === 'object' && more.length === 0 ? { ...given, entries: only.entries, open: only.open } : given;
}
