import { describe, expect, it } from 'vitest';
import { asyncpg } from '../../src/drivers/asyncpg.ts';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgresql://u:p@db.acme.com/app';
const SQLALCHEMY = 'postgresql+asyncpg://u:p@db.acme.com/app';

describe('asyncpg', () => {
  // asyncpg v0.31.0 connect_utils.py _parse_connect_dsn_and_args().
  it.for<Row>([
    [URL, 'asyncpg', 'prefer'],
    [`${URL}?sslmode=`, 'asyncpg', 'prefer'],
    [`${URL}?sslmode=disable`, 'asyncpg', 'disable'],
    [`${URL}?sslmode=allow`, 'asyncpg', 'allow'],
    [`${URL}?sslmode=prefer`, 'asyncpg', 'prefer'],
    [`${URL}?sslmode=require`, 'asyncpg', 'require'],
    [`${URL}?sslmode=verify-ca`, 'asyncpg', 'verify-ca needs root'],
    [`${URL}?sslmode=verify-full`, 'asyncpg', 'verify-full needs root'],
    [`${URL}?sslmode=verify_full`, 'asyncpg', 'verify-full needs root'],
    [`${URL}?sslmode=verify-full&sslrootcert=ca.pem`, 'asyncpg', 'verify-full'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'asyncpg', 'verify-ca'],
    [`${URL}?sslmode=prefer&sslrootcert=ca.pem`, 'asyncpg', 'prefer -sslrootcert'],
    [`${URL}?sslmode=verify-full&sslrootcert=system`, 'asyncpg', 'error'],
    [`${URL}?sslmode=Require`, 'asyncpg', 'error'],
    [`${URL}?sslmode=require&sslmode=disable`, 'asyncpg', 'disable'],
    ['postgresql:///app?host=/tmp&sslmode=require', 'asyncpg', 'disable'],
    ['postgis://u:p@h/app?sslmode=require', 'asyncpg', 'error'],
    ['host=h dbname=app sslmode=require', 'asyncpg', 'error'],
    // v0.24.0: create_default_context(): the system's roots, and require never verifies.
    [`${URL}?sslmode=verify-full`, 'asyncpg@0.24', 'verify-full'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'asyncpg@0.24', 'require -sslrootcert'],
    // v0.30.0: sslnegotiation; before, and for every name that it does not know, a setting for the server.
    [`${URL}?sslmode=require&sslnegotiation=direct`, 'asyncpg@0.30', 'require'],
    [`${URL}?sslmode=require&sslnegotiation=direct`, 'asyncpg@0.29', 'error'],
    [`${URL}?sslmode=require&sslnegotiation=other`, 'asyncpg', 'error'],
    [`${URL}?ssl=true`, 'asyncpg', 'error'],
    [`${URL}?sslmode=require&channel_binding=require`, 'asyncpg', 'error'],
    [`${URL}?sslmode=require&application_name=x`, 'asyncpg', 'require'],
    // _parse_tls_version(): names of ssl.TLSVersion.
    [`${URL}?sslmode=require&ssl_min_protocol_version=TLSv1.3`, 'asyncpg', 'require'],
    [`${URL}?sslmode=require&ssl_min_protocol_version=tlsv1.3`, 'asyncpg', 'error'],
    [`${URL}?sslmode=require&ssl_min_protocol_version=SSLv3`, 'asyncpg', 'error'],
    ['PGHOST=db.acme.com PGSSLMODE=require', 'asyncpg', 'require'],
    ['PGHOST=db.acme.com PGSSLMODE=verify-full PGSSLROOTCERT=ca.pem', 'asyncpg', 'verify-full'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGSSLROOTCERT=', 'asyncpg', 'require'],
    ['PGHOST=db.acme.com PGSSLMODE=', 'asyncpg', 'error'],
    ['PGHOST=/tmp PGSSLMODE=require', 'asyncpg', 'disable'],
    // SQLAlchemy: each parameter is an argument of asyncpg.connect(), and `ssl` the only one about TLS.
    [SQLALCHEMY, 'asyncpg', 'prefer'],
    [`${SQLALCHEMY}?ssl=require`, 'asyncpg', 'require'],
    [`${SQLALCHEMY}?ssl=verify-full`, 'asyncpg', 'verify-full needs root'],
    [`${SQLALCHEMY}?ssl=true`, 'asyncpg', 'error'],
    [`${SQLALCHEMY}?sslmode=require`, 'asyncpg', 'error'],
    [`${SQLALCHEMY}?ssl=require&sslrootcert=ca.pem`, 'asyncpg', 'error'],
    [`${SQLALCHEMY}?ssl=require&prepared_statement_cache_size=0`, 'asyncpg', 'require'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('reads root.crt where it is there, and fails without it where it verifies', () => {
    expect(verdictOf(`${URL}?sslmode=require`, 'asyncpg', 'present')).toBe('verify-ca');
    expect(verdictOf(`${URL}?sslmode=verify-full`, 'asyncpg', 'present')).toBe('verify-full');
    expect(verdictOf(`${URL}?sslmode=verify-full`, 'asyncpg', 'absent')).toBe('error');
    expect(verdictOf(`${URL}?sslmode=require`, 'asyncpg', 'absent')).toBe('require');
  });

  it('notes a weak version of TLS where TLS is used', () => {
    const string = `${URL}?sslmode=require&ssl_min_protocol_version=TLSv1`;
    expect(explain({ string, driver: 'asyncpg' })[0]?.reasons[1]).toBe('`ssl_min_protocol_version` lets the server choose a TLS version below 1.2');
    expect(explain({ string: string.replace('require', 'disable'), driver: 'asyncpg' })[0]?.reasons).toHaveLength(1);
  });

  it('spells what its user writes, under SQLAlchemy too', () => {
    expect(asyncpg.spell('verify-full', 'rds.pem', '0.31').string).toEqual([['sslmode', 'verify-full'], ['sslrootcert', '/path/to/rds.pem']]);
    expect(asyncpg.spell('verify-full', null, '0.31', 'postgresql+asyncpg')).toMatchObject({ string: [['ssl', 'verify-full']], condition: 'with PGSSLROOTCERT=/etc/ssl/certs/ca-certificates.crt in the environment' });
    expect(asyncpg.spell('verify-full', null, '0.24').string).toEqual([['sslmode', 'verify-full']]);
  });
});
