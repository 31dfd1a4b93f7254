import type { PackageVersions, Settings } from '../drivers/driver.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { labelOf } from '../drivers/versions.ts';
import type { Span } from '../text.ts';
import { type Entry, type Value, propertyOf } from '../value.ts';
import { NO_STRING, type ObjectValue, asObject, isWritten, stringIn, unread, unreadParameters } from './settings.ts';
import { type Reached, asDriver } from './wrapper.ts';

/*
 * Knex over node-postgres. Facts: knex 3.3.0 lib/knex-builder/internal/config-resolver.js and parse-connection.js,
 * lib/dialects/postgres/index.js _acquireOnlyConnection(). All was run, with pg's Client shown what it got.
 */

const RESOLVER = 'knex 3.3.0 lib/knex-builder/internal/config-resolver.js';
const PARSE = 'knex 3.3.0 lib/knex-builder/internal/parse-connection.js';

/**
 * Knex brings a pg-connection-string of its own and pins it (package.json: 2.6.2; 2.4.0 in 0.21, 2.5.0 in 0.95 and 1,
 * 2.6.1 in 2.5): what a later one reads, or what pg 9 makes of a word, is nothing to `connection: 'postgres://…'`.
 */
const OWN_PARSER: PackageVersions = { 'pg-connection-string': '2.6.2' };

/** A string that Knex parses itself. */
export function knexString(given: Pick<Settings, 'string' | 'stringHidden' | 'toSource'>, options: Value | undefined): Reached {
  const { string, toSource } = given;
  if (string === null || string.scheme === 'postgres' || string.scheme === 'postgresql') {
    return { ...given, options, version: '8', packages: OWN_PARSER };
  }
  // connectionObject(): parameters become keys of the connection, and of those pg reads `ssl`. What is no URL is a file of SQLite's.
  const ssl = string.scheme === null ? undefined : string.settings.findLast(({ name }) => name === 'ssl');
  const entries: Entry[] = ssl === undefined ? [] : [{ name: 'ssl', value: { kind: 'literal', value: ssl.value ?? '', span: toSource(ssl.span) }, span: toSource(ssl.span), whole: toSource(ssl.whole) }];
  const ignored = unreadParameters(given, 'of a URL that does not begin with postgres:// or postgresql://, Knex hands on no parameter that pg reads but `ssl`', PARSE);
  return { ...NO_STRING, options: { ...asObject(options), entries }, ignored: ignored.filter(({ setting }) => setting.name !== 'ssl' || ssl === undefined) };
}

function unwrap(given: Settings): Reached {
  const options = asObject(given.options);
  const written = propertyOf(options, 'connection');
  // `() => ({ … })`: called for each connection, promises are awaited (knex 3.3.0 lib/client.js:284).
  const connection = written?.kind === 'function' ? (written.returns ?? hidden(written.span)) : written;
  const ignored = unread(options, '', [], (name) => `Knex gives pg what stands in \`connection\`, never a \`${name}\` beside it`, RESOLVER);
  const reached = connectionOf(given, options, connection);
  return { ...reached, ignored: [...ignored, ...(reached.ignored ?? [])] };
}

function connectionOf(given: Settings, options: ObjectValue, connection: Value | undefined): Reached {
  const isGiven = given.string !== null || given.stringHidden;
  if (connection?.kind === 'object') {
    return { ...(isGiven ? given : stringIn(propertyOf(connection, 'connectionString'))), options: connection };
  }
  // A variable of the environment holds a text; anything else may be an object as well.
  if (connection?.kind === 'hidden') return { ...given, stringHidden: given.string === null, options: { ...asObject(undefined), open: connection.name === undefined } };
  if (isGiven) return knexString(given, given.options === undefined ? undefined : asObject(undefined));
  if (isWritten(connection)) return knexString(stringIn(connection), asObject(undefined));
  return { ...given, options: { ...asObject(undefined), open: options.open } };
}

function hidden(span: Span): Value {
  return { kind: 'hidden', span };
}

const VERSIONS = [{ label: '3', since: '0.21', released: true }];

/** Knex 0.21 to 3. */
export const knex = asDriver({
  id: 'knex',
  title: 'Knex',
  versions: VERSIONS,
  packages: { npm: ['knex'] },
  versionOf: (packages) => (packages.knex === undefined ? undefined : labelOf(VERSIONS, packages.knex)),
  samples: { ssl: nodePostgres.samples.options.ssl ?? [], 'connection.ssl': nodePostgres.samples.options.ssl ?? [], 'connection.sslmode': ['require'] },
  unwrap,
  nest: (ssl) => `connection: { ${ssl} }`,
});
