import { describe, expect, it } from 'vitest';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';

describe('sqlx', () => {
  // sqlx v0.8.6 sqlx-postgres/src/connection/tls.rs maybe_upgrade(), options/parse.rs.
  it.for<Row>([
    [URL, 'sqlx', 'prefer'],
    [`${URL}?sslmode=disable`, 'sqlx', 'disable'],
    // "FIXME: Implement ALLOW"
    [`${URL}?sslmode=allow`, 'sqlx', 'disable'],
    [`${URL}?sslmode=prefer`, 'sqlx', 'prefer'],
    [`${URL}?sslmode=require`, 'sqlx', 'require'],
    [`${URL}?ssl-mode=REQUIRE`, 'sqlx', 'require'],
    [`${URL}?sslmode=verify-ca`, 'sqlx', 'verify-ca'],
    [`${URL}?sslmode=verify-full`, 'sqlx', 'verify-full'],
    [`${URL}?sslmode=verify_full`, 'sqlx', 'error'],
    [`${URL}?sslmode=`, 'sqlx', 'error'],
    [`${URL}?sslmode=require&ssl-mode=disable`, 'sqlx', 'disable'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'sqlx', 'require -sslrootcert'],
    [`${URL}?sslmode=verify-full&ssl-ca=ca.pem`, 'sqlx', 'verify-full'],
    [`${URL}?sslmode=verify-full&sslrootcert=system`, 'sqlx', 'error'],
    [`${URL}?sslmode=require&channel_binding=require&sslMode=x`, 'sqlx', 'require -channel_binding -sslMode'],
    ['PGHOST=db.acme.com PGSSLMODE=verify-full', 'sqlx', 'verify-full'],
    // options/mod.rs: `.and_then(|v| v.parse().ok()).unwrap_or_default()`
    ['PGHOST=db.acme.com PGSSLMODE=typo', 'sqlx', 'prefer'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGCHANNELBINDING=require', 'sqlx', 'require -PGCHANNELBINDING'],
    ['host=h dbname=app', 'sqlx', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });
});
