import type { DriverId } from '../../../drivers/driver.ts';
import type { Site } from '../../../site.ts';
import { entryOf, propertyOf, type Entry, type Value } from '../../../value.ts';
import { sitesOfEntries, stringIn, withFallbacks, type Given, type Shape } from './site.ts';
import { argumentOf, type Terms } from '../terms.ts';
import { withContext } from './ssl-context.ts';

/** What is called to connect, by its module (psycopg 3.2 and 2.9, asyncpg 0.30, pg8000 1.31: their documentation of connect()). */
const CONNECTS: readonly (readonly [pattern: RegExp, shape: Shape])[] = [
  // Peewee 4.3.0 peewee.py PostgresqlDatabase._connect(): what stands beside the name of the database goes to psycopg2's connect(), or to psycopg's where that alone is there; playhouse has kin of it.
  [/\b(?:Pooled)?(?:Postgresql(?:Ext)?|Psycopg3|Cockroach)Database\s*(?=\()/g, libpq('psycopg2', 'dsn')],
  [/\bpsycopg2\.(?:connect|pool\.\w{1,40})\s*(?=\()/g, libpq('psycopg2', 'dsn')],
  [/\b(?:psycopg\.(?:connect|(?:Async)?Connection\.connect)|(?:psycopg_pool\.)?(?:Async)?(?:Null)?ConnectionPool|AsyncConnection\.connect)\s*(?=\()/g, libpq('psycopg', 'conninfo')],
  [/\basyncpg\.(?:connect|create_pool)\s*(?=\()/g, { driver: 'asyncpg', names: { database: 'dbname' }, takesParameters: false, strings: ['dsn'] }],
  [/\bpg8000\.(?:dbapi\.|native\.)?(?:connect|Connection)\s*(?=\()/g, { driver: 'pg8000', names: { database: 'dbname' }, takesParameters: false, form: 'url' }],
];

function libpq(driver: DriverId, string: string): Shape {
  return { driver, names: { database: 'dbname' }, takesParameters: true, strings: [string] };
}

/** Connections that Python describes by names: Django's settings, SQLAlchemy's engines, arguments of connect(). */
export function mapsOfPython(terms: Terms): readonly Site[] {
  const calls = CONNECTS.flatMap(([pattern, shape]) => [...terms.matches(pattern)].flatMap((match) => connectCall(terms, match, shape)));
  return [...calls, ...engines(terms), ...databases(terms)];
}

function connectCall(terms: Terms, match: RegExpExecArray, shape: Shape): readonly Site[] {
  const given = terms.argumentsAt(match.index + match[0].length);
  if (given === null) return [];
  const [first] = given.positional;
  const nested = argumentOf(given, 'kwargs');
  const entries = (nested?.kind === 'object' ? [...given.entries, ...nested.entries] : given.entries).map((entry) => ({ ...entry, value: withContext(entry.value, terms) }));
  const string = first === undefined ? undefined : stringIn(first);
  // A string by itself is found as one.
  if (entries.every(({ name }) => shape.strings?.includes(name) === true || !/host|port|database|dbname|^ssl/.test(name))) return [];
  return sitesOfEntries(entries, shape, terms, match.index === 0 ? given.span : { start: match.index, end: given.span.start }, { ...(string != null && { string }), open: given.open });
}

const SQLALCHEMY: Shape = { driver: 'sqlalchemy', takesParameters: false };

/** `create_engine(url, connect_args={…})`, `URL.create(…, query={…})`, Flask-SQLAlchemy's SQLALCHEMY_ENGINE_OPTIONS. */
function engines(terms: Terms): readonly Site[] {
  const made = [...terms.matches(/\bcreate_(?:async_)?engine\s*(?=\()/g)].flatMap((match) => {
    const given = terms.argumentsAt(match.index + match[0].length);
    const options = (given?.entries ?? []).filter(({ name }) => name === 'connect_args').map((entry) => ({ ...entry, value: withContext(entry.value, terms) }));
    const string = stringIn(given?.positional[0] ?? given?.entries.find(({ name }) => name === 'url')?.value);
    if (given === null || options.length === 0 || !isOfPostgres(string)) return [];
    return sitesOfEntries(options, SQLALCHEMY, terms, { start: match.index, end: given.span.end }, { string: string ?? 'hidden' });
  });
  const urls = [...terms.matches(/\bURL(?:\.create)?\s*(?=\()/g)].flatMap((match) => {
    const given = terms.argumentsAt(match.index + match[0].length);
    const [first] = given?.positional ?? [];
    const name = first ?? given?.entries.find((entry) => entry.name === 'drivername')?.value;
    if (given === null || name?.kind !== 'literal' || !String(name.value).startsWith("postgres")) return [];
    const query = given.entries.find((entry) => entry.name === 'query')?.value;
    const entries = [...given.entries, ...(query?.kind === 'object' ? query.entries : [])];
    return sitesOfEntries(entries, { driver: 'sqlalchemy', names: { database: 'dbname', username: 'user' }, takesParameters: true }, terms, given.span);
  });
  const [uri] = terms.matches(/\bSQLALCHEMY_DATABASE_URI["'\])]{0,3}\s*=\s*/g);
  const [options] = terms.matches(/\bSQLALCHEMY_ENGINE_OPTIONS["'\])]{0,3}\s*=\s*/g);
  const value = options === undefined ? undefined : terms.valueFrom(options.index + options[0].length);
  const flask = uri === undefined || value?.kind !== 'object' || entryOf(value, 'connect_args') === undefined ? [] : sitesOfEntries(value.entries.filter(({ name }) => name === 'connect_args'), SQLALCHEMY, terms, value.span, { string: stringIn(terms.valueFrom(uri.index + uri[0].length)) ?? 'hidden' });
  return [...made, ...urls, ...flask];
}

/** What is written down is of PostgreSQL, and what is not may be. */
function isOfPostgres(string: Given): boolean {
  return string === null || string === 'hidden' || 'reads' in string || /^(?:postgres|cockroach)/.test(string.text.text);
}

/** docs.djangoproject.com/en/5.2/ref/settings/#databases */
const DJANGO: Shape = { driver: 'django', names: { HOST: 'host', PORT: 'port', NAME: 'dbname', USER: 'user' }, takesParameters: false };

/** Django's `DATABASES = {…}`, with what is assigned to parts of it below. */
function databases(terms: Terms): readonly Site[] {
  return [...terms.matches(/^[ \t]*DATABASES\s*(?::[^=\n]{1,60})?=\s*/gm)].flatMap((match) => {
    const from = match.index + match[0].length;
    const all = terms.argumentsAt(from);
    return (all?.entries ?? []).flatMap(({ name, value }) => database(terms, changed(terms, name, value), value));
  }).concat([...terms.matches(/^[ \t]*DATABASES\[\s*["'](\w{1,40})["']\s*\]\s*=\s*/gm)].flatMap((match) => {
    const value = terms.valueFrom(match.index + match[0].length);
    return database(terms, changed(terms, match[1] ?? '', value), value);
  }));
}

function database(terms: Terms, changes: readonly Entry[], value: Value): readonly Site[] {
  if (value.kind === 'object') {
    const engine = entryOf(value, 'ENGINE')?.value;
    const text = engine?.kind === 'literal' ? engine.value : engine === undefined ? undefined : terms.fallbackOf(engine)?.text;
    if (!/postg|cockroach/i.test(String(text))) return [];
    return sitesOfEntries([...value.entries.filter(({ name }) => changes.every((change) => change.name !== name)), ...changes], DJANGO, terms, value.span, { open: value.open });
  }
  // `dj_database_url.config(…)`, `env.db()`: what stands in a variable, or in the default beside it.
  if (value.kind !== 'hidden') return [];
  const call = /^(?:dj_database_url\.(?:config|parse)|env\.db(?:_url)?)\s*(?=\()/.exec(terms.text.slice(value.span.start, value.span.start + 60));
  const given = call === null ? null : terms.argumentsAt(value.span.start + call[0].length);
  const required = given?.entries.find(({ name, value: asked }) => name === 'ssl_require' && asked.kind === 'literal' && asked.value === true);
  const options = required === undefined ? changes : [...changes, { ...required, name: 'OPTIONS', value: { kind: 'object' as const, open: false, span: required.span, entries: [{ ...required, name: 'sslmode', value: { kind: 'literal' as const, value: 'require', span: required.value.span } }] } }];
  if (options.length === 0) return [];
  const written = [given?.positional[0], given === null ? undefined : argumentOf(given, 'default')].map(stringIn).filter((string) => string !== null && string !== 'hidden');
  const read = value.name === undefined ? [] : [{ reads: value.name }];
  return [...read, ...written].flatMap((string) => sitesOfEntries(options, DJANGO, terms, value.span, { string }));
}

/** `DATABASES["default"]["OPTIONS"] = {…}`, `….setdefault("OPTIONS", {})["sslmode"] = "require"`. */
function changed(terms: Terms, alias: string, value: Value): readonly Entry[] {
  const own = propertyOf(value, 'OPTIONS');
  let entries: readonly Entry[] = own?.kind === 'object' ? own.entries : [];
  let found = false;
  for (const match of terms.matches(/^[ \t]*DATABASES\[\s*["'](\w{1,40})["']\s*\](?:\[\s*["']OPTIONS["']\s*\]|\.setdefault\(\s*["']OPTIONS["'][^)\n]{0,20}\))(?:\[\s*["'](\w{1,40})["']\s*\])?\s*=\s*/gm)) {
    if (match[1] !== alias) continue;
    const start = match.index + match[0].length;
    const put = terms.valueFrom(start);
    found = true;
    if (match[2] === undefined) entries = put.kind === 'object' ? put.entries : entries;
    else entries = [...entries.filter(({ name }) => name !== match[2]), { name: match[2], value: put, span: { start: match.index + match[0].search(/\S/), end: put.span.end } }];
  }
  return found ? [{ name: 'OPTIONS', value: withFallbacks({ kind: 'object', entries, open: false, span: value.span }, terms), span: value.span }] : [];
}
