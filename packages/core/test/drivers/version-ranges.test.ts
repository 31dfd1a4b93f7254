import { expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { verdictOf } from './verdict.ts';

/* The ranges of issue 4 in which one and the same setting means another thing; each model names the source. */

const U = 'postgres://u:p@db.acme.com/app';
const ADO = 'Host=db.acme.com;Database=app;Username=u';
const JDBC = 'jdbc:postgresql://db.acme.com/app';

it.for<readonly [input: string, driver: string, byVersion: Readonly<Record<string, string>>]>([
  [`${U}?sslmode=require`, 'node-postgres', { '7.18.2': 'disable -sslmode', '8': 'verify-full', '9': 'require' }],
  [`${U}?ssl=true`, 'node-postgres', { '7.18.2': 'require', '8.0.3': 'verify-full', '8': 'verify-full' }],
  [U, 'lib-pq', { 'v1.10.9': 'require', '1.12': 'require', '1.13': 'prefer' }],
  [`${U}?sslmode=prefer`, 'lib-pq', { '1.11': 'error', '1.12': 'prefer' }],
  [`${U}?sslrootcert=system`, 'lib-pq', { '1.11': 'require -sslrootcert', '1.12': 'verify-full' }],
  [`${ADO};SSL Mode=Require`, 'npgsql', { '5.0.18': 'verify-full', '6': 'error', '7': 'error', '8': 'require', '10': 'require' }],
  [ADO, 'npgsql', { '5': 'disable', '6': 'prefer', '8': 'prefer' }],
  [JDBC, 'pgjdbc', { '9.4.1212': 'disable', '42.2.4': 'disable', '42.2.5': 'prefer', '42.7': 'prefer' }],
  [`${U}?sslmode=require`, 'sequelize', { '6': 'verify-full', '7': 'error' }],
  [`${U}?sslmode=verify-ca`, 'bun', { '1.3': 'verify-full', '1.4': 'verify-ca' }],
  ['ecto://u:p@db.acme.com/app?ssl=true', 'postgrex', { '0.18': 'require', '0.20.0': 'require', '0.22': 'verify-full' }],
])('%s with %s differs by version', ([input, driver, byVersion]) => {
  const found = Object.keys(byVersion).map((version) => [version, verdictOf(input, `${driver}@${version}`)]);
  expect(Object.fromEntries(found)).toEqual(byVersion);
});

it('Prisma means two things by one URL: its schema engine, and Prisma Client over an adapter', () => {
  expect(['prisma@7', 'prisma-adapter-pg@7'].map((driver) => verdictOf(`${U}?sslmode=verify-full`, driver))).toEqual(['prefer', 'verify-full']);
});

it('Sequelize 6 never hands on the `ssl` that 7 reads', () => {
  expect(['sequelize@6', 'sequelize@7'].map((driver) => explain({ options: { ssl: true }, driver })[0]?.effective)).toEqual(['disable', 'verify-full']);
});
