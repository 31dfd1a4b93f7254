import type { PackageVersions, Settings } from '../drivers/driver.ts';
import { nodePostgres } from '../drivers/node-postgres.ts';
import { optionSetting, refuses } from '../drivers/outcome.ts';
import { postgresJs } from '../drivers/postgres-js.ts';
import { type Entry, type Value, entryOf, propertyOf } from '../value.ts';
import { NO_STRING, type ObjectValue, asObject, assigned, isWritten, objectAt, picked, stringIn, unread } from './settings.ts';
import { type Reached, asDriver } from './wrapper.ts';

/*
 * Drizzle ORM and drizzle-kit over node-postgres or postgres.js. Facts: drizzle-orm 0.45.4 node-postgres/driver.js and
 * postgres-js/driver.js drizzle(), drizzle-kit 0.31.11 bin.cjs flattenDatabaseCredentials(), postgresCredentials and
 * preparePostgresDB(). What is over pg is measured (test/lab), the rest was run, with the Client shown what it got.
 */

const DRIZZLE = 'drizzle-orm 0.45.4 node-postgres/driver.js drizzle()';
const CREDENTIALS = 'drizzle-kit 0.31.11 bin.cjs postgresCredentials';
const PREPARE = 'drizzle-kit 0.31.11 bin.cjs preparePostgresDB()';

/** `drizzle(url)`, `drizzle({ connection: url | { … } })`. */
function unwrapDrizzle(given: Settings): Reached {
  const options = asObject(given.options);
  const connection = propertyOf(options, 'connection');
  const ignored = unread(options, '', [], (name) => `Drizzle hands on what stands in \`connection\`, never a \`${name}\` beside it`, DRIZZLE);
  const isGiven = given.string !== null || given.stringHidden;
  if (connection?.kind === 'object') return { ...(isGiven ? given : stringIn(propertyOf(connection, 'connectionString'))), options: connection, ignored };
  if (isGiven) return { ...given, options: given.options === undefined ? undefined : asObject(undefined), ignored };
  if (connection?.kind === 'hidden') return { ...given, stringHidden: true, options: asObject(connection), ignored };
  return { ...stringIn(connection), options: { ...asObject(undefined), open: options.open && connection === undefined }, ignored };
}

/** Its words for what pg is given. */
const UNVERIFIED: readonly string[] = ['require', 'allow', 'prefer'];

/**
 * `defineConfig({ dbCredentials })`: the first of the drivers that are installed, pg before postgres.js. What stands beside
 * `dbCredentials` counts like what stands in it, and gives way to that (flattenDatabaseCredentials()).
 */
function unwrapKit(given: Settings, _: string, packages: PackageVersions): Reached {
  const isPostgresJs = packages.pg === undefined && packages.postgres !== undefined;
  const all = asObject(given.options);
  // Its schema of a configuration loses what is undefined.
  const beside: ObjectValue = { ...all, entries: all.entries.filter(({ name, value }) => name !== 'dbCredentials' && !(value.kind === 'literal' && value.value === undefined)) };
  const inside = objectAt(all, 'dbCredentials');
  const credentials = assigned(beside, inside);
  const dropped = (read: readonly string[], text: (name: string) => string): NonNullable<Reached['ignored']> => [...unread(beside, '', read, text, CREDENTIALS), ...unread(inside, 'dbCredentials', read, text, CREDENTIALS)];
  const parts = isWritten(propertyOf(credentials, 'host')) && isWritten(propertyOf(credentials, 'database'));
  const driver = isPostgresJs ? postgresJs : nodePostgres;
  const isGiven = given.string !== null || given.stringHidden;
  const url = propertyOf(credentials, 'url');
  if (!parts && (isGiven || isWritten(url))) {
    // Where there is more than is seen, that may be a host and a database.
    const ignored = dropped([], (name) => `drizzle-kit drops \`${name}\` beside a \`url\``);
    return { ...(isGiven ? given : stringIn(url)), options: undefined, ignored, driver };
  }
  const ignored = dropped(['ssl'], (name) => `drizzle-kit never reads a \`${name}\` of \`dbCredentials\`, only \`ssl\``);
  return { ...NO_STRING, driver, ignored, ...fromParts(credentials, isPostgresJs) };
}

function fromParts(credentials: ObjectValue, isPostgresJs: boolean): Omit<Reached, 'string' | 'stringHidden' | 'toSource' | 'ignored'> {
  const entry = entryOf(credentials, 'ssl');
  const places = picked(credentials, { host: 'host', port: 'port', user: 'user', password: 'password', database: 'database' });
  const with_ = (ssl: Entry): ObjectValue => assigned(places, { ...places, entries: [ssl] });
  const word = entry?.value.kind === 'literal' ? entry.value.value : undefined;
  const setting = entry === undefined ? undefined : optionSetting('ssl', entry);
  if (setting !== undefined && typeof word === 'string' && word !== 'verify-full' && !UNVERIFIED.includes(word)) {
    return { options: places, refuses: refuses('tls', { text: 'drizzle-kit takes true, false, require, allow, prefer, verify-full or an object for `ssl`, and stops', source: CREDENTIALS, setting }) };
  }
  if (isPostgresJs) return { options: entry === undefined ? places : with_(entry) };
  if (entry === undefined || setting === undefined) {
    // "ssl" in credentials ? … : {}
    return { options: credentials.open ? places : with_({ name: 'ssl', value: empty(credentials), span: credentials.span }) };
  }
  if (typeof word !== 'string') return { options: with_(entry) };
  const text = word === 'verify-full' ? 'drizzle-kit takes `ssl: verify-full` for what it says' : `drizzle-kit takes \`ssl: ${word}\` for \`rejectUnauthorized: false\`, which accepts any certificate`;
  const value = word === 'verify-full' ? empty(entry.value) : unverified(entry);
  return { options: with_({ ...entry, value }), because: { text, source: PREPARE, setting } };
}

function empty({ span }: Value): Value {
  return { kind: 'object', entries: [], open: false, span };
}

function unverified({ value: { span } }: Entry): Value {
  return { kind: 'object', entries: [{ name: 'rejectUnauthorized', value: { kind: 'literal', value: false, span }, span }], open: false, span };
}

const VERSIONS = [{ label: '0', released: true }];
const SSL = nodePostgres.samples.options.ssl ?? [];

/** Drizzle ORM over node-postgres. */
export const drizzle = asDriver({
  id: 'drizzle',
  title: 'Drizzle',
  versions: VERSIONS,
  packages: { npm: ['drizzle-orm'] },
  versionOf: (packages) => (packages['drizzle-orm'] === undefined ? undefined : '0'),
  samples: { 'connection.ssl': SSL, ssl: [true] },
  unwrap: unwrapDrizzle,
  nest: (ssl) => `connection: { ${ssl} }`,
});

/** The tool that brings a database up to its schema. */
export const drizzleKit = asDriver({
  id: 'drizzle-kit',
  title: 'drizzle-kit',
  versions: VERSIONS,
  packages: { npm: ['drizzle-kit'] },
  versionOf: (packages) => (packages['drizzle-kit'] === undefined ? undefined : '0'),
  samples: { 'dbCredentials.ssl': ['require', 'allow', 'prefer', 'verify-full', 'verify-ca', 'disable', ...SSL], ssl: [false, 'require'] },
  unwrap: unwrapKit,
  nest: (ssl) => `dbCredentials: { ${ssl} }`,
});
