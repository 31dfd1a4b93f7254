import type { Written } from './drivers/serve.ts';

/**
 * Settings to be measured. In texts `{server}` stands for host and port, `{host}` and `{port}` for one of them,
 * `{socket}` for the folder of a Unix socket, `{root}`, `{cert}` and `{key}` for files; in options `file` stands for
 * the content of one.
 */
export interface Cell {
  /** The connection string; not there where host, user and password are given by options or variables. */
  readonly string?: string;
  /** The options object, without host and login. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The lines of an entry of pg_service.conf, which PGSERVICE then names. */
  readonly service?: readonly string[];
  /** Whether `~/.postgresql/root.crt` is there. Not for Node's drivers, which never look. */
  readonly rootCertificate?: 'present' | 'absent';
}

export const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/** No libpq word: one of node-postgres, a typo, another case, nothing. */
const OTHERS = ['no-verify', 'requrie', 'Require', 'VERIFY-FULL', ''];
export const WORDS = [...MODES, ...OTHERS];

export const url = (query = ''): string => `postgres://app:lab-secret@{server}/app${query === '' ? '' : `?${query}`}`;
export const keywords = (more = ''): string => `host={host} port={port} user=app password=lab-secret dbname=app${more === '' ? '' : ` ${more}`}`;
export const each = (queries: readonly string[]): Cell[] => queries.map((query) => ({ string: url(query) }));

/** What any URL may say, whoever reads it. */
export const URLS: readonly Cell[] = each([
  '',
  ...WORDS.map((word) => `sslmode=${word}`),
  'sslmode=disable&sslmode=verify-full',
  'sslmode=verify-full&sslmode=disable',
  'sslMode=require',
  'ssl%6Dode=verify-full',
  ...MODES.map((word) => `sslmode=${word}&sslrootcert={root}`),
  'sslrootcert={root}',
  'sslrootcert=system',
  ...MODES.map((word) => `sslmode=${word}&sslrootcert=system`),
  'sslcert={cert}&sslkey={key}',
  'sslmode=disable&sslcert={cert}&sslkey={key}',
  ...['true', '1', '0', 'false', 'no-verify', 'require', 'verify-full', 'disable', ''].map((word) => `ssl=${word}`),
  'ssl=true&sslmode=disable',
  'sslmode=disable&ssl=true',
  'sslmode=require&ssl=0',
  'sslnegotiation=direct',
  'sslnegotiation=postgres',
  'sslnegotiation=typo',
  ...MODES.map((word) => `sslmode=${word}&sslnegotiation=direct`),
  'sslmode=require&channel_binding=require',
  'channel_binding=require',
  'channel_binding=typo',
  'requiressl=1',
  'requiressl=0',
  'uselibpqcompat=true',
  ...WORDS.map((word) => `uselibpqcompat=true&sslmode=${word}`),
  ...MODES.map((word) => `uselibpqcompat=true&sslmode=${word}&sslrootcert={root}`),
  'uselibpqcompat=1&sslmode=require',
  'application_name=lab&sslmode=require',
  'unheard_of=1',
  'unheard_of=1&sslmode=require',
  'sslaccept=strict&sslmode=require',
]);

export const SOCKETS: readonly Cell[] = ['', 'sslmode=require', 'sslmode=verify-full'].map((query) => ({ string: `postgres://app:lab-secret@/app?host={socket}${query === '' ? '' : `&${query}`}` }));

