import { type Cell, LIBPQ, MODES, SOCKETS, WORDS, keywords, others, url } from './cells.ts';
import type { Written } from './drivers/serve.ts';

/** What Debian's drivers are swept through. */

const isUrl = ({ string }: Cell): boolean => string?.startsWith('postgres') === true;

/** DBD::Pg has no URLs; its names and values are libpq's. */
export const DBD_PG: readonly Cell[] = [
  ...LIBPQ.filter((cell) => !isUrl(cell)),
  ...['', 'sslmode=require', 'sslmode=verify-full'].map((more) => ({ string: keywords(more).replace('{host} port={port}', '{socket} port=5432') })),
  ...['sslmode=require channel_binding=require', 'channel_binding=typo', 'ssl=require'].map((more) => ({ string: keywords(more) })),
  ...['disable', 'verify-full'].map((word): Cell => ({ string: keywords('sslmode=require'), environment: { PGSSLMODE: word } })),
  ...others(['PGSSLROOTCERT'], { string: keywords() }, { string: keywords('sslmode=require') }, { string: keywords('sslmode=verify-full') }),
];

/** Go takes the home from the list of users, where the lab puts no root certificate. */
export const OF_GO: readonly Cell[] = LIBPQ.filter(({ rootCertificate }) => rootCertificate === undefined);

/** It reads no environment, and so has nothing to go by without a string. */
export const OF_RUST: readonly Cell[] = OF_GO.filter(({ string }) => string !== undefined);

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
  ...['SSLmode=verify-full;pqopt={sslrootcert=system}', 'SSLmode=require;pqopt={sslrootcert=system}', 'SSLmode=require;pqopt={sslnegotiation=direct}', 'SSLmode=prefer;pqopt={sslnegotiation=direct}', 'SSLmode=require;pqopt={channel_binding=require}', 'sslnegotiation=direct', 'channel_binding=require'].map((settings) => ({ string: odbc(settings) })),
  ...['', ';SSLmode=require', ';SSLmode=verify-full'].map((more) => ({ string: odbc().replace('{host};Port={port}', '{socket};Port=5432') + more })),
  ...['disable', 'require', 'verify-ca', 'verify-full'].flatMap((word): Cell[] => [
    { string: odbc(`SSLmode=${word}`), rootCertificate: 'present' },
    { string: odbc(`SSLmode=${word}`), environment: { PGSSLROOTCERT: '{root}' } },
  ]),
  ...['require', 'verify-full', 'disable'].flatMap((word): Cell[] => [{ string: odbc(), environment: { PGSSLMODE: word } }, { string: odbc('SSLmode=prefer'), environment: { PGSSLMODE: word } }]),
];

const bouncer = (...settings: readonly string[]): string => ['host={host} port={port} user=app password=lab-secret dbname=app', ...settings].join(' ');
/** It verifies with the roots that it was built to read where no file is named; the lab's is not among those. */
const verifying = (word: string): readonly string[] => (word.toLowerCase().startsWith('verify') ? ['server_tls_ca_file={root}'] : []);
export const PGBOUNCER: readonly Cell[] = [
  { string: bouncer() },
  ...WORDS.filter((word) => word !== '').map((word) => ({ string: bouncer(`server_tls_sslmode=${word}`, ...verifying(word)) })),
  ...MODES.filter((word) => verifying(word).length === 0).map((word) => ({ string: bouncer(`server_tls_sslmode=${word}`, 'server_tls_ca_file={root}') })),
  { string: bouncer('server_tls_ca_file={root}') },
  { string: bouncer('sslmode=require') },
  { string: bouncer('sslrootcert={root}') },
  ...['ssl=true', 'sslrootcert=system', 'sslnegotiation=direct', 'channel_binding=require'].map((setting) => ({ string: bouncer(setting) })),
  ...['', ' server_tls_sslmode=require'].map((more) => ({ string: bouncer().replace('{host} port={port}', '{socket} port=5432') + more })),
  ...others(['PGSSLROOTCERT'], { string: bouncer() }, { string: bouncer('server_tls_sslmode=require') }),
  { string: bouncer('server_tls_sslmode=disable', 'server_tls_sslmode=require') },
  { string: bouncer('server_tls_sslmode=require', 'server_tls_sslmode=disable') },
  ...['tlsv1.2', 'all', 'legacy', 'typo'].map((word) => ({ string: bouncer('server_tls_sslmode=require', `server_tls_protocols=${word}`) })),
  { string: bouncer('server_tls_sslmode=require', 'server_tls_ciphers=HIGH') },
  ...['require', 'verify-full'].flatMap((word): Cell[] => [{ string: bouncer(), environment: { PGSSLMODE: word } }, { string: bouncer('server_tls_sslmode=require'), environment: { PGSSLMODE: word } }]),
  { string: bouncer('server_tls_sslmode=require'), rootCertificate: 'present' },
];

