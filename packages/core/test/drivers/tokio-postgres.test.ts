import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';

describe('tokio-postgres', () => {
  // tokio-postgres v0.7.13 src/config.rs param(), src/connect_tls.rs.
  it.for<Row>([
    [URL, 'tokio-postgres', 'prefer'],
    ['host=db.acme.com dbname=app', 'tokio-postgres', 'prefer'],
    [`${URL}?sslmode=disable`, 'tokio-postgres', 'disable'],
    [`${URL}?sslmode=prefer`, 'tokio-postgres', 'prefer'],
    // The connectors of postgres-native-tls and postgres-openssl verify unless told otherwise, which cannot be seen.
    [`${URL}?sslmode=require`, 'tokio-postgres', 'unknown'],
    [`${URL}?sslmode=verify-full`, 'tokio-postgres', 'error'],
    [`${URL}?sslmode=allow`, 'tokio-postgres', 'error'],
    [`${URL}?sslmode=Require`, 'tokio-postgres', 'error'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'tokio-postgres', 'error'],
    [`${URL}?sslmode=require&sslnegotiation=direct`, 'tokio-postgres', 'unknown'],
    [`${URL}?sslnegotiation=direct`, 'tokio-postgres', 'error'],
    [`${URL}?channel_binding=require`, 'tokio-postgres', 'prefer +channel-binding'],
    [`${URL}?sslmode=require&sslmode=disable`, 'tokio-postgres', 'disable'],
    ['postgis://h/app', 'tokio-postgres', 'error'],
    // CHANGELOG.md: 0.7.13
    [`${URL}?sslmode=require&sslnegotiation=direct`, 'tokio-postgres@0.7.12', 'error'],
    [`${URL}?sslmode=require&sslnegotiation=direct`, 'tokio-postgres@0.7', 'unknown'],
    // It asks for TLS over a Unix socket too, and could do nothing with it: connect.rs, Host::Unix; connect_tls.rs, has_hostname.
    ['host=/run/postgresql dbname=app', 'tokio-postgres', 'prefer'],
    ['host=/run/postgresql dbname=app sslmode=disable', 'tokio-postgres', 'disable'],
    ['host=/run/postgresql dbname=app sslmode=require', 'tokio-postgres', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('leaves the certificate to a connector that is not seen', () => {
    const [verdict] = explain({ string: `${URL}?sslmode=require`, driver: 'tokio-postgres' });
    expect(verdict).toMatchObject({ weakest: 'require', strongest: 'verify-full', reasons: [expect.stringMatching(/TLS connector.*at worst this is require, at best verify-full$/)] });
  });
});