export const LIBPQ: readonly Cell[] = [
  ...URLS,
  ...SOCKETS,
  ...each(['requiressl=1&sslmode=disable', 'sslmode=disable&requiressl=1', 'sslrootcert={root}&sslmode=', 'sslcertmode=disable&sslmode=require', 'gssencmode=disable']),
  ...each(['require_auth=scram-sha-256&sslmode=require', 'require_auth=!password&sslmode=require', 'require_auth=password,scram-sha-256', 'require_auth=typo', 'require_auth=!password,scram-sha-256', 'require_auth=none,scram-sha-256']),
  ...each(['ssl_min_protocol_version=TLSv1.1&sslmode=require', 'ssl_min_protocol_version=tlsv1.2&sslmode=require', 'ssl_max_protocol_version=TLSv1.2&sslmode=require', 'ssl_min_protocol_version=typo', 'ssl_min_protocol_version=', 'ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.2', 'sslsni=0&sslmode=require', 'sslsni=x&sslmode=require', 'sslcertmode=typo', 'sslcompression=1&sslmode=require', 'gssencmode=typo']),
  { string: 'postgresql://app:lab-secret@{server},{server}/app?sslmode=verify-full&sslrootcert={root}' },
  { string: 'postgres://app:lab-secret@{server},{server}/app' },
  ...['', ...WORDS.map((word) => `sslmode=${word === '' ? "''" : word}`), "sslmode = 'require'", 'sslmode=require sslmode=disable', 'ssl=true', 'sslmode=verify-full sslrootcert={root}', 'sslrootcert=system', 'sslnegotiation=direct sslmode=require', 'requiressl=1'].map((more) => ({ string: keywords(more) })),
  ...['', ...MODES.map((word) => `sslmode=${word}`), 'sslmode=require&sslrootcert={root}', 'sslrootcert=system', 'sslrootcert=&sslmode=require', 'sslrootcert=&sslmode=verify-full', 'sslcert={cert}&sslkey={key}'].flatMap((query): Cell[] => [
    { string: url(query), rootCertificate: 'present' },
    { string: url(query), rootCertificate: 'absent' },
  ]),
  ...WORDS.map((word): Cell => ({ environment: { PGSSLMODE: word } })),
  ...['disable', 'verify-full', 'typo'].flatMap((word): Cell[] => [
    { string: url('sslmode=require'), environment: { PGSSLMODE: word } },
    { string: url(''), environment: { PGSSLMODE: word } },
    { string: url('sslmode='), environment: { PGSSLMODE: word } },
  ]),
  { string: url('sslmode=verify-full'), environment: { PGSSLROOTCERT: '{root}' } },
  { string: url('sslmode=require'), environment: { PGSSLROOTCERT: '{root}' } },
  { string: url(''), environment: { PGSSLROOTCERT: 'system' } },
  { string: url('sslmode=require'), environment: { PGSSLROOTCERT: 'system' } },
  { string: url('sslrootcert={root}&sslmode=require'), environment: { PGSSLROOTCERT: 'system' } },
  { string: url('sslmode=require'), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url(''), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url('sslmode=require'), environment: { PGCHANNELBINDING: 'require' } },
  { string: url('sslmode=require'), environment: { PGREQUIREAUTH: '!password' } },
  { string: url('sslmode=require'), environment: { PGSSLMINPROTOCOLVERSION: 'TLSv1' } },
  { string: url(''), environment: { PGREQUIRESSL: '1' } },
  { string: url('sslmode=prefer'), environment: { PGREQUIRESSL: '1' } },
  { environment: {} },
];

const entry = (...lines: readonly string[]): Cell => ({ service: ['host={host}', 'port={port}', 'user=app', 'password=lab-secret', 'dbname=app', ...lines] });
/** An entry of pg_service.conf, alone, beneath a string, and above variables. */
export const SERVICES: readonly Cell[] = [
  entry(),
  ...WORDS.map((word) => entry(`sslmode=${word}`)),
  ...MODES.map((word) => entry(`sslmode=${word}`, 'sslrootcert={root}')),
  ...['ssl=true', 'sslMode=require', 'sslrootcert=system', 'sslmode = require', 'channel_binding=require', 'unheard_of=1'].map((line) => entry(line)),
  entry('sslmode=require', 'sslmode=disable'),
  entry('sslmode=disable', 'sslmode=require'),
  ...['disable', 'require', 'verify-full'].flatMap((word): Cell[] => [
    { ...entry('sslmode=require'), environment: { PGSSLMODE: word } },
    { ...entry(), environment: { PGSSLMODE: word } },
    { ...entry('sslmode=require'), string: `sslmode=${word}` },
    { ...entry(`sslmode=${word}`, 'sslrootcert={root}'), string: 'postgres:///?sslmode=require' },
  ]),
  { ...entry('sslmode=require'), rootCertificate: 'present' },
];

export const written = (word: 'undefined' | 'accept-any-name'): Written => ({ $: word });
export const ROOT: Written = { $: 'file', path: '{root}' };

/** `ssl` objects as tls.connect takes them. */
const TLS_OBJECTS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { rejectUnauthorized: false },
  { rejectUnauthorized: true },
  { rejectUnauthorized: written('undefined') },
  { rejectUnauthorized: null },
  { rejectUnauthorized: 0 },
  { rejectUnauthorized: '' },
  { rejectUnauthorized: 'false' },
  { ca: ROOT },
  { ca: ROOT, rejectUnauthorized: false },
  { ca: ROOT, checkServerIdentity: written('accept-any-name') },
  { checkServerIdentity: written('accept-any-name') },
  { checkServerIdentity: written('accept-any-name'), rejectUnauthorized: false },
  { checkServerIdentity: written('undefined') },
  { checkServerIdentity: null },
  { checkServerIdentity: false },
  { require: true },
  { sslmode: 'disable' },
  { mode: 'verify-full' },
  { minVersion: 'TLSv1' },
  { rejectUnauthorized: false, minVersion: 'TLSv1.3' },
];
export const SSL_OPTIONS: readonly unknown[] = [true, false, null, 0, 1, '', 'true', 'false', 'disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify', written('undefined'), ...TLS_OBJECTS];
export const NODE_BYPASS = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };

/** Variables that other drivers read, and what they say there: alone, against a string, and against options. */
export function others(names: readonly (keyof typeof ELSEWHERE)[], ...beside: readonly Cell[]): Cell[] {
  return names.flatMap((name) => beside.map((cell): Cell => ({ ...cell, environment: { [name]: ELSEWHERE[name] } })));
}
const ELSEWHERE = { PGSSLMODE: 'require', PGSSL: 'require', PGSSLROOTCERT: '{root}' };

