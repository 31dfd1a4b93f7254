import { describe, expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';

describe('pg-native', () => {
  // pg 8.23.1 lib/connection-parameters.js getLibpqConnectionString(): measured with libpq 18 (test/lab).
  it.for<Row>([
    [URL, 'pg-native', 'prefer'],
    // Not one sslmode of a URL gets through.
    [`${URL}?sslmode=disable`, 'pg-native', 'prefer -sslmode'],
    [`${URL}?sslmode=require`, 'pg-native', 'prefer -sslmode'],
    [`${URL}?sslmode=verify-full&sslrootcert=ca.pem`, 'pg-native', 'prefer -sslmode -sslrootcert'],
    [`${URL}?ssl=true`, 'pg-native', 'error'],
    [`${URL}?ssl=require`, 'pg-native', 'require'],
    [`${URL}?ssl=verify-full`, 'pg-native', 'verify-full needs root'],
    [`${URL}?sslrootcert=system`, 'pg-native', 'error'],
    ['PGHOST=db.acme.com PGSSLMODE=disable', 'pg-native', 'disable'],
    ['PGHOST=db.acme.com PGSSLMODE=require', 'pg-native', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it.for<readonly [ssl: unknown, expected: string]>([
    [true, 'error'],
    ['require', 'require'],
    [{ rejectUnauthorized: true }, 'prefer'],
    [{ sslmode: 'verify-full', sslrootcert: '/etc/ca.pem' }, 'verify-full'],
    [{ sslmode: 'require', sslca: '/etc/ca.pem' }, 'error'],
    [{ sslmode: 'verify-full', sslrootcert: 'system' }, 'verify-full'],
  ])('ssl: %j is %s', ([ssl, expected]) => {
    expect(explain({ options: { host: 'db.acme.com', ssl }, driver: 'pg-native' })[0]?.effective).toBe(expected);
  });

  it('gives libpq a string of its own as it is', () => {
    expect(explain({ options: { nativeConnectionString: 'host=db.acme.com sslmode=require', ssl: true }, driver: 'pg-native' })[0]?.effective).toBe('require');
  });
});
