import type { DriverInput, Outcome } from '../drivers/driver.ts';
import { lastOf, nameOf, refuses } from '../drivers/outcome.ts';
import { labelOf } from '../drivers/versions.ts';
import { byName } from './by-name.ts';
import { refusalOfPdo } from './pdo.ts';
import { refusalOfUrl } from './whole-url.ts';

/*
 * Laravel over PDO. Facts: laravel/framework v13.26.1 src/Illuminate/Database/Connectors/PostgresConnector.php getDsn() and
 * addSslOptions() (the four names since v5.5.0, before that sslmode alone), src/Illuminate/Support/ConfigurationUrlParser.php
 * (since v6.0.0: the query of a URL is merged over the array), config/database.php.
 */

const SSL = 'laravel/framework 13.26.1 Illuminate/Database/Connectors/PostgresConnector.php addSslOptions()';
const URL = 'laravel/framework 13.26.1 Illuminate/Support/ConfigurationUrlParser.php parseConfiguration()';
const CONFIG = "laravel/framework 13.26.1 config/database.php: 'sslmode' => 'prefer'";

const NAMES = ['sslmode', 'sslcert', 'sslkey', 'sslrootcert'];

function namesOf(version: string): readonly string[] {
  return version === '5.4' ? NAMES.slice(0, 1) : NAMES;
}

/** Where nobody says an sslmode, its configuration says `prefer`, which does not go with the system's roots. */
function refusalOfConfig({ string, options, environment }: DriverInput, version: string): Outcome | undefined {
  const settings = string?.settings.filter(({ name }) => namesOf(version).includes(name)) ?? [];
  const root = lastOf(settings, 'sslrootcert') ?? environment.get('PGSSLROOTCERT');
  if (options !== undefined || root?.value !== 'system' || settings.some(({ name }) => name === 'sslmode')) return undefined;
  return refuses('tls', { text: "Laravel's config/database.php says sslmode=prefer where DB_SSLMODE says nothing, and libpq refuses that together with sslrootcert=system", source: CONFIG, setting: root });
}

const VERSIONS = [{ label: '5.4', since: '5', released: true }, { label: '13', since: '5.5', released: true }];

/** Laravel 5 to 13. */
export const laravel = byName({
  id: 'laravel',
  title: 'Laravel',
  partsIn: 'config/database.php',
  versions: VERSIONS,
  packages: { composer: ['laravel/framework', 'illuminate/database'] },
  versionOf: (packages) => labelOf(VERSIONS, packages['laravel/framework'] ?? packages['illuminate/database'] ?? ''),
  stringOption: 'url',
  parametersIn: null,
  places: {},
  drops(setting, _, version) {
    const { name } = setting;
    const hands = namesOf(version);
    if (hands.includes(name)) return undefined;
    return /^(?:host|port|dbname|user|password)$/.test(name) ? undefined : { text: `Laravel hands on ${hands.join(', ')}, and drops \`${nameOf(setting)}\``, source: SSL };
  },
  before(given, version) {
    // `null` in a URL or in .env is nothing (parseStringsToNativeTypes(), Support/Env.php), and so never handed on (isset()).
    const input = given.string === null ? given : { ...given, string: { ...given.string, settings: given.string.settings.filter(({ value }) => value !== 'null') } };
    const refusal = refusalOfUrl(input.string, 'parse_url()', URL) ?? refusalOfPdo(input, namesOf(version), SSL) ?? refusalOfConfig(input, version);
    if (refusal !== undefined) return { outcome: refusal };
    // An array of the user's own has no sslmode but what is written in it.
    const variable = input.options === undefined ? input.environment.get('PGSSLMODE') : undefined;
    if (variable === undefined) return { input, ignored: [] };
    const environment = new Map([...input.environment].filter(([name]) => name !== 'PGSSLMODE'));
    return { input: { ...input, environment }, ignored: [{ setting: variable, harmless: false, text: "the `sslmode` in Laravel's config/database.php, prefer unless it was changed, wins over PGSSLMODE", source: CONFIG }] };
  },
  wins: { place: 'string', text: 'Laravel merges a URL over the array in config/database.php', source: URL },
  inCode: (parameters) => parameters.map(([name, value]) => `'${name}' => '${value}'`).join(', '),
  readsEnvironment: false,
});