const CONTEXT: Written = { $: 'ssl-context', path: '{root}' };
/** Contexts that check less. Python wants the name unchecked before the chain is. */
const LAX: readonly Written[] = [{ check_hostname: false }, { check_hostname: false, verify_mode: 'CERT_NONE' }, { check_hostname: false, verify_mode: 'CERT_OPTIONAL' }].map((attributes) => ({ ...CONTEXT, attributes }));

/** Arguments of connect() in Python and Ruby: libpq's keywords, alone, beside a string and beside variables. */
const KEYWORDS: readonly Cell[] = [
  { options: {} },
  ...WORDS.map((word): Cell => ({ options: { sslmode: word } })),
  ...MODES.map((word): Cell => ({ options: { sslmode: word, sslrootcert: '{root}' } })),
  ...[{ sslrootcert: 'system' }, { sslmode: 'require', sslrootcert: 'system' }, { ssl: 'true' }, { ssl: true }, { sslmode: 'require', sslnegotiation: 'direct' }, { sslmode: 'require', channel_binding: 'require' }, { sslMode: 'require' }].map((options): Cell => ({ options })),
  ...['disable', 'require', 'verify-full'].flatMap((word) => ['', 'sslmode=disable', 'sslmode=require', 'sslmode=verify-full&sslrootcert={root}', 'ssl=true'].map((query): Cell => ({ string: url(query), options: { sslmode: word } }))),
  ...['disable', 'require', 'verify-full'].flatMap((word): Cell[] => [{ options: {}, environment: { PGSSLMODE: word } }, { options: { sslmode: 'prefer' }, environment: { PGSSLMODE: word } }]),
];
export const WITH_KEYWORDS: readonly Cell[] = [...LIBPQ, ...KEYWORDS];

/** `ssl`, and what else asyncpg's connect() takes or does not. */
export const ASYNCPG: readonly Cell[] = [
  ...LIBPQ,
  { options: {} },
  ...[true, false, null, ...WORDS, 'true', CONTEXT].flatMap((ssl): Cell[] => [{ options: { ssl } }, ...['', 'sslmode=disable', 'sslmode=require', 'sslmode=verify-full', 'sslrootcert={root}', 'sslmode=typo'].map((query) => ({ string: url(query), options: { ssl } }))]),
  ...LAX.flatMap((ssl): Cell[] => ['', 'sslmode=disable', 'sslmode=verify-full'].map((query) => ({ string: url(query), options: { ssl } }))),
  ...['require', 'verify-ca', 'verify-full', true].flatMap((ssl): Cell[] => [
    { options: { ssl }, rootCertificate: 'present' },
    { options: { ssl }, environment: { PGSSLROOTCERT: '{root}' } },
    { options: { ssl }, environment: { PGSSLMODE: 'disable' } },
    { options: { ssl, host: '{socket}' } },
  ]),
  ...['disable', 'require', 'verify-full', 'typo'].flatMap((word): Cell[] => [{ options: {}, environment: { PGSSLMODE: word } }, { options: { ssl: 'prefer' }, environment: { PGSSLMODE: word } }, { options: { ssl: null }, environment: { PGSSLMODE: word } }]),
  // `direct_tls` is for what stands before PostgreSQL, which itself wants ALPN with it.
  ...[{ sslmode: 'require' }, { sslrootcert: '{root}' }].map((options): Cell => ({ options })),
];

export const PG8000: readonly Cell[] = [
  { options: {} },
  ...WORDS.map((word): Cell => ({ options: { sslmode: word } })),
  ...[{ sslrootcert: 'system' }, { sslnegotiation: 'direct' }, { channel_binding: 'require' }, { ssl: true, sslmode: 'disable' }, { ssl: false, sslmode: 'verify-full' }].map((options): Cell => ({ options })),
  ...[{ ssl: true }, { ssl: false }, { ssl: null }, { ssl: 'require' }, { ssl: '' }, { ssl: CONTEXT }, { ssl_context: true }, { ssl_context: CONTEXT }, { sslmode: 'verify-full', sslrootcert: '{root}' }].map((options): Cell => ({ options })),
  ...['PGSSLMODE', 'PGSSLROOTCERT'].map((name): Cell => ({ options: {}, environment: { [name]: name === 'PGSSLMODE' ? 'require' : '{root}' } })),
  { options: { ssl: true }, environment: { PGSSLMODE: 'disable' } },
  ...others(['PGSSLROOTCERT'], { options: { ssl: true } }),
  ...[{}, { ssl: true }].map((given): Cell => ({ options: { unix_sock: '{socket}/.s.PGSQL.5432', ...given } })),
];

