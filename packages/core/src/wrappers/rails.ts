import { LIBPQ_KEYWORDS } from '../settings/keyword-value.ts';
import { nameOf } from '../drivers/outcome.ts';
import { labelOf } from '../drivers/versions.ts';
import { refusalOfRuby } from '../drivers/libpq-clients.ts';
import { byName, parameterOf } from './by-name.ts';
import { asObject } from './settings.ts';
import { refusalOfUrl } from './whole-url.ts';

/*
 * Rails' Active Record over ruby-pg. Facts: rails 2a2db1e (8.2.0.alpha), the same in v5.0.0 to v8.1.0:
 * activerecord/lib/active_record/connection_adapters/postgresql_adapter.rb initialize(): of the map in database.yml only
 * libpq's own names are kept (`conn_params.slice!(*valid_conn_param_keys)`), all others dropped without a word;
 * database_configurations/url_config.rb and connection_url_resolver.rb: the query of a URL is merged over that map.
 */

const SLICE = 'rails 8.2.0.alpha activerecord/lib/active_record/connection_adapters/postgresql_adapter.rb initialize(): slice!';
const URL = 'rails 8.2.0.alpha activerecord/lib/active_record/database_configurations/url_config.rb';

const RESOLVER = 'activerecord 6.1.7 lib/active_record/database_configurations/connection_url_resolver.rb, measured';

const VERSIONS = [{ label: '8', since: '5', released: true }];

/** Rails 5 to 8. */
export const rails = byName({
  id: 'rails',
  title: 'Rails',
  partsIn: 'config/database.yml',
  versions: VERSIONS,
  packages: { gem: ['rails', 'activerecord'] },
  versionOf: (packages) => labelOf(VERSIONS, packages.rails ?? packages.activerecord ?? ''),
  stringOption: 'url',
  parametersIn: null,
  places: {},
  // connection_url_resolver.rb to_hash(): `compact_blank`, measured with 6.1.7.
  dropsEmpty: true,
  drops(setting) {
    const { name, key } = setting;
    // Variables of the environment reach it through the program's own names: `sslmode: <%= ENV["DB_SSL_MODE"] %>`.
    if (LIBPQ_KEYWORDS.has(name) || key === key.toUpperCase()) return undefined;
    return { text: `Rails hands on what libpq has a name for, and drops \`${nameOf(setting)}\``, source: SLICE };
  },
  before(input) {
    const settings = [...(input.string?.settings ?? []), ...asObject(input.options).entries.flatMap(parameterOf)];
    const outcome = refusalOfUrl(input.string, 'URI::RFC2396_Parser', RESOLVER) ?? refusalOfRuby(settings, input.environment);
    return outcome === undefined ? { input, ignored: [] } : { outcome };
  },
  wins: { place: 'string', text: 'Rails merges a URL over what stands in database.yml', source: URL },
  inCode: (parameters) => parameters.map(([name, value]) => `${name}: ${value}`).join(', '),
});
