import type { FileKind } from './kind.ts';

/**
 * What a file with a connection, an ignore or a name for `localNames` in it can't do without, in lower case. Each
 * reader's evidence is here: a group of variables is only taken for PostgreSQL by one of these words or ports.
 */
const NEEDLES = [
  // Schemes, adapters, dialects, images, user and host names; `pg` begins PGHOST, pgsql, pg_…
  'postgres', 'psql', 'pg', 'cockroach', 'timescale', 'postgis', 'jdbc:', 'r2dbc', '5432', '6432', '26257',
  // TLS words.
  'sslmode', 'ssl_mode', 'ssl-mode', 'ssl mode', 'ssl.mode', 'tls_reject',
  // A server's settings: postgresql.conf (`ssl = off`, `ssl off`), force_ssl, require_ssl, require_secure_transport.
  'ssl=', 'ssl =', 'ssl\t', "ssl '", 'ssl o', 'ssl f', 'ssl n', 'ssl 0', 'ssl_', '_ssl', 'secure_transport', 'requiressl',
  // Keyword/value and ADO strings, and a map of host, user and database.
  'host', 'server', 'dbname', 'ado',
  // Names whose value may be hidden.
  'database', 'datasource', 'data_source', 'dsn', 'db_', '_db', 'dburl', 'dburi', 'connection', 'conn_',
  // Kubernetes Secrets (base64), services of Compose and CI.
  'secret', 'services', 'services:',
  // Escapes can spell any of the above.
  '\\x', '\\u', '\\\n', '\\\r',
] as const;

/** Needles, for the loop over every byte. */
interface Table {
  /** By the first two bytes of needles: what follows them. */
  readonly rests: ReadonlyMap<number, readonly (readonly number[])[]>;
  /** Which pairs begin a needle. */
  readonly starts: Uint8Array;
}

/** Letters in lower case, the rest as it is. */
let folded: Uint8Array | undefined;
/** Filled when first asked for. */
const tables = new Map<readonly string[], Table>();

function tableOf(needles: readonly string[]): Table {
  const known = tables.get(needles);
  if (known !== undefined) return known;
  const rests = new Map<number, (readonly number[])[]>();
  const starts = new Uint8Array(1 << 16);
  for (const needle of needles) {
    const [first = 0, second = 0, ...rest] = Array.from(needle, (letter) => letter.charCodeAt(0));
    const pair = (first << 8) | second;
    rests.set(pair, [...(rests.get(pair) ?? []), rest]);
    starts[pair] = 1;
  }
  const table = { rests, starts };
  tables.set(needles, table);
  return table;
}

/**
 * Whether a file's bytes can hold anything at all, before they are decoded: of this kind, or of any. Never a miss: true
 * for every file whose reading would not be empty, and for many others. One pass.
 */
export function mayHold(bytes: Uint8Array, kind: Pick<FileKind, 'needles'> | null = null): boolean {
  // UTF-16 parts the letters: the caller must decode it to know.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  folded ??= Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte | 32 : byte));
  const { rests, starts } = tableOf(kind?.needles ?? NEEDLES);
  let before = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = folded[bytes[at] ?? 0] ?? 0;
    const pair = (before << 8) | byte;
    before = byte;
    if (starts[pair] !== 1) continue;
    for (const rest of rests.get(pair) ?? []) if (matches(bytes, at + 1, rest, folded)) return true;
  }
  return false;
}

function matches(bytes: Uint8Array, from: number, rest: readonly number[], folded: Uint8Array): boolean {
  for (let at = 0; at < rest.length; at++) if (folded[bytes[from + at] ?? 0] !== rest[at]) return false;
  return true;
}
