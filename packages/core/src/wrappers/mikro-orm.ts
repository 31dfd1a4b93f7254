import type { Settings } from '../drivers/driver.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { optionSetting, refuses } from '../drivers/outcome.ts';
import { labelOf } from '../drivers/versions.ts';
import { whatwgUrl } from '../drivers/whatwg.ts';
import { entryOf, propertyOf } from '../value.ts';
import { knexString } from './knex.ts';
import { NO_STRING, asObject, assigned, isWritten, objectAt, picked, stringIn, unread, unreadParameters } from './settings.ts';
import { type Reached, asDriver } from './wrapper.ts';

/*
 * MikroORM over node-postgres: 7 by itself, 6 and 5 through Knex. Facts: @mikro-orm/core 7.2.1 connections/Connection.js
 * getConnectionOptions(), @mikro-orm/postgresql 7.2.1 PostgreSqlConnection.js mapOptions(), @mikro-orm/knex 6.6.16
 * AbstractSqlConnection.js getKnexOptions(). Both were run, with pg's Client shown what it got.
 */

const CONNECTION = '@mikro-orm/core 7.2.1 connections/Connection.js getConnectionOptions()';
const MAP = '@mikro-orm/postgresql 7.2.1 PostgreSqlConnection.js mapOptions()';
const CLIENT = 'pg 8.23.1 lib/client.js: `c.connection || new Connection(…)`, measured';
const KNEX = '@mikro-orm/knex 6.6.16 AbstractSqlConnection.js getKnexOptions()';

const PLACES = { host: 'host', port: 'port', dbName: 'database', user: 'user', password: 'password' };

function unwrap(given: Settings, version: string): Reached {
  const options = asObject(given.options);
  const driverOptions = objectAt(options, 'driverOptions');
  const isSeven = version === '7';
  const nested = propertyOf(driverOptions, 'connection');
  const reaching = isSeven ? driverOptions : objectAt(driverOptions, 'connection');
  const clientUrl = given.string === null ? stringIn(propertyOf(options, 'clientUrl')) : given;
  const ignored = [
    ...unreadParameters(clientUrl, 'MikroORM takes user, host, port, database and schema from `clientUrl`, and drops the rest', CONNECTION),
    ...unread(options, '', [], (name) => `MikroORM never reads a \`${name}\` option, only \`driverOptions\``, isSeven ? MAP : KNEX),
    ...(isSeven
      ? []
      : unread(driverOptions, 'driverOptions', [], () => 'MikroORM 6 reads `driverOptions.connection.ssl`; right in `driverOptions` it is read from 7 on', KNEX)),
  ];
  if (!isSeven && isWritten(nested) && nested?.kind === 'literal') {
    const reached = knexString(stringIn(nested), picked(options, PLACES));
    return { ...reached, ignored: [...ignored, ...(reached.ignored ?? [])] };
  }
  const taken = entryOf(driverOptions, 'connection');
  if (isSeven && taken?.value.kind === 'object') {
    const text = 'pg takes `driverOptions.connection` for a socket of its own, and the login never ends: MikroORM 7 reads `driverOptions.ssl`';
    const cause = entryOf(taken.value, 'ssl') === undefined ? 'other' : 'tls';
    // Where it would have led is still what is judged.
    return { ...NO_STRING, options: assigned(picked(options, PLACES), driverOptions), ignored, refuses: refuses(cause, { text, source: CLIENT, setting: optionSetting('driverOptions.connection', taken) }) };
  }
  const rest = { options: assigned(picked(options, PLACES), reaching), ignored };
  const url = clientUrl.string;
  if (url !== null && !url.open && url.templates.length === 0 && whatwgUrl(url.text) === null) {
    const text = '`clientUrl` goes to `new URL()`, which takes none without a host, nor several with ports';
    return { ...NO_STRING, ...rest, refuses: refuses('other', { text, source: `${CONNECTION}, measured` }) };
  }
  const connectionString = propertyOf(reaching, 'connectionString');
  return { ...(isWritten(connectionString) ? stringIn(connectionString) : NO_STRING), ...rest };
}

const VERSIONS = [{ label: '6', since: '5', released: true }, { label: '7', released: true }];

/** MikroORM 5 to 7. */
export const mikroOrm = asDriver({
  id: 'mikro-orm',
  title: 'MikroORM',
  versions: VERSIONS,
  packages: { npm: ['@mikro-orm/postgresql'] },
  versionOf: (packages) => (packages['@mikro-orm/postgresql'] === undefined ? undefined : labelOf(VERSIONS, packages['@mikro-orm/postgresql'])),
  samples: { 'driverOptions.ssl': nodePostgres.samples.options.ssl ?? [], 'driverOptions.connection.ssl': nodePostgres.samples.options.ssl ?? [], ssl: [true] },
  unwrap,
  nest: (ssl, version) => (version === '7' ? `driverOptions: { ${ssl} }` : `driverOptions: { connection: { ${ssl} } }`),
});
