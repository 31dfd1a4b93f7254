import { describe, expect, it } from 'vitest';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'r2dbc:postgresql://db.acme.com/app';

describe('R2DBC PostgreSQL', () => {
  // r2dbc-postgresql v1.1.2.RELEASE PostgresqlConnectionFactoryProvider.java setupSsl(), client/SSLMode.java.
  it.for<Row>([
    [URL, 'r2dbc-postgresql', 'disable'],
    ['r2dbcs:postgresql://db.acme.com/app', 'r2dbc-postgresql', 'verify-full'],
    ['r2dbc:pool:postgresql://db.acme.com/app?sslMode=require', 'r2dbc-postgresql', 'require'],
    [`${URL}?ssl=true`, 'r2dbc-postgresql', 'verify-full'],
    [`${URL}?ssl=false`, 'r2dbc-postgresql', 'disable'],
    [`${URL}?sslMode=allow`, 'r2dbc-postgresql', 'allow'],
    [`${URL}?sslMode=prefer`, 'r2dbc-postgresql', 'prefer'],
    [`${URL}?sslmode=require`, 'r2dbc-postgresql', 'require'],
    [`${URL}?ssl=true&sslMode=require`, 'r2dbc-postgresql', 'require'],
    [`${URL}?sslMode=VERIFY_FULL`, 'r2dbc-postgresql', 'verify-full'],
    [`${URL}?sslMode=verify-ca`, 'r2dbc-postgresql', 'verify-ca'],
    [`${URL}?sslMode=tunnel`, 'r2dbc-postgresql', 'require'],
    [`${URL}?sslMode=typo`, 'r2dbc-postgresql', 'error'],
    [`${URL}?sslmode=disable&sslMode=verify-full`, 'r2dbc-postgresql', 'verify-full'],
    [`${URL}?sslMode=require&sslRootCert=/ca.pem`, 'r2dbc-postgresql', 'require -sslRootCert'],
    [`${URL}?sslMode=verify-full&sslrootcert=/ca.pem`, 'r2dbc-postgresql', 'verify-full -sslrootcert'],
    [`${URL}?ssl_mode=require`, 'r2dbc-postgresql', 'disable -ssl_mode'],
    ['postgres://db.acme.com/app', 'r2dbc-postgresql', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });
});
