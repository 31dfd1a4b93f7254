import { describe, expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';

describe('slonik', () => {
  // @slonik/utilities 49.10.9 parseDsn.js and 43.0.8 parseDsn.js, @slonik/pg-driver 49.10.9 createPgDriverFactory.js; measured (test/lab).
  it.for<Row>([
    [URL, 'slonik', 'disable'],
    [`${URL}?sslmode=require`, 'slonik', 'verify-full'],
    [`${URL}?sslmode=no-verify`, 'slonik', 'require'],
    [`${URL}?sslmode=verify-full`, 'slonik', 'error'],
    // Before 46.4 every other word is no TLS at all.
    [`${URL}?sslmode=verify-full`, 'slonik@45', 'disable'],
    [`${URL}?sslmode=prefer`, 'slonik', 'error'],
    [`${URL}?sslmode=`, 'slonik', 'error'],
    [`${URL}?sslrootcert=ca.pem`, 'slonik', 'disable -sslrootcert'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'slonik', 'verify-full -sslrootcert'],
    [`${URL}?sslmode=require&sslrootcert=system`, 'slonik', 'error'],
    [`${URL}?sslcert=c.pem`, 'slonik', 'error'],
    [`${URL}?ssl=true`, 'slonik', 'disable -ssl'],
    ['host=db.acme.com', 'slonik', 'error'],
    ['postgres://u:100%@db.acme.com/app?sslmode=require', 'slonik', 'error'],
    ['postgres://u:%(password)s@db.acme.com/app?sslmode=require', 'slonik', 'verify-full'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('lets a truthy `ssl` win over the URL, and a falsy one not', () => {
    const with_ = (query: string, ssl: unknown): string | undefined => explain({ string: `${URL}${query}`, options: { ssl }, driver: 'slonik' })[0]?.effective;
    expect(with_('?sslmode=require', { rejectUnauthorized: false })).toBe('require');
    expect(with_('?sslmode=disable', true)).toBe('verify-full');
    expect(with_('?sslmode=require', false)).toBe('verify-full');
    expect(with_('', 'require')).toBe('error');
  });

  it('never reads PGSSLMODE', () => {
    expect(explain({ string: URL, env: { PGSSLMODE: 'require' }, driver: 'slonik' })).toMatchObject([{ effective: 'disable', ignored: [{ setting: 'PGSSLMODE' }] }]);
  });

  it('tells versions by the package', () => {
    expect(explain({ string: `${URL}?sslmode=verify-full`, driver: 'slonik@46.1.0' })[0]).toMatchObject({ version: '45', effective: 'disable' });
    expect(explain({ string: `${URL}?sslmode=verify-full`, driver: 'slonik@46.8.0' })[0]).toMatchObject({ version: '49', effective: 'error' });
  });
});
