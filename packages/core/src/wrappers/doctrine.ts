import { nameOf } from '../drivers/outcome.ts';
import { labelOf } from '../drivers/versions.ts';
import type { ParsedString } from '../settings/setting.ts';
import { byName } from './by-name.ts';
import { refusalOfPdo } from './pdo.ts';
import { refusalOfUrl } from './whole-url.ts';

/*
 * Doctrine DBAL over PDO, or over PHP's own functions where the scheme is `pgsql`. Facts: doctrine/dbal afcd624 (4.2), the
 * same in 3.0.0 to 4.2.1: src/Driver/PDO/PgSQL/Driver.php constructPdoDsn(), src/Driver/PgSQL/Driver.php
 * constructConnectionString() (from 3.3 on), src/Tools/DsnParser.php parse(): the query of a URL is parameters like those
 * of the array. Symfony's bundle and Laravel-free PHP use the first.
 */

const PDO = 'doctrine/dbal 4.2 src/Driver/PDO/PgSQL/Driver.php constructPdoDsn()';
const NATIVE = 'doctrine/dbal 4.2 src/Driver/PgSQL/Driver.php constructConnectionString()';
const DSN = 'doctrine/dbal 4.2 src/Tools/DsnParser.php parse()';

const PLACES = ['host', 'port', 'dbname', 'user', 'password'];
const OF_PDO = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslcrl', 'application_name', 'gssencmode'];
const OF_NATIVE = ['sslmode', 'gssencmode'];

/** In DBAL 4 `pgsql://` is the native extension; 3 maps it to PDO (DriverManager.php $driverSchemeAliases, measured with 3.6.1). */
function isNative(string: ParsedString | null, version: string): boolean {
  return version !== '3' && string?.scheme === 'pgsql';
}

const VERSIONS = [{ label: '3', released: true }, { label: '4', released: true }];

/** Doctrine DBAL 3 and 4. */
export const doctrine = byName({
  id: 'doctrine',
  title: 'Doctrine DBAL',
  partsIn: 'the parameters of the connection',
  versions: VERSIONS,
  packages: { composer: ['doctrine/dbal', 'doctrine/doctrine-bundle'] },
  versionOf: (packages) => labelOf(VERSIONS, packages['doctrine/dbal'] ?? '4'),
  stringOption: 'url',
  parametersIn: null,
  places: {},
  drops(setting, string, version) {
    const { name } = setting;
    const names = isNative(string, version) ? OF_NATIVE : OF_PDO;
    if (PLACES.includes(name) || names.includes(name)) return undefined;
    return { text: `Doctrine hands on ${names.join(', ')}, and drops \`${nameOf(setting)}\``, source: isNative(string, version) ? NATIVE : PDO };
  },
  before(input, version) {
    const outcome = refusalOfUrl(input.string, 'parse_url()', DSN) ?? (isNative(input.string, version) ? undefined : refusalOfPdo(input, OF_PDO, PDO));
    return outcome === undefined ? { input, ignored: [] } : { outcome };
  },
  wins: { place: 'string', text: 'Doctrine merges a URL over the array beside it', source: DSN },
  inCode: (parameters) => parameters.map(([name, value]) => `'${name}' => '${value}'`).join(', '),
});