/** The query of a URL under SQLAlchemy's schemes, beside connect_args and variables. */
const OF_SQLALCHEMY = ['', ...WORDS.map((word) => `sslmode=${word}`), ...MODES.map((word) => `sslmode=${word}&sslrootcert={root}`), 'sslrootcert={root}', 'sslrootcert=system', 'sslmode=verify-full&sslrootcert=system', 'ssl=true', 'ssl=require', 'ssl=verify-full', 'sslMode=require', 'sslmode=require&channel_binding=require', 'sslmode=require&sslnegotiation=direct', 'sslmode=disable&sslmode=require', 'unheard_of=1', 'application_name=lab&sslmode=require'];
const OF_ASYNCPG = ['', ...[...WORDS, 'true', 'false', '1'].map((word) => `ssl=${word}`), 'sslmode=require', 'sslmode=verify-full', 'sslrootcert={root}', 'sslnegotiation=direct', 'channel_binding=require', 'ssl=require&sslmode=require', 'ssl=disable&ssl=require'];
const schemed = (scheme: string, query: string): string => url(query).replace('postgres:', `${scheme}:`);
export const SQLALCHEMY: readonly Cell[] = [
  ...['postgresql', 'postgresql+psycopg2'].flatMap((scheme) => OF_SQLALCHEMY.map((query): Cell => ({ string: schemed(scheme, query) }))),
  ...OF_ASYNCPG.map((query): Cell => ({ string: schemed('postgresql+asyncpg', query) })),
  ...['', 'sslmode=require'].map((query): Cell => ({ string: schemed('postgres', query) })),
  { options: {} },
  ...[...MODES, 'typo'].map((word): Cell => ({ options: { connect_args: { sslmode: word } } })),
  { options: { connect_args: { sslmode: 'verify-full', sslrootcert: '{root}' } } },
  ...['disable', 'require', 'verify-full'].flatMap((word) => ['sslmode=disable', 'sslmode=require', 'sslmode=verify-full&sslrootcert={root}'].map((query): Cell => ({ string: schemed('postgresql', query), options: { connect_args: { sslmode: word } } }))),
  ...[true, false, null, 'require', 'verify-full', 'typo', CONTEXT, ...LAX].flatMap((ssl) => ['', 'ssl=disable', 'ssl=require'].map((query): Cell => ({ string: schemed('postgresql+asyncpg', query), options: { connect_args: { ssl } } }))),
  ...['disable', 'require', 'verify-full'].flatMap((word) => ['postgresql', 'postgresql+asyncpg'].map((scheme): Cell => ({ string: schemed(scheme, ''), environment: { PGSSLMODE: word } }))),
  { string: schemed('postgresql', 'sslmode=verify-full'), environment: { PGSSLROOTCERT: '{root}' } },
  { string: schemed('postgresql+asyncpg', 'ssl=verify-full'), environment: { PGSSLROOTCERT: '{root}' } },
  ...['disable', 'verify-full'].map((word): Cell => ({ string: schemed('postgresql', 'sslmode=require'), environment: { PGSSLMODE: word } })),
  ...['', 'disable', 'prefer'].map((ssl): Cell => ({ string: schemed('postgresql+asyncpg', ssl === '' ? '' : `ssl=${ssl}`), environment: { PGSSLMODE: 'require' } })),
  { options: { connect_args: { sslmode: 'require' } }, environment: { PGSSLMODE: 'disable' } },
  ...['postgresql', 'postgresql+asyncpg'].flatMap((scheme) => SOCKETS.map(({ string = '' }): Cell => ({ string: string.replace('postgres:', `${scheme}:`).replace('sslmode=', scheme.endsWith('asyncpg') ? 'ssl=' : 'sslmode=') }))),
  { options: { connect_args: { sslmode: 'require', host: '{socket}' } } },
  { string: schemed('postgresql', 'sslmode=require'), rootCertificate: 'present' },
  { string: schemed('postgresql+asyncpg', 'ssl=require'), rootCertificate: 'present' },
];

