import type { Site } from '../../../site.ts';
import type { Entry, Value } from '../../../value.ts';
import type { Terms } from '../terms.ts';
import { sitesOfEntries, stringIn, type Shape } from './site.ts';

/** Npgsql's builder (www.npgsql.org/doc/connection-string-parameters.html). */
const NPGSQL: Shape = {
  driver: 'npgsql',
  names: { Host: 'host', Port: 'port', Database: 'dbname', Username: 'user', SslMode: 'sslmode', RootCertificate: 'sslrootcert', SslCertificate: 'sslcert', SslKey: 'sslkey', SslNegotiation: 'sslnegotiation', ChannelBinding: 'channel_binding' },
  takesParameters: true,
  form: 'ado',
};

/** `new NpgsqlConnectionStringBuilder { Host = …, SslMode = SslMode.Require }`, and what is assigned to it below. */
export function mapsOfDotnet(terms: Terms): readonly Site[] {
  return [...terms.matches(/\bnew\s+(?:Npgsql\.)?NpgsqlConnectionStringBuilder\s*/g)].flatMap((match) => {
    let at = match.index + match[0].length;
    const given = terms.text.charAt(at) === '(' ? terms.argumentsAt(at) : null;
    if (given !== null) at = given.span.end + (/^\s*/.exec(terms.text.slice(given.span.end, given.span.end + 200))?.[0].length ?? 0);
    const initial = terms.text.charAt(at) === '{' ? (terms.argumentsAt(at)?.entries ?? []) : [];
    const name = /(\w+)\s*=\s*$/.exec(terms.text.slice(Math.max(0, match.index - 100), match.index))?.[1];
    const later = name === undefined ? [] : assigned(terms, name, match.index);
    const entries = [...initial, ...later].map((entry) => withWord(entry, terms));
    const string = given?.positional[0] === undefined ? null : stringIn(given.positional[0]);
    if (entries.length === 0) return [];
    return sitesOfEntries(entries, NPGSQL, terms, { start: match.index, end: at }, { string });
  });
}

/** `builder.SslMode = SslMode.VerifyFull;` */
function assigned(terms: Terms, name: string, from: number): readonly Entry[] {
  return [...terms.matches(new RegExp(`\\b${name}\\.([A-Z]\\w{1,40})\\s*=(?!=)\\s*`, 'g'))].flatMap((match): Entry[] => {
    if (match.index < from) return [];
    const value = terms.valueFrom(match.index + match[0].length);
    return [{ name: match[1] ?? '', value, span: { start: match.index, end: value.span.end } }];
  });
}

/** A member of an enumeration as the word that it is: `SslMode.Require`, `PgSslMode::VerifyFull`. */
function withWord(entry: Entry, terms: Terms): Entry {
  const { value } = entry;
  if (value.kind !== 'hidden' || value.name !== undefined) return entry;
  const word = /^(?:\w+\.|\w+::)*(?:Pg)?Ssl(?:Mode|Negotiation)(?:\.|::)(\w+)$/.exec(terms.text.slice(value.span.start, value.span.end))?.[1];
  return word === undefined ? entry : { ...entry, value: { kind: 'literal', value: word, span: value.span } };
}

const OF_SQLX: Shape = { driver: 'sqlx', names: { username: 'user', database: 'dbname', ssl_mode: 'sslmode', ssl_root_cert: 'sslrootcert', ssl_client_cert: 'sslcert', ssl_client_key: 'sslkey' }, takesParameters: true, setters: true, form: 'url' };
const OF_TOKIO: Shape = { ...OF_SQLX, driver: 'tokio-postgres' };

