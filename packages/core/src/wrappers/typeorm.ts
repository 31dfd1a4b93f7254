import type { Settings } from '../drivers/driver.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { labelOf } from '../drivers/versions.ts';
import { entryOf, propertyOf } from '../value.ts';
import { NO_STRING, type ObjectValue, asObject, assigned, isWritten, objectAt, picked, stringIn, unread, unreadParameters } from './settings.ts';
import { type Reached, asDriver } from './wrapper.ts';

/*
 * TypeORM over node-postgres. Facts: typeorm 1.1.1 driver/postgres/PostgresDriver.js connect() and createPool(),
 * driver/cockroachdb/CockroachDriver.js, driver/DriverUtils.js; 0.3.31 does the same. Both were run, with pg's Client shown
 * what it got. It takes pg-native where that is installed (loadDependencies()): not to be seen in its settings.
 */

const POOL = 'typeorm 1.1.1 driver/postgres/PostgresDriver.js createPool()';
const PARSE_URL = 'typeorm 1.1.1 driver/DriverUtils.js parseConnectionUrl()';

const PLACES = { host: 'host', port: 'port', database: 'database', username: 'user', password: 'password', ssl: 'ssl' };

function unwrap(given: Settings): Reached {
  const options = asObject(given.options);
  const replication = propertyOf(options, 'replication');
  if (replication !== undefined && isWritten(replication)) return replicated(given, options, objectAt(asObject(replication), 'master'));
  return { ...pool(given, options, options), ignored: [...unreadNames(options), ...lostParameters(given, options)] };
}

/** Each pool is made from its own node's settings, and from `extra`. */
function replicated(given: Settings, options: ObjectValue, node: ObjectValue): Reached {
  const ssl = entryOf(options, 'ssl');
  const beside = ssl === undefined ? [] : unread({ ...options, entries: [ssl] }, '', [], () => 'with `replication`, TypeORM reads the `ssl` of each node, not the one beside it', 'typeorm 1.1.1 driver/postgres/PostgresDriver.js connect()');
  const url = propertyOf(options, 'url');
  const unused = url === undefined ? [] : unreadParameters(stringIn(url), 'with `replication`, TypeORM reads the `url` of each node, not the one beside it', POOL);
  return { ...pool(given, options, node), ignored: [...beside, ...unused, ...unreadNames(options), ...unreadNames(node)] };
}

/** `extra` is assigned over all, its undefined values too. */
function pool(given: Settings, options: ObjectValue, node: ObjectValue): Reached {
  const extra = objectAt(options, 'extra');
  const inExtra = propertyOf(extra, 'connectionString');
  const own = given.string === null && !given.stringHidden ? stringIn(propertyOf(node, 'url')) : given;
  const { string, stringHidden, toSource } = isWritten(inExtra) ? stringIn(inExtra) : isCockroach(options) ? NO_STRING : own;
  return { string, stringHidden, toSource, options: given.options === undefined ? undefined : assigned(picked(node, PLACES), extra) };
}

function isCockroach(options: ObjectValue): boolean {
  const type = propertyOf(options, 'type');
  return type?.kind === 'literal' && type.value === 'cockroachdb';
}

/** For CockroachDB it takes the URL apart itself, and its parameters are dropped. */
function lostParameters(given: Settings, options: ObjectValue): NonNullable<Reached['ignored']> {
  if (!isCockroach(options)) return [];
  const url = given.string === null ? stringIn(propertyOf(options, 'url')) : given;
  return unreadParameters(url, "TypeORM drops the parameters of a CockroachDB's URL, and reads `ssl` beside it", PARSE_URL);
}

function unreadNames(options: ObjectValue): NonNullable<Reached['ignored']> {
  return unread(options, '', ['ssl'], (name) => `TypeORM never reads a \`${name}\` option, only \`ssl\``, POOL);
}

const VERSIONS = [{ label: '0.3', since: '0.2', released: true }, { label: '1', released: true }];

/** TypeORM 0.3 and 1. */
export const typeorm = asDriver({
  id: 'typeorm',
  title: 'TypeORM',
  versions: VERSIONS,
  packages: { npm: ['typeorm'] },
  versionOf: (packages) => (packages.typeorm === undefined ? undefined : labelOf(VERSIONS, packages.typeorm)),
  samples: { ssl: nodePostgres.samples.options.ssl ?? [], 'extra.ssl': nodePostgres.samples.options.ssl ?? [], sslmode: ['require'] },
  unwrap,
  nest: (ssl) => ssl,
});
