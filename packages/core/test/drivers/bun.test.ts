import { describe, expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';

describe('bun', () => {
  // Bun 1.4.5 internal/sql/options.ts parseOptions(), Bun 1.3.14 internal/sql/shared.ts; all of it measured (test/lab).
  it.for<Row>([
    [URL, 'bun', 'disable'],
    [`${URL}?sslmode=prefer`, 'bun', 'prefer'],
    [`${URL}?sslmode=prefer`, 'bun@1.3', 'require'],
    [`${URL}?sslmode=allow`, 'bun', 'prefer'],
    [`${URL}?sslmode=allow`, 'bun@1.3', 'error'],
    [`${URL}?sslmode=require`, 'bun', 'require'],
    [`${URL}?sslmode=verify-ca`, 'bun', 'verify-ca'],
    [`${URL}?sslmode=verify-ca`, 'bun@1.3', 'verify-full'],
    [`${URL}?SSLMODE=Verify_Full`, 'bun', 'verify-full'],
    [`${URL}?sslmode=no-verify`, 'bun', 'error'],
    [`${URL}?sslmode=require&sslmode=require`, 'bun', 'error'],
    [`${URL}?ssl=true`, 'bun', 'require'],
    [`${URL}?ssl=true`, 'bun@1.3', 'error'],
    [`${URL}?sslmode=require&ssl=false`, 'bun', 'disable'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'bun', 'verify-full'],
    [`${URL}?sslmode=verify-full&sslrootcert=ca.pem`, 'bun@1.3', 'error'],
    [`${URL}?sslmode=disable&sslrootcert=system`, 'bun', 'verify-full'],
    [`${URL}?sslmode=require&channel_binding=require`, 'bun', 'require +channel-binding'],
    [`${URL}?channel_binding=require`, 'bun', 'error'],
    [`${URL}?sslmode=require&channel_binding=require`, 'bun@1.3', 'error'],
    [`${URL}?sslmode=require&sslnegotiation=direct`, 'bun', 'require -sslnegotiation'],
    ['mysql://u:p@db.acme.com/app', 'bun', 'error'],
    ['PGHOST=db.acme.com PGSSLMODE=require', 'bun', 'require'],
    ['PGHOST=db.acme.com PGSSLMODE=require', 'bun@1.3', 'disable -PGSSLMODE'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it.for<readonly [options: Record<string, unknown>, now: string, before: string]>([
    [{ tls: true }, 'require', 'require'],
    [{ ssl: 'verify-full' }, 'verify-full', 'error'],
    [{ tls: { ca: 'a certificate' } }, 'verify-full', 'require'],
    [{ tls: { rejectUnauthorized: true } }, 'verify-full', 'require'],
    [{ tls: { rejectUnauthorized: 0 } }, 'error', 'error'],
    [{ tls: false, ssl: true }, 'require', 'require'],
    [{ tls: true, ssl: 'verify-full' }, 'verify-full', 'require'],
  ])('%j is %s, and was %s up to 1.3', ([options, now, before]) => {
    expect(explain({ options: { host: 'db.acme.com', ...options }, driver: 'bun' })[0]?.effective).toBe(now);
    expect(explain({ options: { host: 'db.acme.com', ...options }, driver: 'bun@1.3' })[0]?.effective).toBe(before);
  });

  it('lets an option win over the URL, and says so', () => {
    expect(explain({ string: `${URL}?sslmode=verify-full`, options: { tls: 'require' }, driver: 'bun' })).toMatchObject([{ effective: 'require', reasons: [expect.any(String), 'Bun lets `tls: require` win over it'] }]);
    expect(explain({ string: `${URL}?sslmode=verify-full`, options: { tls: { rejectUnauthorized: false } }, driver: 'bun' })[0]?.effective).toBe('require');
  });
});