/** OPTIONS, what stands beside it and is never read, and URLs as dj-database-url takes them. */
export const DJANGO: readonly Cell[] = [
  { options: {} },
  ...WORDS.map((word): Cell => ({ options: { OPTIONS: { sslmode: word } } })),
  ...MODES.map((word): Cell => ({ options: { OPTIONS: { sslmode: word, sslrootcert: '{root}' } } })),
  ...[{ sslrootcert: 'system' }, { ssl: true }, { ssl: 'require' }, { sslMode: 'require' }, { sslmode: 'require', channel_binding: 'require' }].map((given): Cell => ({ options: { OPTIONS: given } })),
  ...[{ sslmode: 'require' }, { SSLMODE: 'require' }, { sslmode: 'verify-full', sslrootcert: '{root}' }, { ssl: true }, { sslmode: 'verify-full', OPTIONS: { sslmode: 'require' } }].map((options): Cell => ({ options })),
  ...OF_SQLALCHEMY.map((query): Cell => ({ string: url(query) })),
  ...['disable', 'require', 'verify-full'].flatMap((word): Cell[] => [
    { options: {}, environment: { PGSSLMODE: word } },
    { options: { OPTIONS: { sslmode: 'prefer' } }, environment: { PGSSLMODE: word } },
    { string: url('sslmode=require'), options: { OPTIONS: { sslmode: word } } },
  ]),
  { options: { OPTIONS: { sslmode: 'verify-full' } }, environment: { PGSSLROOTCERT: '{root}' } },
  { options: { OPTIONS: { sslmode: 'require' } }, rootCertificate: 'present' },
  ...['disable', 'verify-full'].map((word): Cell => ({ string: url('sslmode=require'), environment: { PGSSLMODE: word } })),
  { string: url('sslmode=disable'), options: { OPTIONS: { sslmode: 'require' } } },
  ...SOCKETS,
  ...[{}, { OPTIONS: { sslmode: 'require' } }, { OPTIONS: { sslmode: 'verify-full' } }].map((given): Cell => ({ options: { HOST: '{socket}', ...given } })),
];

/** Maps of names in files and arrays, and URLs. */
const mapped = (...schemes: readonly string[]): readonly Cell[] => [
  { options: {} },
  ...WORDS.map((word): Cell => ({ options: { sslmode: word } })),
  ...MODES.map((word): Cell => ({ options: { sslmode: word, sslrootcert: '{root}' } })),
  ...[{ sslrootcert: 'system', sslmode: 'verify-full' }, { ssl: true }, { ssl: 'require' }, { ssl_mode: 'require' }, { sslMode: 'require' }, { channel_binding: 'require' }, { sslnegotiation: 'direct', sslmode: 'require' }].map((options): Cell => ({ options })),
  ...schemes.flatMap((scheme) => ['', 'sslmode=', 'sslmode=disable', 'sslmode=require', 'sslmode=requrie', 'sslmode=verify-full&sslrootcert={root}', 'ssl=true', 'sslMode=require', 'sslmode=require&channel_binding=require', 'sslmode=require&sslnegotiation=direct', 'sslmode=disable&sslmode=require', 'unheard_of=1&sslmode=require'].map((query): Cell => ({ string: schemed(scheme, query) }))),
  ...['disable', 'verify-full'].map((word): Cell => ({ string: schemed(schemes[0] ?? '', 'sslmode=require'), options: { sslmode: word } })),
  ...['', 'sslmode=disable'].map((query): Cell => ({ string: schemed(schemes[0] ?? '', query), options: { sslmode: 'require' } })),
  ...SOCKETS.map(({ string = '' }): Cell => ({ string: string.replace('postgres:', `${schemes[0] ?? ''}:`) })),
  ...['', '&sslmode=require'].map((more): Cell => ({ string: `${schemes[0] ?? ''}:///app?host={socket}&user=app&password=lab-secret${more}` })),
  ...[{}, { sslmode: 'require' }, { sslmode: 'verify-full' }].map((given): Cell => ({ options: { host: '{socket}', ...given } })),
  ...others(['PGSSLROOTCERT'], { options: {} }, { options: { sslmode: 'verify-full' } }, { string: schemed(schemes[0] ?? '', 'sslmode=verify-full') }),
  ...['disable', 'verify-full'].map((word): Cell => ({ string: schemed(schemes[0] ?? '', 'sslmode=require'), environment: { PGSSLMODE: word } })),
];
const variables: readonly Cell[] = ['disable', 'require', 'verify-full'].flatMap((word): Cell[] => [{ options: {}, environment: { PGSSLMODE: word } }, { options: { sslmode: 'prefer' }, environment: { PGSSLMODE: word } }, { string: url(), environment: { PGSSLMODE: word } }]);
export const RAILS: readonly Cell[] = [...mapped('postgres', 'postgresql'), ...variables];
export const DOCTRINE: readonly Cell[] = [...mapped('postgres', 'postgresql', 'pgsql', 'pdo-pgsql'), ...variables];
/** Where a cell has no options, the array is that of config/database.php, which says `sslmode`. */
export const LARAVEL: readonly Cell[] = [...mapped('postgres', 'pgsql'), ...variables];
