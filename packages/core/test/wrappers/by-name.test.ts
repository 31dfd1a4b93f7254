import { describe, expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { sqlalchemy } from '../../src/wrappers/sqlalchemy.ts';

const U = 'postgresql://u:p@db.acme.com/app';

/** A wrapper, what it is given (a string, its options, variables), and what comes of it: mode, `-` and what it ignores, `!` where two places disagree. */
type Row = readonly [driver: string, given: { readonly string?: string; readonly options?: unknown; readonly env?: Readonly<Record<string, string>> }, expected: string];

function verdictOf(driver: string, given: Row[1]): string {
  const [verdict] = explain({ driver, ...given });
  if (verdict === undefined) throw new Error('no verdict');
  return [verdict.effective, ...verdict.ignored.map(({ setting }) => `-${setting}`), ...(verdict.reasons.some((reason) => / (?:wins|over|reads OPTIONS)\b/.test(reason)) ? ['!'] : [])].join(' ');
}

/** Read from each one's source, which stands in its model. */
const READ: readonly Row[] = [
  ['django', { string: U }, 'prefer'],
  ['django', { string: `${U}?sslmode=verify-full` }, 'verify-full'],
  ['django', { string: `${U}?ssl=true` }, 'error'],
  ['django', { options: { HOST: 'h', OPTIONS: { sslmode: 'verify-full', sslrootcert: 'system' } } }, 'verify-full'],
  ['django', { options: { HOST: 'h', sslmode: 'verify-full' } }, 'prefer -sslmode'],
  ['django', { options: { HOST: '/run/postgresql', OPTIONS: { sslmode: 'require' } } }, 'disable'],
  ['django', { options: { OPTIONS: { sslmode: 'Require' } } }, 'error'],
  ['django', { string: `${U}?sslmode=verify-full`, options: { OPTIONS: { sslmode: 'require' } } }, 'require !'],
  ['django', { string: U, env: { PGSSLMODE: 'require' } }, 'require'],
  ['sqlalchemy', { string: U }, 'prefer'],
  ['sqlalchemy', { string: 'postgres://u:p@h/d?sslmode=require' }, 'error'],
  ['sqlalchemy@1.3', { string: 'postgres://u:p@h/d?sslmode=require' }, 'require'],
  ['sqlalchemy', { string: `${U}?sslmode=verify-full`, options: { connect_args: { sslmode: 'disable' } } }, 'disable !'],
  ['sqlalchemy', { string: U, options: { connect_args: { sslmode: 'require' } } }, 'require'],
  ['sqlalchemy', { string: U, options: { sslmode: 'require' } }, 'prefer -sslmode'],
  ['sqlalchemy', { string: 'postgresql+asyncpg://u:p@h/d?sslmode=require' }, 'error'],
  ['sqlalchemy', { string: 'postgresql+asyncpg://u:p@h/d?ssl=require' }, 'require'],
  ['sqlalchemy', { string: 'postgresql+asyncpg://u:p@h/d?ssl=verify-full', options: { connect_args: { ssl: 'require' } } }, 'require'],
  ['sqlalchemy', { string: 'postgresql+asyncpg://u:p@h/d', options: { connect_args: { ssl: true } } }, 'verify-full'],
  ['sqlalchemy', { string: 'postgresql+asyncpg://u:p@h/d?ssl=verify-full', options: { connect_args: { ssl: false } } }, 'disable'],
  ['sqlalchemy', { string: 'postgresql+pg8000://u:p@h/d', options: { connect_args: { ssl_context: true } } }, 'require'],
  ['rails', { options: { adapter: 'postgresql', host: 'h', sslmode: 'require' } }, 'require'],
  ['rails', { options: { adapter: 'postgresql', host: 'h', ssl: true, ssl_mode: 'require' } }, 'prefer -ssl -ssl_mode'],
  ['rails', { options: { url: `${U}?sslmode=disable`, sslmode: 'verify-full' } }, 'disable !'],
  ['rails', { string: `${U}?ssl=true` }, 'prefer -ssl'],
  ['laravel', { string: U }, 'prefer'],
  ['laravel', { string: U, env: { PGSSLMODE: 'verify-full' } }, 'prefer -PGSSLMODE'],
  ['laravel', { options: { driver: 'pgsql', host: 'h' }, env: { PGSSLMODE: 'verify-full' } }, 'verify-full'],
  ['laravel', { options: { driver: 'pgsql', host: 'h', sslmode: 'require', sslrootcert: null } }, 'require'],
  ['laravel', { string: `${U}?sslmode=verify-full&sslrootcert=system&ssl=true` }, 'verify-full -ssl'],
  ['laravel', { string: `${U}?sslmode=require&sslrootcert=null` }, 'require'],
  ['laravel@5.4', { options: { host: 'h', sslmode: 'require', sslrootcert: '/ca.pem' } }, 'require -sslrootcert'],
  ['laravel', { options: { host: 'h', sslmode: 'require', sslrootcert: '/ca.pem' } }, 'verify-ca'],
  ['doctrine', { string: `${U}?serverVersion=16&charset=utf8` }, 'prefer'],
  ['doctrine', { string: `${U}?sslmode=verify-full&sslrootcert=system` }, 'verify-full'],
  ['doctrine', { string: 'pgsql://u:p@h/d?sslmode=require&sslrootcert=/ca.pem' }, 'require -sslrootcert'],
  ['doctrine', { options: { driver: 'pdo_pgsql', host: 'h', sslmode: 'require', ssl_mode: 'verify-full' } }, 'require -ssl_mode'],
  ['spring', { string: 'jdbc:postgresql://h/d' }, 'prefer'],
  ['spring', { string: 'jdbc:postgresql://h/d?sslmode=verify-full&sslrootcert=/ca.pem' }, 'verify-full'],
  ['spring', { string: 'jdbc:postgresql://h/d', options: { hikari: { 'data-source-properties': { sslmode: 'require' } } } }, 'require'],
  ['spring', { string: 'jdbc:postgresql://h/d?sslmode=disable', options: { hikari: { 'data-source-properties': { sslmode: 'require' } } } }, 'disable !'],
  ['spring', { options: { url: 'jdbc:postgresql://h/d', hikari: { sslmode: 'require' } } }, 'prefer -sslmode'],
];

/** They hand on what they are given: a wrapper, the driver below, what both make the same of. */
const ALIKE = [
  ['gorm', 'pgx', [U, `${U}?sslmode=require`, 'host=h sslmode=verify-full', `${U}?sslmode=typo`]],
  ['ecto', 'postgrex', ['ecto://u:p@h/d', `${U}?ssl=true`, `${U}?sslmode=require`]],
  ['diesel', 'libpq', [U, `${U}?sslmode=require`, `${U}?ssl=true`, 'host=h sslmode=typo']],
  ['sea-orm', 'sqlx', [U, `${U}?sslmode=allow`, `${U}?sslmode=verify-full`]],
  ...['5', '6', '10'].map((version) => [`ef-core@${version}`, `npgsql@${version}`, ['Host=h;Database=d', 'Host=h;Database=d;SSL Mode=Require']] as const),
] as const;

describe('wrappers that give a driver its parameters by name', () => {
  it.each(READ)('%s given %j: %s', (driver, given, expected) => {
    expect(verdictOf(driver, given)).toBe(expected);
  });
});

describe('wrappers that hand on what they are given', () => {
  it.each(ALIKE)('%s does what %s does', (wrapper, driver, strings) => {
    for (const string of strings) expect(verdictOf(wrapper, { string }), string).toBe(verdictOf(driver, { string }));
  });
});

it.for<[scheme: string, root: string | null, options: string]>([
  ['postgresql+asyncpg', null, 'connect_args={"ssl": True}'],
  ['postgresql+asyncpg', 'global-bundle.pem', `connect_args={"ssl": ssl.create_default_context(cafile='/path/to/global-bundle.pem')}`],
  ['postgresql+pg8000', null, 'connect_args={"ssl_context": ssl.create_default_context()}'],
  ['postgresql+psycopg', null, 'connect_args={"sslmode": "verify-full", "sslrootcert": "system"}'],
])('SQLAlchemy says verify-full in the arguments of the driver that %s names (root %s)', ([scheme, root, options]) => {
  expect(sqlalchemy.spell('verify-full', root, '2', scheme).options).toBe(options);
});
