import type { Driver, DriverInput, Outcome } from './driver.ts';
import type { Setting } from '../settings/setting.ts';
import { libpq } from './libpq.ts';
import { repeatedParameter } from './sqlalchemy-url.ts';
import { lastOf, optionSetting, refuses } from './outcome.ts';

/*
 * Clients that hand their settings to libpq and read none of them, all measured (test/lab): psycopg 3 (conninfo.py make_conninfo), psycopg2
 * (extensions.make_dsn), ruby-pg (PG::Connection.parse_connect_args), PHP's pgsql and PDO (php-src ext/pdo_pgsql/pgsql_driver.c
 * pdo_pgsql_handle_factory), DBD::Pg (dbdimp.c pg_db_login6). Which libpq that is, they don't say: the newest counts.
 */

interface Client extends Pick<Driver, 'id' | 'title' | 'forms' | 'packages'> {
  /** The version that `ID@VERSION` names. */
  readonly label: string;
  /** SQLAlchemy's schemes for it, and of its own names for data sources (settings/dsn.ts). */
  readonly schemes?: readonly string[];
  /** Its connect() takes libpq's keywords as arguments, some under another name. */
  readonly keywords?: Readonly<Record<string, string>>;
  /** What it refuses before libpq could. */
  readonly refusal?: (input: DriverInput) => Outcome | undefined;
}

function newestLibpq(): string {
  return libpq.versions.findLast(({ released }) => released)?.label ?? '';
}

/** Arguments beside a string, which libpq's keywords are: they are put into it, and win. */
function withKeywords(input: DriverInput, renamed: Readonly<Record<string, string>>): DriverInput {
  const given = input.options?.kind === 'object' ? input.options.entries.filter(({ value }) => value.kind === 'literal' && value.value !== undefined && value.value !== null) : [];
  if (given.length === 0) return input;
  const { string } = input;
  // A URI's `ssl=true` is one only in a URI.
  const before = (string?.settings ?? []).map((setting) => (string?.form === 'url' && setting.name === 'ssl' && setting.value === 'true' ? { ...setting, name: 'sslmode', value: 'require' } : setting));
  const base = string ?? { text: '', problem: null, templates: [], open: false };
  const settings = [...before, ...given.map((entry) => ({ ...optionSetting(entry.name, entry), name: renamed[entry.name] ?? entry.name }))];
  return { ...input, string: { ...base, form: 'keyword-value', scheme: null, settings }, options: undefined };
}

/** What stands behind its own beginning is libpq's keywords already, and under SQLAlchemy's scheme each parameter is a keyword of libpq's (dialects/postgresql/psycopg2.py create_connect_args), without a URI's `ssl=true` and with no empty ones (urllib's parse_qsl). */
function asKeywords(input: DriverInput, schemes: readonly string[]): DriverInput {
  const { string } = input;
  if (string?.scheme == null || !schemes.includes(string.scheme)) return input;
  const settings = string.form === 'url' ? string.settings.filter(({ value }) => value !== '') : string.settings;
  return { ...input, string: { ...string, form: 'keyword-value', scheme: null, settings } };
}

/** ruby-pg writes libpq's defaults into the string itself, `sslmode=prefer` among them, which does not go with the system's roots. */
export function refusalOfRuby(settings: readonly Setting[], environment: DriverInput['environment']): Outcome | undefined {
  const root = lastOf(settings, 'sslrootcert');
  if (root?.value !== 'system' || environment.has('PGSSLMODE') || settings.some(({ name }) => name === 'sslmode' || name === 'requiressl' || name === 'ssl')) return undefined;
  const text = 'ruby-pg says sslmode=prefer where nothing is said, and libpq refuses that together with sslrootcert=system: say sslmode=verify-full as well';
  return refuses('tls', { text, source: 'ruby-pg 1.4.5 lib/pg/connection.rb connect_to_hosts(), measured over libpq 18.4', setting: root });
}

function isOfSqlalchemy({ string }: DriverInput): boolean {
  return string?.scheme?.startsWith('postgresql+') === true;
}

function client({ label, schemes = [], keywords, refusal, ...rest }: Client): Driver {
  return {
    ...rest,
    sameAs: 'libpq',
    versions: [{ label, released: true }],
    commonFor: [],
    schemes,
    samples: libpq.samples,
    versionOf: () => undefined,
    outcome(given): Outcome {
      const input = keywords === undefined ? given : withKeywords(given, keywords);
      return refusal?.(input) ?? (isOfSqlalchemy(given) ? repeatedParameter(given.string) : undefined) ?? libpq.outcome(asKeywords(input, schemes), newestLibpq(), {});
    },
    spell: (mode, root) => libpq.spell(mode, root, newestLibpq()),
  };
}

/** In the order of the ids. */
export const LIBPQ_CLIENTS: readonly Driver[] = [
  client({ id: 'psycopg', title: 'psycopg', label: '3', forms: ['url', 'keyword-value', 'group'], schemes: ['postgresql+psycopg', 'postgresql+psycopg_async'], keywords: {}, packages: { pypi: ['psycopg', 'psycopg-binary'] } }),
  client({ id: 'psycopg2', title: 'psycopg2', label: '2', forms: ['url', 'keyword-value', 'group'], schemes: ['postgresql+psycopg2'], keywords: { database: 'dbname' }, packages: { pypi: ['psycopg2', 'psycopg2-binary'] } }),
  client({ id: 'ruby-pg', title: 'ruby-pg', label: '1', forms: ['url', 'keyword-value', 'group'], packages: { gem: ['pg'] }, keywords: {}, refusal: ({ string, environment }) => refusalOfRuby(string?.settings ?? [], environment) }),
  client({ id: 'php-pdo', title: 'PDO', label: '8', forms: ['url', 'keyword-value', 'group'], schemes: ['pdo:pgsql'], packages: { composer: ['ext-pdo_pgsql', 'ext-pgsql'] } }),
  client({ id: 'perl-dbd-pg', title: 'DBD::Pg', label: '3', forms: ['keyword-value', 'group'], schemes: ['dbi:pg'], packages: {} }),
];