/** `PgConnectOptions::new().host(…).ssl_mode(PgSslMode::Require)` of sqlx, and the Config of tokio-postgres. */
export function mapsOfRust(terms: Terms): readonly Site[] {
  const calls = [...terms.matches(/\b(?:PgConnectOptions|tokio_postgres::Config)::new(?:_without_pgpass)?\s*\(\s*\)/g)];
  return calls.flatMap((match) => {
    const entries: Entry[] = [];
    const next = /\s*\.\s*(\w{1,40})\s*(?=\()/y;
    for (let at = match.index + match[0].length; entries.length < 30; ) {
      next.lastIndex = at;
      const call = next.exec(terms.text);
      const given = call === null ? null : terms.argumentsAt(next.lastIndex);
      if (call === null || given === null) break;
      const [value = { kind: 'hidden', span: given.span } satisfies Value] = given.positional;
      entries.push(withWord({ name: call[1] ?? '', value, span: { start: call.index, end: given.span.end } }, terms));
      at = given.span.end;
    }
    const kebab = entries.map((entry) => (entry.value.kind === 'literal' && /^ssl_mode$/.test(entry.name) ? { ...entry, value: { ...entry.value, value: String(entry.value.value).replaceAll(/(?<=[a-z])([A-Z])/g, '-$1').toLowerCase() } } : entry));
    return sitesOfEntries(kebab, match[0].startsWith('Pg') ? OF_SQLX : OF_TOKIO, terms, { start: match.index, end: match.index + match[0].length });
  });
}

const OF_JDBC: Shape = { driver: 'pgjdbc', names: { serverName: 'host', serverNames: 'host', portNumber: 'port', databaseName: 'dbname', user: 'user', sslMode: 'sslmode', sslRootCert: 'sslrootcert', sslRootcert: 'sslrootcert', sslCert: 'sslcert', sslKey: 'sslkey' }, takesParameters: true, strings: ['url', 'uRL', 'jdbcUrl'], setters: true, form: 'jdbc' };

/** Setters of a data source (`source.setSslMode("require")`), Hikari's addDataSourceProperty, and Properties that are given to DriverManager beside a URL. */
export function mapsOfJvm(terms: Terms): readonly Site[] {
  if (!/PG\w*DataSource|Hikari|DriverManager/.test(terms.text)) return [];
  const objects = new Map<string, Entry[]>();
  const add = (object: string, entry: Entry): void => void objects.set(object, [...(objects.get(object) ?? []), entry]);
  for (const match of terms.matches(/\b(\w{1,60})\.(?:set(Url|URL|JdbcUrl|ServerNames?|PortNumbers?|DatabaseName|User|SslMode|SslRootCert|SslRootcert|SslCert|SslKey|Ssl)|(?:addDataSourceProperty|setProperty|put))\s*(?=\()/g)) {
    const given = terms.argumentsAt(match.index + match[0].length);
    const [first, second] = given?.positional ?? [];
    if (given === null || first === undefined) continue;
    const setter = match[2];
    const span = { start: match.index, end: given.span.end };
    if (setter !== undefined) add(match[1] ?? '', { name: setter.charAt(0).toLowerCase() + setter.slice(1), value: firstOf(first, terms), span });
    else if (first.kind === 'literal' && /^(?:ssl\w*|channelBinding|serverName|databaseName|portNumber)$/.test(String(first.value)) && second !== undefined) add(match[1] ?? '', { name: String(first.value), value: second, span });
  }
  const blocks = [...terms.matches(/\b(?:HikariConfig|HikariDataSource|PG\w{0,20}DataSource)\(\)\.apply\s*(?=\{)/g)].map(({ 0: opener, index }) => ({ name: `apply ${index}`, span: terms.argumentsAt(index + opener.length)?.span }));
  // Kotlin's properties: `source.jdbcUrl = "…"`, and in a block that is applied without the name.
  for (const match of terms.matches(/(?:\b(\w{1,60})\.|^[ \t]*)(url|jdbcUrl|serverNames|portNumbers|databaseName|user|sslMode|sslRootCert|sslCert|sslKey|ssl)[ \t]*=(?!=)[ \t]*/gm)) {
    const block = blocks.find(({ span }) => span !== undefined && span.start < match.index && match.index < span.end);
    const of = match[1] === undefined || match[1] === 'this' ? block?.name : match[1];
    if (of === undefined) continue;
    const value = terms.valueFrom(match.index + match[0].length);
    add(of, { name: match[2] ?? '', value: firstOf(value, terms), span: { start: match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0), end: value.span.end } });
  }
  // Calls in such a block are of no object that has a name.
  for (const match of blocks.length === 0 ? [] : terms.matches(/^[ \t]*addDataSourceProperty\s*(?=\()/gm)) {
    const block = blocks.find(({ span }) => span !== undefined && span.start < match.index && match.index < span.end);
    const given = terms.argumentsAt(match.index + match[0].length);
    const [name, value] = given?.positional ?? [];
    if (block === undefined || given === null || name?.kind !== 'literal' || value === undefined || !/^ssl\w*$/.test(String(name.value))) continue;
    add(block.name, { name: String(name.value), value, span: { start: match.index, end: given.span.end } });
  }
  const connected = [...terms.matches(/\bDriverManager\.getConnection\s*(?=\()/g)].flatMap((match) => {
    const given = terms.argumentsAt(match.index + match[0].length);
    const [url, properties] = given?.positional ?? [];
    const name = properties === undefined ? '' : terms.text.slice(properties.span.start, properties.span.end);
    const entries = objects.get(name);
    if (given === null || entries === undefined || url === undefined) return [];
    objects.delete(name);
    return site(entries, terms, given.span, stringIn(url));
  });
  const isSource = (entries: readonly Entry[]): boolean => entries.some(({ name }) => /^(?:url|jdbcUrl|serverNames?)$/i.test(name)) && entries.length > 1;
  return [...connected, ...[...objects.values()].flatMap((entries) => (isSource(entries) ? site(entries, terms, entries[0]?.span ?? { start: 0, end: 0 }) : []))];
}

/** `new String[] {"db.example.com"}`, `arrayOf("…")`. */
function firstOf(value: Value, terms: Terms): Value {
  const opener = value.kind === 'hidden' ? /^(?:new String\[\]\s*|arrayOf)(?=[({])/.exec(terms.text.slice(value.span.start, value.span.start + 40)) : null;
  return (opener === null ? undefined : terms.argumentsAt(value.span.start + opener[0].length)?.positional[0]) ?? value;
}

function site(entries: readonly Entry[], terms: Terms, span: Entry['span'], string?: ReturnType<typeof stringIn>): readonly Site[] {
  return sitesOfEntries(entries, OF_JDBC, terms, span, string === undefined ? {} : { string }).filter((found) => found.string === null || found.string === 'hidden' || found.string.text.startsWith('jdbc:postgresql'));
}