/** An options object alone, beside strings, beside variables. */
export const options = (variable: 'PGSSLMODE' | 'PGSSL'): Cell[] => [
  { options: {} },
  ...SSL_OPTIONS.map((ssl): Cell => ({ options: { ssl } })),
  { options: { sslmode: 'require' } },
  { options: { sslmode: 'verify-full', sslrootcert: '{root}' } },
  { options: { rejectUnauthorized: false } },
  { options: { tls: true } },
  { options: { sslnegotiation: 'direct' } },
  { options: { sslnegotiation: 'direct', ssl: true } },
  { options: { sslnegotiation: 'direct', ssl: 'require' } },
  { options: { sslnegotiation: 'typo', ssl: true } },
  ...[true, false, { rejectUnauthorized: false }, { ca: ROOT }, written('undefined'), 'no-verify', 'require'].flatMap((ssl) =>
    ['', 'sslmode=disable', 'sslmode=require', 'sslmode=no-verify', 'sslmode=verify-full', 'ssl=true', 'ssl=0', 'sslrootcert={root}'].map((query): Cell => ({ string: url(query), options: { ssl } })),
  ),
  ...[...WORDS, 'true', 'false'].map((word): Cell => ({ options: {}, environment: { [variable]: word } })),
  ...['disable', 'require', 'no-verify', 'verify-full', 'prefer'].flatMap((word): Cell[] => [
    { string: url(''), environment: { [variable]: word } },
    { string: url('sslmode=disable'), environment: { [variable]: word } },
    { string: url('sslmode=require'), environment: { [variable]: word } },
    { options: { ssl: true }, environment: { [variable]: word } },
    { options: { ssl: false }, environment: { [variable]: word } },
    { options: { ssl: written('undefined') }, environment: { [variable]: word } },
    { options: { ssl: { rejectUnauthorized: false } }, environment: { [variable]: word } },
  ]),
  ...others([variable === 'PGSSL' ? 'PGSSLMODE' : 'PGSSL', 'PGSSLROOTCERT'], { options: {} }, { string: url('sslmode=verify-full') }, { options: { ssl: true } }),
  ...[true, false, {}, { ca: ROOT }, { rejectUnauthorized: true }, { rejectUnauthorized: written('undefined') }, { checkServerIdentity: written('accept-any-name') }].map((ssl): Cell => ({ options: { ssl }, environment: NODE_BYPASS })),
  ...['', 'sslmode=require', 'sslmode=verify-full', 'sslmode=no-verify'].map((query): Cell => ({ string: url(query), environment: NODE_BYPASS })),
  { string: url('sslmode=verify-full'), environment: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } },
  { string: url('sslmode=verify-full'), environment: { NODE_TLS_REJECT_UNAUTHORIZED: 'false' } },
  ...[true, {}, 'require'].map((ssl): Cell => ({ options: { ssl, host: '{socket}' } })),
];

export const NODE_POSTGRES: readonly Cell[] = [
  ...URLS,
  ...SOCKETS,
  ...options('PGSSLMODE'),
  { string: 'postgres://app:lab-secret@{server},{server}/app?sslmode=require' },
  { string: 'postgres://app:lab-secret@elsewhere.invalid/app?host={host}&port={port}&sslmode=require' },
  ...[{}, { ssl: true }].flatMap((given): Cell[] => ['direct', 'postgres', 'typo'].map((word) => ({ options: given, environment: { PGSSLNEGOTIATION: word } }))),
  { string: url('sslmode=require'), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url('sslmode=disable'), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url('sslnegotiation=postgres&sslmode=require'), options: { sslnegotiation: 'direct' } },
  // Its own scheme for a Unix socket.
  ...['', '&sslmode=disable', '&sslmode=require', '&sslmode=verify-full', '&ssl=true', '&ssl=0', '&sslmode=require&ssl=true'].map((more) => ({ string: `socket://app:lab-secret@{socket}?db=app${more}` })),
];

export const POSTGRES_JS: readonly Cell[] = [
  ...URLS,
  ...SOCKETS,
  ...options('PGSSL'),
  { string: 'postgres://app:lab-secret@{server},{server}/app?sslmode=require' },
  { string: url(''), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url('sslmode=require'), environment: { PGSSLNEGOTIATION: 'direct' } },
  { string: url('sslmode=require'), options: { sslnegotiation: 'direct' } },
  { string: url('sslmode=prefer'), options: { sslnegotiation: 'direct' } },
];

/** A cell in one line, to name it by. */
export function nameOf({ string, options: given, environment, service, rootCertificate }: Cell): string {
  const parts = [string, service?.join(' '), given === undefined ? undefined : JSON.stringify(given), ...Object.entries(environment ?? {}).map((pair) => pair.join('=')), rootCertificate === undefined ? undefined : `root.crt ${rootCertificate}`];
  return parts.filter((part) => part !== undefined).join(' | ');
}
