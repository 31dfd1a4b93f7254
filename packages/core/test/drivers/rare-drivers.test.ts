import { describe, expect, it } from 'vitest';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';
const effective = (driver: string, options: Record<string, unknown>, string?: string): string | undefined => explain({ options, ...(string === undefined ? {} : { string }), driver })[0]?.effective;

describe('deno-postgres', () => {
  // denodrivers/postgres v0.19.5 connection/connection_params.ts, connection/connection.ts.
  it.for<Row>([
    [URL, 'deno-postgres', 'prefer'],
    [`${URL}?sslmode=prefer`, 'deno-postgres', 'prefer'],
    [`${URL}?sslmode=disable`, 'deno-postgres', 'disable'],
    [`${URL}?sslmode=require`, 'deno-postgres', 'verify-full'],
    [`${URL}?sslmode=verify-ca`, 'deno-postgres', 'verify-full'],
    [`${URL}?sslmode=verify-full`, 'deno-postgres@0.15', 'error'],
    [`${URL}?sslmode=allow`, 'deno-postgres', 'error'],
    [`${URL}?sslmode=`, 'deno-postgres', 'error'],
    [`${URL}?sslmode=disable&ssl=true`, 'deno-postgres', 'verify-full'],
    [`${URL}?ssl=true`, 'deno-postgres@0.13', 'prefer -ssl'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem&channel_binding=require`, 'deno-postgres', 'verify-full -sslrootcert -channel_binding'],
    ['postgres://u:p@/app?sslmode=require', 'deno-postgres', 'error'],
    ['PGHOST=db.acme.com PGSSLMODE=verify-full', 'deno-postgres', 'prefer -PGSSLMODE'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('reads `tls` alone', () => {
    expect(effective('deno-postgres', { hostname: 'db.acme.com' })).toBe('prefer');
    expect(effective('deno-postgres', { hostname: 'db.acme.com', tls: { caCertificates: ['…'] } })).toBe('prefer');
    expect(effective('deno-postgres', { hostname: 'db.acme.com', tls: { enforce: true } })).toBe('verify-full');
    expect(effective('deno-postgres', { hostname: 'db.acme.com', tls: { enabled: false } })).toBe('disable');
    expect(effective('deno-postgres', { hostname: 'db.acme.com', tls: { enabled: false, enforce: true } })).toBe('error');
    expect(effective('deno-postgres', { hostname: 'db.acme.com', ssl: true })).toBe('prefer');
  });
});

describe('neon-serverless', () => {
  // @neondatabase/serverless 1.2.0 CONFIG.md: forceDisablePgSSL, useSecureWebSocket.
  it.for<Row>([
    [URL, 'neon-serverless', 'verify-full'],
    [`${URL}?sslmode=disable`, 'neon-serverless', 'verify-full'],
    [`${URL}?sslmode=require&channel_binding=require`, 'neon-serverless', 'verify-full'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'neon-serverless', 'verify-full -sslrootcert'],
    ['host=db.acme.com', 'neon-serverless', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });
});

describe('pg8000', () => {
  // pg8000 1.31.5 src/pg8000/core.py _make_socket(), 1.30.5 src/pg8000/core.py.
  const VIA = 'postgresql+pg8000://u:p@db.acme.com/app';
  it.for<Row>([
    [VIA, 'pg8000', 'prefer'],
    [VIA, 'pg8000@1.30', 'disable'],
    [`${VIA}?sslmode=require`, 'pg8000', 'error'],
    [`${VIA}?ssl_context=True`, 'pg8000', 'error'],
    [`${VIA}?application_name=x`, 'pg8000', 'prefer'],
    [`${VIA}?unix_sock=/run/postgresql/.s.PGSQL.5432`, 'pg8000', 'disable'],
    ['PGHOST=db.acme.com PGSSLMODE=require', 'pg8000', 'prefer -PGSSLMODE'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('lost its verification with 1.31', () => {
    expect(effective('pg8000@1.30.5', { ssl_context: true })).toBe('verify-full');
    expect(effective('pg8000@1.31.2', { ssl_context: true })).toBe('require');
    expect(effective('pg8000', { ssl_context: false })).toBe('disable');
    expect(effective('pg8000', { ssl_context: 'require' })).toBe('error');
  });
});

describe('postgrex', () => {
  // postgrex v0.22.2 and v0.20.0 lib/postgrex/protocol.ex connect(), ecto lib/ecto/repo/supervisor.ex parse_url().
  it.for<Row>([
    [URL, 'postgrex', 'disable'],
    [`${URL}?ssl=true`, 'postgrex', 'verify-full'],
    [`${URL}?ssl=true`, 'postgrex@0.20', 'require'],
    [`${URL}?ssl=true`, 'postgrex@0.17', 'require'],
    [`${URL}?ssl=false`, 'postgrex', 'disable'],
    [`${URL}?ssl=require`, 'postgrex', 'error'],
    [`${URL}?sslmode=verify-full`, 'postgrex', 'disable -sslmode'],
    ['PGHOST=db.acme.com PGSSLMODE=require', 'postgrex', 'disable -PGSSLMODE'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it("takes options over secure defaults, and the URL's `ssl` over both", () => {
    expect(effective('postgrex', { ssl: { cacertfile: 'ca.pem' } })).toBe('verify-full');
    expect(effective('postgrex@0.18', { ssl: { cacertfile: 'ca.pem' } })).toBe('verify-full');
    expect(effective('postgrex', { ssl: { verify: 'verify_none' } })).toBe('require');
    expect(effective('postgrex', { ssl: true, ssl_opts: { cacertfile: 'ca.pem' } })).toBe('require');
    expect(effective('postgrex', { ssl: true, ssl_opts: { cacertfile: 'ca.pem', verify: 'verify_peer' } })).toBe('verify-full');
    expect(effective('postgrex', { ssl: { cacertfile: 'ca.pem' } }, `${URL}?ssl=false`)).toBe('disable');
  });
});

describe('pgbouncer', () => {
  // pgbouncer 13a344f src/main.c, src/loader.c, src/server.c; NEWS.md 1.20 for the default. 1.18 is measured (test/lab).
  it.for<Row>([
    ['host=db.acme.com dbname=app', 'pgbouncer', 'prefer'],
    ['host=db.acme.com dbname=app', 'pgbouncer@1.19', 'disable'],
    ['host=db.acme.com dbname=app server_tls_sslmode=disable', 'pgbouncer', 'disable'],
    ['host=db.acme.com dbname=app server_tls_sslmode=allow', 'pgbouncer', 'prefer'],
    ['host=db.acme.com dbname=app server_tls_sslmode=require server_tls_ca_file=ca.pem', 'pgbouncer', 'require'],
    ['host=db.acme.com dbname=app server_tls_sslmode=verify-ca', 'pgbouncer', 'verify-ca'],
    ['host=db.acme.com dbname=app server_tls_sslmode=VERIFY-FULL', 'pgbouncer', 'verify-full'],
    ['host=db.acme.com dbname=app server_tls_sslmode=typo', 'pgbouncer', 'error'],
    ['host=db.acme.com dbname=app sslmode=require', 'pgbouncer', 'error'],
    ['host=/run/postgresql dbname=app server_tls_sslmode=require', 'pgbouncer', 'disable'],
    [URL, 'pgbouncer', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });
});

describe('psqlodbc', () => {
  // psqlodbc REL-18_00_0002 dlg_specific.h DEFAULT_SSLMODE, dlg_specific.c copyConnAttributes(); measured (test/lab).
  const DSN = 'Servername=db.acme.com;Database=app;Username=u';
  it.for<Row>([
    [DSN, 'psqlodbc', 'disable'],
    [`${DSN};SSLmode=prefer`, 'psqlodbc', 'prefer'],
    [`${DSN};sslmode=require`, 'psqlodbc', 'require'],
    [`${DSN};sslmode=verify-full`, 'psqlodbc', 'verify-full needs root'],
    // Only the first letter counts, and only in lower case.
    [`${DSN};SSLmode=require;pqopt={sslrootcert=/r.crt}`, 'psqlodbc', 'verify-ca'],
    [`${DSN};SSLmode=verify-full;pqopt={sslrootcert=/r.crt}`, 'psqlodbc', 'verify-full'],
    [`${DSN};pqopt={sslmode=require}`, 'psqlodbc', 'error'],
    [`${DSN};SSLmode=Require`, 'psqlodbc', 'disable'],
    [`${DSN};SSLmode=requierd`, 'psqlodbc', 'require'],
    [`${DSN};SSLmode=typo`, 'psqlodbc', 'disable'],
    [`${DSN};SSLmode=verify`, 'psqlodbc', 'error'],
    [`${DSN};SSL Mode=Require`, 'psqlodbc', 'disable -SSL Mode'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });
});
