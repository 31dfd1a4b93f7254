/**
 * What a file with a connection, an ignore or a name for `localNames` in it can't do without, in lower case. Each
 * reader's evidence is here: a group of variables is only taken for PostgreSQL by one of these words or ports.
 */
const NEEDLES = [
  // Schemes, adapters, dialects, images, user and host names; `pg` begins PGHOST, pgsql, pg_…
  'postgres', 'psql', 'pg', 'cockroach', 'timescale', 'postgis', 'jdbc:', 'r2dbc', '5432', '6432', '26257',
  // TLS words.
  'sslmode', 'ssl_mode', 'ssl-mode', 'ssl mode', 'ssl.mode', 'tls_reject',
  // Keyword/value and ADO strings, and a map of host, user and database.
  'host', 'server', 'dbname', 'ado',
  // Names whose value may be hidden.
  'database', 'datasource', 'data_source', 'dsn', 'db_', '_db', 'dburl', 'dburi', 'connection', 'conn_',
  // Kubernetes Secrets (base64), services of Compose and CI.
  'secret', 'services', 'services:',
  // Escapes can spell any of the above.
  '\\x', '\\u', '\\\n', '\\\r',
] as const;

/** By the first two bytes (letters in lower case): the rest of each needle. Filled once, when first asked. */
let table: (readonly Uint8Array[] | undefined)[] | undefined;

function fold(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}

function build(): (readonly Uint8Array[] | undefined)[] {
  const starts = new Array<Uint8Array[] | undefined>(1 << 16);
  for (const needle of NEEDLES) {
    const bytes = Uint8Array.from(needle, (letter) => letter.charCodeAt(0));
    const start = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    (starts[start] ??= []).push(bytes.subarray(2));
  }
  return starts;
}

/**
 * Whether a file's bytes can hold anything at all, before they are decoded. Never a miss: true for every file whose
 * reading would not be empty, and for many others. One pass.
 */
export function mayHold(bytes: Uint8Array): boolean {
  // UTF-16 parts the letters: the caller must decode it to know.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  table ??= build();
  let before = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = fold(bytes[at] ?? 0);
    const rests = table[(before << 8) | byte];
    before = byte;
    if (rests?.some((rest) => rest.every((wanted, offset) => fold(bytes[at + 1 + offset] ?? 0) === wanted)) === true) return true;
  }
  return false;
}
