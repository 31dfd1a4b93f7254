import { driverOf } from '../../packages/core/src/drivers/index.ts';
import { rowsOf } from '../../tools/generators/drivers.ts';
import { keyOf, labCells } from '../../tools/generators/measured.ts';
import { type Cell, LIBPQ, MODES, NODE_BYPASS, NODE_POSTGRES, POSTGRES_JS, ROOT, SERVICES, SOCKETS, SSL_OPTIONS, URLS, WORDS, each, nameOf, options, others, url, written } from './cells.ts';
import { ASYNCPG, DBD_PG, DJANGO, DOCTRINE, LARAVEL, OF_GO, OF_RUST, PG8000, PGBOUNCER, PGJDBC, PSQLODBC, RAILS, SQLALCHEMY, WITH_KEYWORDS } from './debian-sweeps.ts';
import type { LabDriver } from './roster.ts';

/** Slonik's `ssl` stands beside a string. */
const SLONIK: readonly Cell[] = [
  ...URLS,
  ...SOCKETS,
  { string: 'postgres://app:lab%secret@{server}/app?sslmode=require' },
  ...each(['sslrootcert={root}&sslmode=no-verify', 'sslcert={cert}', 'sslkey={key}', 'sslcert={cert}&sslkey={key}&sslmode=require']),
  ...SSL_OPTIONS.flatMap((ssl): Cell[] => [
    { options: { ssl } },
    { string: url('sslmode=require'), options: { ssl } },
    { string: url('sslmode=disable'), options: { ssl } },
  ]),
  { options: {} },
  { options: { sslmode: 'require' } },
  ...['require', 'disable', 'no-verify'].map((word): Cell => ({ string: url(), environment: { PGSSLMODE: word } })),
  { string: url('sslmode=require'), environment: { PGSSLMODE: 'disable' } },
  { options: { ssl: true }, environment: { PGSSLMODE: 'disable' } },
  ...others(['PGSSL', 'PGSSLROOTCERT'], { string: url() }, { string: url('sslmode=require') }, { options: { ssl: true } }),
  { string: url('sslmode=require'), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url(), environment: { PGSSLNEGOTIATION: 'direct' } },
  ...['', 'sslmode=require', 'sslmode=no-verify'].map((query): Cell => ({ string: url(query), environment: NODE_BYPASS })),
  { string: url(), options: { ssl: { ca: ROOT } }, environment: NODE_BYPASS },
];

