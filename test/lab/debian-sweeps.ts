import { type Cell, LIBPQ, MODES, WORDS } from './cells.ts';

/** What Debian's drivers are swept through. */

const isUrl = ({ string }: Cell): boolean => string?.startsWith('postgres') === true;

/** DBD::Pg has no URLs; its names and values are libpq's. */
export const DBD_PG: readonly Cell[] = LIBPQ.filter((cell) => !isUrl(cell));

/** Go takes the home from the list of users, where the lab puts no root certificate. */
export const OF_GO: readonly Cell[] = LIBPQ.filter(({ rootCertificate }) => rootCertificate === undefined);

const jdbc = (query = ''): string => `jdbc:postgresql://{server}/app?user=app&password=lab-secret${query === '' ? '' : `&${query}`}`;
const JAVA_ROOTS = 'sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory';
const ANY = 'sslfactory=org.postgresql.ssl.NonValidatingFactory';
const JDBC_QUERIES = [
  '',
  ...[...WORDS, 'verify_full'].map((word) => `sslmode=${word}`),
  ...MODES.map((word) => `sslmode=${word}&sslrootcert={root}`),
  ...MODES.map((word) => `sslmode=${word}&${JAVA_ROOTS}`),
  ...MODES.map((word) => `sslmode=${word}&${ANY}`),
  ...['sslrootcert={root}', 'sslrootcert=system', 'sslrootcert=system&sslmode=verify-full', 'sslrootcert=&sslmode=verify-full'],
  ...['true', 'false', '1', 'TRUE', 'require', 'verify-full', ''].map((word) => `ssl=${word}`),
  ...['ssl', 'ssl=true&sslrootcert={root}', `ssl=true&${ANY}`, ANY, `ssl=true&${JAVA_ROOTS}`, 'ssl=true&sslmode=disable', 'sslmode=require&ssl=false', 'ssl=true&sslmode=require&sslrootcert={root}'],
  ...['sslmode=disable&sslmode=require', 'sslmode=require&sslmode=disable', 'sslMode=require', 'ssl_mode=require', 'useSSL=true', 'ssl%6Dode=require'],
  ...['sslNegotiation=direct&sslmode=require', 'channelBinding=require&sslmode=require', 'channelBinding=typo', 'channelBinding=require', 'requireAuth=scram-sha-256', 'gssEncMode=disable&sslmode=require', 'gssEncMode=typo'],
  ...['sslfactory=org.postgresql.ssl.SingleCertValidatingFactory&sslmode=verify-ca', 'sslfactory=org.postgresql.ssl.SingleCertValidatingFactory&sslfactoryarg=file:{root}&sslmode=verify-ca', 'sslresponsetimeout=5000&sslmode=require'],
];

export const PGJDBC: readonly Cell[] = [
  ...JDBC_QUERIES.map((query) => ({ string: jdbc(query) })),
  { string: 'jdbc:postgresql://{server},{server}/app?user=app&password=lab-secret&sslmode=require' },
  ...['', ...MODES, 'ssl=true'].map((word): Cell => ({ string: jdbc(word === '' || word.includes('=') ? word : `sslmode=${word}`), environment: {}, rootCertificate: 'present' })),
  ...['PGSSLMODE', 'PGSSLROOTCERT'].flatMap((name): Cell[] => ['', 'sslmode=require', 'sslmode=verify-full'].map((query) => ({ string: jdbc(query), environment: { [name]: name === 'PGSSLMODE' ? 'require' : '{root}' } }))),
  { string: jdbc('sslmode=require'), environment: { PGSSLMODE: 'disable' } },
];

const odbc = (...settings: readonly string[]): string => ['Driver={PostgreSQL Unicode}', 'Server={host}', 'Port={port}', 'Database=app', 'Uid=app', 'Pwd=lab-secret', ...settings].join(';');
export const PSQLODBC: readonly Cell[] = [
  { string: odbc() },
  ...[...WORDS, 'vf', 'vc', 'vx', 'a', 'p', 'r', 'x', 'verify', 'Prefer'].map((word) => ({ string: odbc(`SSLmode=${word}`) })),
  ...['sslmode=require', 'SSLMODE=require', 'CA=r', 'CA=d', 'ca=verify-full'].map((setting) => ({ string: odbc(setting) })),
  ...[['SSLmode=require', 'SSLmode=disable'], ['SSLmode=disable', 'SSLmode=require'], ['sslrootcert={root}', 'SSLmode=require'], ['sslrootcert={root}', 'SSLmode=verify-full'], ['ssl=true'], ['Encrypt=yes'], ['SSLmode=require', 'pqopt={sslrootcert={root}}'], ['SSLmode=verify-full', 'pqopt={sslrootcert={root}}'], ['pqopt={sslmode=require}'], ['SSLmode=disable', 'pqopt={sslmode=require}']].map((settings) => ({ string: odbc(...settings) })),
  ...['disable', 'require', 'verify-ca', 'verify-full'].flatMap((word): Cell[] => [
    { string: odbc(`SSLmode=${word}`), rootCertificate: 'present' },
    { string: odbc(`SSLmode=${word}`), environment: { PGSSLROOTCERT: '{root}' } },
  ]),
  ...['require', 'verify-full', 'disable'].flatMap((word): Cell[] => [{ string: odbc(), environment: { PGSSLMODE: word } }, { string: odbc('SSLmode=prefer'), environment: { PGSSLMODE: word } }]),
];

const bouncer = (...settings: readonly string[]): string => ['host={host} port={port} user=app password=lab-secret dbname=app', ...settings].join(' ');
export const PGBOUNCER: readonly Cell[] = [
  { string: bouncer() },
  ...WORDS.filter((word) => word !== '').map((word) => ({ string: bouncer(`server_tls_sslmode=${word}`) })),
  ...MODES.map((word) => ({ string: bouncer(`server_tls_sslmode=${word}`, 'server_tls_ca_file={root}') })),
  { string: bouncer('server_tls_ca_file={root}') },
  { string: bouncer('sslmode=require') },
  { string: bouncer('sslrootcert={root}') },
  { string: bouncer('server_tls_sslmode=disable', 'server_tls_sslmode=require') },
  { string: bouncer('server_tls_sslmode=require', 'server_tls_sslmode=disable') },
  { string: bouncer('server_tls_sslmode=require', 'server_tls_protocols=tlsv1.2') },
  ...['require', 'verify-full'].flatMap((word): Cell[] => [{ string: bouncer(), environment: { PGSSLMODE: word } }, { string: bouncer('server_tls_sslmode=require'), environment: { PGSSLMODE: word } }]),
  { string: bouncer('server_tls_sslmode=verify-full'), rootCertificate: 'present' },
  { string: bouncer('server_tls_sslmode=require'), rootCertificate: 'present' },
];
