import { describe, expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

/*
 * What pg 8 does is compared with the package itself (node-postgres.oracle.test.ts) and measured (test/lab). Here
 * stand the version that can't be run yet, and what no wire shows.
 */

const U = 'postgres://u:p@db.acme.com/app';

describe('node-postgres 9, as announced: libpq\'s words with libpq\'s meaning', () => {
  it.for<Row>([
    [U, 'node-postgres@9', 'disable'],
    [`${U}?sslmode=disable`, 'node-postgres@9', 'disable'],
    [`${U}?sslmode=prefer`, 'node-postgres@9', 'require'],
    [`${U}?sslmode=require`, 'node-postgres@9', 'require'],
    [`${U}?sslmode=require&sslrootcert=/x.pem`, 'node-postgres@9', 'verify-ca'],
    [`${U}?sslmode=verify-ca&sslrootcert=/x.pem`, 'node-postgres@9', 'verify-ca'],
    [`${U}?sslmode=verify-ca`, 'node-postgres@9', 'error'],
    [`${U}?sslmode=verify-full`, 'node-postgres@9', 'verify-full'],
    [`${U}?sslmode=no-verify`, 'node-postgres@9', 'require'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('is what uselibpqcompat=true does today', () => {
    for (const query of ['', ...['disable', 'prefer', 'require', 'verify-ca', 'verify-full'].flatMap((mode) => [`sslmode=${mode}`, `sslmode=${mode}&sslrootcert=/x.pem`])]) {
      expect(verdictOf(`${U}?${query}`, 'node-postgres@9')).toBe(verdictOf(`${U}?uselibpqcompat=true&${query}`, 'node-postgres@8'));
    }
  });

  it('says so', () => {
    expect(explain({ string: `${U}?sslmode=require`, driver: 'node-postgres@9' })[0]?.sources.join()).toContain('announced');
  });
});

it.for<Row>([
  // pg 7 copies `rejectUnauthorized` as it is, and Node of its time took undefined for false.
  [`${U}?ssl=true`, 'node-postgres@7', 'require'],
  [`${U}?ssl=true`, 'node-postgres@7.4.3', 'require'],
  [`${U}?sslmode=verify-full`, 'node-postgres@7.18.2', 'disable -sslmode'],
  ['PGSSLMODE=verify-full', 'node-postgres@7', 'require'],
  ['PGSSLMODE=no-verify', 'node-postgres@7', 'disable'],
  // pg 8.0 pins pg-connection-string 0.1.3, which knows `ssl=true` alone, and has no `no-verify`.
  [`${U}?sslmode=verify-full`, 'node-postgres@8.0.3', 'disable -sslmode'],
  [`${U}?ssl=true`, 'node-postgres@8.0.3', 'verify-full'],
  [`${U}?ssl=true&sslrootcert=/x.pem`, 'node-postgres@8.0.3', 'verify-full -sslrootcert'],
  [`${U}?ssl=no-verify`, 'node-postgres@8.0.3', 'disable -ssl'],
  ['PGSSLMODE=no-verify', 'node-postgres@8.0.3', 'disable'],
  ['PGSSLMODE=no-verify', 'node-postgres@8.1.0', 'require'],
  // sslnegotiation came with pg 8.22.
  ['PGSSLNEGOTIATION=direct', 'node-postgres@8.21.0', 'disable'],
  ['PGSSLNEGOTIATION=direct', 'node-postgres@8.22.0', 'error'],
  // What is written and never read.
  [`${U}?sslmode=verify-full&channel_binding=require`, 'node-postgres@8', 'verify-full -channel_binding'],
  [`${U}?sslMode=verify-full`, 'node-postgres@8', 'disable -sslMode'],
])('%s with %s is %s', ([input, driver, expected]) => {
  expect(verdictOf(input, driver)).toBe(expected);
});

it.for([
  [{ ssl: true }, 'require'],
  [{ ssl: {} }, 'require'],
  [{ ssl: { ca: 'a certificate' } }, 'require'],
  [{ ssl: { rejectUnauthorized: true } }, 'verify-full'],
] as const)('%j with node-postgres 7 is %s', ([options, expected]) => {
  expect(explain({ options, driver: 'node-postgres@7' })[0]?.effective).toBe(expected);
});

it.for([
  [{ string: `${U}?sslmode=require`, options: { ssl: { rejectUnauthorized: false } } }, 'verify-full', 'drops the `ssl` option'],
  [{ string: `${U}?sslmode=disable`, options: { ssl: true } }, 'disable', 'drops the `ssl` option'],
  [{ string: U, options: { ssl: { rejectUnauthorized: false } } }, 'require', undefined],
  [{ string: `${U}?ssl=true&sslmode=disable` }, 'disable', 'lets sslmode win'],
  [{ options: { ssl: true }, env: { PGSSLMODE: 'disable' } }, 'verify-full', 'reads PGSSLMODE only where no `ssl` is given'],
  [{ options: { ssl: {} }, env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }, 'require', 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches'],
  [{ options: { ssl: { rejectUnauthorized: true } }, env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }, 'verify-full', undefined],
] as const)('%j is %s, and says which setting loses', ([input, expected, note]) => {
  const [verdict] = explain({ ...input, driver: 'node-postgres' });
  expect(verdict?.effective).toBe(expected);
  expect(verdict?.reasons.length).toBe(note === undefined ? 1 : 2);
  if (note !== undefined) expect(verdict?.reasons[1]).toContain(note);
});
