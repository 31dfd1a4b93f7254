import { describe, expect, it } from 'vitest';
import { pgx } from '../../src/drivers/pgx.ts';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';
const KV = 'host=db.acme.com dbname=app';

describe('pgx', () => {
  // jackc/pgx v5.10.0 pgconn/config.go configTLS() where nothing else is said.
  it.for<Row>([
    [URL, 'pgx', 'prefer'],
    [KV, 'pgx', 'prefer'],
    [`${URL}?sslmode=`, 'pgx', 'prefer'],
    [`${URL}?sslmode=disable`, 'pgx', 'disable'],
    [`${URL}?sslmode=allow`, 'pgx', 'allow'],
    [`${URL}?sslmode=prefer`, 'pgx', 'prefer'],
    [`${URL}?sslmode=require`, 'pgx', 'require'],
    [`${URL}?sslmode=verify-ca`, 'pgx', 'verify-ca'],
    // The system's roots where no other is named: no file is needed.
    [`${URL}?sslmode=verify-full`, 'pgx', 'verify-full'],
    [`${URL}?sslmode=Require`, 'pgx', 'error'],
    [`${URL}?sslmode=no-verify`, 'pgx', 'error'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'pgx', 'verify-ca'],
    [`${URL}?sslmode=require&sslrootcert=`, 'pgx', 'require'],
    [`${URL}?sslmode=prefer&sslrootcert=ca.pem`, 'pgx', 'prefer'],
    [`${KV} sslmode='verify-full'`, 'pgx@4', 'verify-full'],
    // pgconn 1.14.1: "Enable failover efforts when pg_hba.conf disallows non-ssl connections".
    [`${KV} sslmode=allow`, 'pgx@4', 'allow'],
    [`${KV} sslmode=allow`, 'pgx@4.15', 'disable'],
    ['postgres:///app?host=/tmp&sslmode=require', 'pgx', 'disable'],
    // NetworkAddress(): abstract sockets from 5 on.
    ['postgres:///app?host=/tmp&sslmode=verify-full', 'pgx@4', 'disable'],
    // parseURLSettings(): v[0]; 728cefa parse_url.go: the last; keyword/value strings always the last.
    [`${URL}?sslmode=require&sslmode=disable`, 'pgx@5.10', 'require'],
    [`${URL}?sslmode=require&sslmode=disable`, 'pgx@5.11', 'disable'],
    [`${KV} sslmode=require sslmode=disable`, 'pgx@5.10', 'disable'],
    // pgx 5.7.0: `system` forces verify-full over whatever is said; before, it is a file.
    [`${URL}?sslrootcert=system`, 'pgx', 'verify-full'],
    [`${URL}?sslrootcert=system&sslmode=disable`, 'pgx', 'verify-full'],
    [`${URL}?sslrootcert=system&sslmode=require`, 'pgx@5.6.0', 'error'],
    [`${URL}?sslrootcert=system&sslmode=disable`, 'pgx@5.6.0', 'disable'],
    // pgx 5.7.5: sslnegotiation; before, a start-up parameter.
    [`${URL}?sslnegotiation=direct`, 'pgx', 'require'],
    [`${URL}?sslnegotiation=direct&sslmode=allow`, 'pgx', 'allow'],
    [`${URL}?sslnegotiation=postgres`, 'pgx', 'prefer'],
    [`${URL}?sslnegotiation=direct`, 'pgx@5.7.4', 'error'],
    // 5.9: channel_binding, 5.10: require_auth. AuthenticationCleartextPassword is answered whatever channel_binding says.
    [`${URL}?sslmode=require&channel_binding=require`, 'pgx', 'require'],
    [`${URL}?sslmode=require&channel_binding=require&require_auth=scram-sha-256`, 'pgx', 'require +no-cleartext-password +channel-binding'],
    [`${URL}?sslmode=require&require_auth=!password`, 'pgx', 'require +no-cleartext-password'],
    [`${URL}?sslmode=require&require_auth=md5,password`, 'pgx', 'require'],
    [`${URL}?sslmode=require&require_auth=scram`, 'pgx', 'error'],
    [`${URL}?sslmode=require&channel_binding=yes`, 'pgx', 'error'],
    [`${URL}?sslmode=require&channel_binding=require`, 'pgx@5.8', 'error'],
    [`${URL}?sslmode=require&require_auth=scram-sha-256`, 'pgx@5.9', 'error'],
    // What pgx does not know it sends to the server, which knows no such parameter or lets no client set it.
    [`${URL}?ssl=true`, 'pgx', 'error'],
    [`${URL}?ssl=true`, 'pgx@5.11', 'require'],
    [`${URL}?sslMode=require`, 'pgx', 'error'],
    [`${URL}?ssl_min_protocol_version=TLSv1.3`, 'pgx', 'error'],
    [`${URL}?sslmode=require&gssencmode=disable`, 'pgx', 'error'],
    [`${URL}?sslmode=require&application_name=x&pool_max_conns=4`, 'pgx', 'require'],
    ['postgis://u:p@h/app?sslmode=require', 'pgx', 'error'],
    ['postgres://u:p@h/app?sslmode', 'pgx', 'error'],
    // parseEnvSettings(): the string wins, also with an empty value; an empty variable is none.
    ['PGHOST=db.acme.com PGSSLMODE=require', 'pgx', 'require'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGSSLROOTCERT=ca.pem', 'pgx', 'verify-ca'],
    ['PGHOST=db.acme.com PGSSLMODE=', 'pgx', 'prefer'],
    ['PGHOST=/tmp PGSSLMODE=require', 'pgx', 'disable'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGREQUIREAUTH=scram-sha-256 PGCHANNELBINDING=require', 'pgx', 'require +no-cleartext-password +channel-binding'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGREQUIREAUTH=scram-sha-256', 'pgx@5.9', 'require'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('takes root.crt for sslrootcert where it is there, and needs it nowhere', () => {
    expect(verdictOf(`${URL}?sslmode=require`, 'pgx', 'present')).toBe('verify-ca');
    expect(verdictOf(`${URL}?sslmode=require&sslrootcert=`, 'pgx', 'present')).toBe('require');
    expect(verdictOf(`${URL}?sslmode=verify-full`, 'pgx', 'absent')).toBe('verify-full');
  });

  it('lets the string win over the environment', () => {
    const [verdict] = explain({ string: `${URL}?sslmode=`, env: { PGSSLMODE: 'verify-full' }, driver: 'pgx' });
    expect(verdict?.effective).toBe('prefer');
    expect(explain({ string: URL, env: { PGSSLMODE: 'verify-full' }, driver: 'pgx' })).toMatchObject([{ effective: 'verify-full' }]);
  });

  it('says which of two settings loses, and what is odd', () => {
    expect(explain({ string: `${URL}?sslrootcert=system&sslmode=require`, driver: 'pgx' })).toMatchObject([{ reasons: ['`sslrootcert=system` checks the certificate chain and the host name', 'pgx makes verify-full of any sslmode where sslrootcert is system'] }]);
    expect(explain({ string: `${URL}?sslmode=require&channel_binding=require`, driver: 'pgx' })[0]?.reasons[1]).toMatch(/^`channel_binding=require` binds only a server that asks for SCRAM/);
    expect(explain({ string: `${URL}?sslmode=require&sslnegotiation=dierct`, driver: 'pgx' })[0]?.reasons[1]).toBe('pgx does not know this `sslnegotiation` and takes it for postgres');
  });

  it.for<[Record<string, string>, string | undefined]>([
    [{ 'github.com/jackc/pgx/v5': 'v5.5.4' }, '5.0'],
    [{ 'github.com/jackc/pgx/v5': 'v5.7.4' }, '5.7.0'],
    [{ 'github.com/jackc/pgx/v5': 'v5.8.0' }, '5.7.5'],
    [{ 'github.com/jackc/pgx/v5': 'v5.10.0' }, '5.10'],
    [{ 'github.com/jackc/pgx/v4': 'v4.18.3' }, '4.18'],
    [{ 'github.com/lib/pq': 'v1.10.9' }, undefined],
  ])('%j is version %s', ([packages, label]) => {
    expect(pgx.versionOf(packages)).toBe(label);
  });

  // pgx v5.10.0 pgconn/config.go ParseConfig(): "If TLSConfig is manually changed it will not affect the fallbacks."
  it.for<[mode: string, tls: unknown, effective: string]>([
    ['verify-full', null, 'disable'],
    ['prefer', null, 'disable'],
    ['allow', null, 'allow'],
    ['require', { InsecureSkipVerify: true }, 'require'],
    ['verify-full', { InsecureSkipVerify: true }, 'require'],
    ['disable', { InsecureSkipVerify: false }, 'verify-full'],
    ['require', { ServerName: 'db.acme.com' }, 'verify-full'],
    ['prefer', { ServerName: 'db.acme.com' }, 'prefer'],
    ['allow', { ServerName: 'db.acme.com' }, 'require'],
  ])('sslmode=%s with the program\'s own TLSConfig %j: %s', ([mode, tls, effective]) => {
    const [verdict] = explain({ string: `${URL}?sslmode=${mode}`, options: { TLSConfig: tls }, driver: 'pgx' });
    expect(verdict?.effective).toBe(effective);
  });
});