/** node-postgres's options, what its native client makes of them, and libpq's own variables and file. */
const PG_NATIVE: readonly Cell[] = [
  ...URLS,
  ...SOCKETS,
  ...options('PGSSLMODE'),
  ...['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'typo'].flatMap((word): Cell[] => [{ options: { ssl: { sslmode: word } } }, { options: { ssl: { sslmode: word, sslrootcert: '{root}' } } }]),
  { options: { ssl: { sslmode: 'verify-full', sslrootcert: 'system' } } },
  { options: { ssl: { sslmode: 'require', sslca: '{root}' } } },
  { options: { ssl: { sslmode: 'require', sslcert: '{cert}', sslkey: '{key}' } } },
  { options: { ssl: { sslrootcert: '{root}' } } },
  { options: { nativeConnectionString: 'host={host} port={port} user=app password=lab-secret dbname=app sslmode=require' } },
  { options: { ssl: true, nativeConnectionString: 'host={host} port={port} user=app password=lab-secret dbname=app sslmode=verify-full sslrootcert={root}' } },
  ...['sslmode=require', 'sslmode=verify-full', 'ssl=require', 'ssl=verify-full', 'ssl=prefer', ''].flatMap((query): Cell[] => [
    { string: url(query), rootCertificate: 'present' },
    { string: url(query), environment: { PGSSLROOTCERT: '{root}' } },
    { string: url(query), environment: { PGSSLMODE: 'verify-full', PGSSLROOTCERT: '{root}' } },
    { string: url(query), environment: { PGSSLMODE: 'disable' } },
  ]),
];

const BUN: readonly Cell[] = [
  ...URLS,
  ...SOCKETS,
  ...each(['SSLMODE=require', 'ssl-mode=require', 'ssl_mode=verify-full', 'sslmode=required', 'sslmode=verify_full', 'sslmode=verify_ca', 'sslmode=verify-identity', 'sslmode=preferred', 'sslmode=disabled', 'tls=true', 'tls=verify-full', 'SSL=TRUE', 'ssl=prefer', 'ssl=verify-ca']),
  ...each(['ssl=true&sslmode=prefer', 'ssl=true&sslmode=verify-full', 'ssl=false&sslmode=require', 'sslmode=require&ssl=false', 'ssl=true&sslrootcert={root}', 'sslmode=prefer&ssl=true&sslrootcert=system']),
  ...each(['channel_binding=require&sslmode=verify-full', 'channel_binding=prefer&sslmode=require', 'channel_binding=disable', 'sslmode=require&gssencmode=disable', 'sslmode=require&gssencmode=require', 'sslmode=require&sslcompression=1', 'sslmode=require&sslcrl={root}', 'sslmode=require&ssl_min_protocol_version=TLSv1.2', 'sslmode=require&target_session_attrs=any']),
  ...options('PGSSL').filter(({ environment }) => environment?.PGSSL === undefined),
  ...others(['PGSSL'], { options: {} }, { string: url('sslmode=verify-full') }, { options: { ssl: true } }),
  ...[true, false, null, '', 'prefer', 'require', 'verify-full', {}, { rejectUnauthorized: false }, { rejectUnauthorized: true }, { ca: ROOT }, { checkServerIdentity: written('accept-any-name') }].flatMap((tls): Cell[] => [
    { options: { tls } },
    ...['sslmode=disable', 'sslmode=prefer', 'sslmode=require', 'sslmode=verify-ca', 'sslmode=verify-full', 'ssl=true'].map((query): Cell => ({ string: url(query), options: { tls } })),
  ]),
  ...[{ tls: true, ssl: 'verify-full' }, { tls: false, ssl: true }, { tls: true, ssl: false }, { tls: 'require', ssl: 'verify-full' }, { tls: { rejectUnauthorized: false }, ssl: 'verify-full' }, { ssl: 'require', tls: 'disable' }, { ssl: 'allow' }, { tls: { ca: ROOT, rejectUnauthorized: false } }].map((given): Cell => ({ options: given })),
  ...['PGSSLMODE', 'PG_SSLMODE'].flatMap((name): Cell[] => [...WORDS.map((word): Cell => ({ options: {}, environment: { [name]: word } })), { string: url('sslmode=prefer'), environment: { [name]: 'verify-full' } }, { string: url('sslmode=disable'), environment: { [name]: 'require' } }, { string: url(), environment: { [name]: 'require' } }, { string: url('sslmode=verify-full'), environment: { [name]: 'typo' } }, { options: { tls: false }, environment: { [name]: 'require' } }, { options: { tls: true }, environment: { [name]: 'verify-full' } }]),
  ...['require', 'prefer', 'typo'].map((word): Cell => ({ string: url('sslmode=require'), environment: { PGCHANNELBINDING: word } })),
  ...['sslmode=verify-ca', 'sslmode=verify-full&sslrootcert={root}'].map((query): Cell => ({ string: url(query), environment: NODE_BYPASS })),
  { string: url('sslmode=verify-full'), environment: { PGSSLROOTCERT: '{root}' } },
  { string: url('sslmode=require'), options: { channelBinding: 'require' } },
];

/** What comes before a wrapper's own options. */
const WRAPPED_URLS: readonly Cell[] = each([
  '',
  ...WORDS.map((word) => `sslmode=${word}`),
  'sslMode=require',
  ...MODES.map((word) => `sslmode=${word}&sslrootcert={root}`),
  'sslrootcert=system',
  ...['true', '1', '0', 'false', 'no-verify', 'require', ''].map((word) => `ssl=${word}`),
  'sslmode=disable&ssl=true',
  'sslnegotiation=direct',
  'uselibpqcompat=true&sslmode=require',
  'uselibpqcompat=true&sslmode=verify-ca&sslrootcert={root}',
  'unheard_of=1&sslmode=require',
  'sslaccept=strict&sslmode=require',
  'sslmode=disable&sslmode=verify-full',
  'sslmode=verify-full&sslmode=disable',
  'channel_binding=require&sslmode=require',
]);

const SSL: readonly unknown[] = [true, false, 'require', 'verify-full', 'no-verify', 'prefer', written('undefined'), {}, { require: true }, { rejectUnauthorized: false }, { require: true, rejectUnauthorized: false }, { ca: ROOT }, { checkServerIdentity: written('accept-any-name') }];
const BESIDE = ['', 'sslmode=disable', 'sslmode=require', 'sslmode=no-verify', 'sslmode=verify-full'];

/** `ssl` at the places where users of a wrapper write it, alone and beside strings; the last of them is the right one. */
function wrapped(...places: readonly ((ssl: unknown) => Readonly<Record<string, unknown>>)[]): readonly Cell[] {
  const right = places.at(-1);
  return [
    ...WRAPPED_URLS,
    ...SOCKETS,
    { options: {} },
    ...places.flatMap((place) => SSL.map((ssl): Cell => ({ options: place(ssl) }))),
    ...places.flatMap((place) => [true, { rejectUnauthorized: false }].flatMap((ssl) => BESIDE.map((query): Cell => ({ string: url(query), options: place(ssl) })))),
    { options: { sslmode: 'require' } },
    ...['disable', 'require', 'no-verify'].flatMap((word): Cell[] => [
      { options: {}, environment: { PGSSLMODE: word } },
      { string: url(), environment: { PGSSLMODE: word } },
      ...(right === undefined ? [] : [{ options: right(true), environment: { PGSSLMODE: word } }]),
    ]),
    ...others(['PGSSL', 'PGSSLROOTCERT'], { options: {} }, { string: url('sslmode=verify-full') }, ...(right === undefined ? [] : [{ options: right(true) }])),
    ...(right === undefined ? [] : [{ options: right(true), environment: NODE_BYPASS }]),
    { string: url('sslmode=verify-full'), environment: NODE_BYPASS },
  ];
}

const top = (ssl: unknown): Record<string, unknown> => ({ ssl });
const inside =
  (...path: readonly string[]) =>
  (ssl: unknown): Record<string, unknown> =>
    path.reduceRight<Record<string, unknown>>((inner, name) => ({ [name]: inner }), { ssl });

/** The sweep of each driver. */
const SWEEPS: Readonly<Record<string, readonly Cell[]>> = {
  libpq: LIBPQ,
  psycopg: WITH_KEYWORDS,
  psycopg2: WITH_KEYWORDS,
  'ruby-pg': WITH_KEYWORDS,
  'php-pdo': LIBPQ,
  'perl-dbd-pg': DBD_PG,
  psqlodbc: PSQLODBC,
  pgjdbc: PGJDBC,
  pgx: OF_GO,
  'lib-pq': OF_GO,
  'tokio-postgres': OF_RUST,
  asyncpg: ASYNCPG,
  pg8000: PG8000,
  sqlalchemy: SQLALCHEMY,
  django: DJANGO,
  rails: RAILS,
  doctrine: DOCTRINE,
  laravel: LARAVEL,
  pgbouncer: PGBOUNCER,
  'node-postgres': NODE_POSTGRES,
  'pg-native': PG_NATIVE,
  'postgres.js': POSTGRES_JS,
  slonik: SLONIK,
  bun: BUN,
  sequelize: wrapped(top, inside('dialectOptions')),
  typeorm: wrapped(inside('extra'), top),
  knex: [...wrapped(top, inside('connection')), ...[true, 'require'].map((ssl): Cell => ({ options: { connection: { ssl, host: '{socket}' } } }))],
  kysely: wrapped(top),
  drizzle: wrapped(top, inside('connection')),
  'drizzle-kit': wrapped(top, inside('dbCredentials')),
  'mikro-orm': wrapped(top, inside('driverOptions', 'connection'), inside('driverOptions')),
  'pg-promise': wrapped(top),
  'prisma-adapter-pg': wrapped(top),
};

/** What only pg 7 needs to verify anything. */
const PG_7: readonly Cell[] = [
  ...[{ rejectUnauthorized: true, ca: ROOT }, { rejectUnauthorized: true, checkServerIdentity: written('accept-any-name') }, { rejectUnauthorized: true, checkServerIdentity: false }].map((ssl): Cell => ({ options: { ssl } })),
  ...['', 'ssl=true', 'ssl=0', 'sslmode=disable'].map((query): Cell => ({ string: url(query), options: { ssl: { rejectUnauthorized: true } } })),
];

/** What is asked by hand: all that drivers could disagree about. */
function ownCells({ id, version, variant }: LabDriver): readonly Cell[] {
  if (variant === 'psql') return [...SERVICES, ...LIBPQ];
  return id === 'node-postgres' && version.startsWith('7.') ? [...(SWEEPS[id] ?? []), ...PG_7] : (SWEEPS[id] ?? []);
}

/** Whether a driver can be asked this in the lab. */
function canBeAsked({ id, version }: LabDriver, { string, options: given, rootCertificate }: Cell): boolean {
  switch (id) {
    // Go and Rust take the home from the list of users, where the lab puts no root certificate; their programs here take a string alone.
    case 'pgx':
    case 'lib-pq':
    case 'tokio-postgres':
      return rootCertificate === undefined && given === undefined;
    // It takes no string.
    case 'pg8000':
      return string === undefined;
    // Where it is told of no roots it has those of Debian alone.
    case 'pgbouncer':
      return string !== undefined && !(/sslmode=verify/i.test(string) && !string.includes('ca_file={root}'));
    // Without a host in the URL Rails looks for libpq's own socket, whatever `host` says behind it.
    case 'rails':
      return string?.includes(':///') !== true;
    // pg-connection-string 0.1.3 and Knex take no host from the parameters: those would go to whatever else runs on this machine.
    case 'knex':
      return string?.includes('host={') !== true;
    case 'node-postgres':
      return !/^(?:7|8\.0)\./.test(version) || string?.includes('host={') !== true;
    // What Bun up to 1.3 makes of a socket's folder as host is no matter of TLS: it finds none.
    case 'bun':
      return !version.startsWith('1.3.') || given?.host === undefined;
    default:
      return true;
  }
}

/** The cells that say something about one version of a driver: what is asked by hand, and what its page says besides. */
export function cellsOf(driver: LabDriver): readonly Cell[] {
  const cells = ownCells(driver);
  const asked = new Set(cells.map(keyOf));
  const model = driverOf(driver.id);
  const rows = (model === undefined ? [] : rowsOf(model)).map(({ input }) => labCells(input)).filter((ways) => !ways.some((cell) => asked.has(keyOf(cell))));
  const all = new Map([...cells, ...rows.map(([cell]) => cell)].map((cell) => [nameOf(cell), cell]));
  return [...all.values()].filter((cell) => canBeAsked(driver, cell));
}
