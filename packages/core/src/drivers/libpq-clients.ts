import type { Driver, DriverInput, Outcome } from './driver.ts';
import { libpq } from './libpq.ts';

/*
 * Clients that hand their settings to libpq and read none of them: psycopg 3 (conninfo.py make_conninfo), psycopg2
 * (extensions.make_dsn), ruby-pg (PG::Connection.parse_connect_args), PHP's pgsql and PDO (php-src ext/pdo_pgsql/pgsql_driver.c
 * pdo_pgsql_handle_factory), DBD::Pg (dbdimp.c pg_db_login6). Which libpq that is, they don't say: the newest counts.
 */

interface Client extends Pick<Driver, 'id' | 'title' | 'forms' | 'packages'> {
  /** The version that `ID@VERSION` names. */
  readonly label: string;
  /** SQLAlchemy's schemes for it. */
  readonly schemes?: readonly string[];
}

function newestLibpq(): string {
  return libpq.versions.findLast(({ released }) => released)?.label ?? '';
}

/** Under SQLAlchemy's scheme each parameter is a keyword of libpq's (dialects/postgresql/psycopg2.py create_connect_args), without a URI's `ssl=true`. */
function asKeywords(input: DriverInput, schemes: readonly string[]): DriverInput {
  const { string } = input;
  if (string?.scheme == null || !schemes.includes(string.scheme)) return input;
  return { ...input, string: { ...string, form: 'keyword-value', scheme: null } };
}

function client({ label, schemes = [], ...rest }: Client): Driver {
  return {
    ...rest,
    sameAs: 'libpq',
    versions: [{ label, released: true }],
    commonFor: [],
    schemes,
    samples: libpq.samples,
    versionOf: () => undefined,
    outcome: (input): Outcome => libpq.outcome(asKeywords(input, schemes), newestLibpq(), {}),
    spell: (mode, root) => libpq.spell(mode, root, newestLibpq()),
  };
}

/** In the order of the ids. */
export const LIBPQ_CLIENTS: readonly Driver[] = [
  client({ id: 'psycopg', title: 'psycopg', label: '3', forms: ['url', 'keyword-value', 'group'], schemes: ['postgresql+psycopg', 'postgresql+psycopg_async'], packages: { pypi: ['psycopg', 'psycopg-binary'] } }),
  client({ id: 'psycopg2', title: 'psycopg2', label: '2', forms: ['url', 'keyword-value', 'group'], schemes: ['postgresql+psycopg2'], packages: { pypi: ['psycopg2', 'psycopg2-binary'] } }),
  client({ id: 'ruby-pg', title: 'ruby-pg', label: '1', forms: ['url', 'keyword-value', 'group'], packages: { gem: ['pg'] } }),
  client({ id: 'php-pdo', title: 'PDO', label: '8', forms: ['url', 'keyword-value', 'group'], packages: { composer: ['ext-pdo_pgsql', 'ext-pgsql'] } }),
  client({ id: 'perl-dbd-pg', title: 'DBD::Pg', label: '3', forms: ['keyword-value', 'group'], packages: {} }),
];
