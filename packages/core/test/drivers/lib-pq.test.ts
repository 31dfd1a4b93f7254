import { describe, expect, it } from 'vitest';
import { libPq } from '../../src/drivers/lib-pq.ts';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgres://u:p@db.acme.com/app';
const KV = 'host=db.acme.com dbname=app';

describe('lib/pq', () => {
  it.for<Row>([
    // v1.10.9 and v1.12.3 ssl.go: require is the default; f4654a4 connector.go newConfig(): prefer.
    [URL, 'lib-pq', 'require'],
    [URL, 'lib/pq@1.10', 'require'],
    [URL, 'lib-pq@1.13', 'prefer'],
    [KV, 'lib-pq', 'require'],
    [`${URL}?sslmode=disable`, 'lib-pq', 'disable'],
    [`${URL}?sslmode=require`, 'lib-pq', 'require'],
    [`${URL}?sslmode=verify-full`, 'lib-pq', 'verify-full'],
    [`${URL}?sslmode=verify-ca`, 'lib-pq', 'verify-ca'],
    // CHANGELOG v1.12.0: "Support sslmode=prefer and sslmode=allow".
    [`${URL}?sslmode=prefer`, 'lib-pq@1.12', 'prefer'],
    [`${URL}?sslmode=allow`, 'lib-pq@1.12', 'allow'],
    [`${URL}?sslmode=prefer`, 'lib-pq@1.11', 'error'],
    [`${URL}?sslmode=allow`, 'lib-pq@1.10', 'error'],
    [`${URL}?sslmode=Require`, 'lib-pq', 'error'],
    // convertURL(): the first of a name, and no empty value; keyword/value strings take the last, and 1.11 on refuses an empty one.
    [`${URL}?sslmode=require&sslmode=disable`, 'lib-pq', 'require'],
    [`${KV} sslmode=require sslmode=disable`, 'lib-pq', 'disable'],
    [`${URL}?sslmode=`, 'lib-pq', 'require'],
    [`${KV} sslmode=''`, 'lib-pq@1.10', 'require'],
    [`${KV} sslmode=''`, 'lib-pq@1.12', 'error'],
    ['postgres:///app?host=/tmp&sslmode=require', 'lib-pq', 'disable'],
    // A root certificate makes verify-ca of require. 1.10.7 to 1.10.9 check the name too (sslVerifyCertificateAuthority: DNSName).
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'lib-pq', 'verify-ca'],
    [`${URL}?sslmode=require&sslrootcert=ca.pem`, 'lib-pq@1.10', 'verify-full'],
    [`${URL}?sslmode=verify-ca`, 'lib-pq@1.10', 'verify-full'],
    [`${URL}?sslmode=verify-ca&sslsni=0`, 'lib-pq@1.10', 'verify-ca'],
    ['postgres://u:p@203.0.113.7/app?sslmode=verify-ca', 'lib-pq@1.10', 'verify-ca'],
    [`${URL}?sslmode=verify-ca`, 'lib-pq@1.11', 'verify-ca'],
    // v1.12.0: sslrootcert=system; before, a file that is not there: dropped with require (os.Stat), refused by the verify modes.
    [`${URL}?sslrootcert=system`, 'lib-pq@1.12', 'verify-full'],
    [`${URL}?sslrootcert=system&sslmode=require`, 'lib-pq@1.12', 'error'],
    [`${URL}?sslrootcert=system`, 'lib-pq@1.11', 'require -sslrootcert'],
    [`${URL}?sslrootcert=system&sslmode=verify-full`, 'lib-pq@1.11', 'error'],
    // sslClientCertificates() makes a key pair of what is there, and fails on nothing.
    ['host=db.acme.com dbname=app sslinline=true sslrootcert=PEM', 'lib-pq@1.12', 'error'],
    [`${KV} sslinline=true sslcert=PEM sslkey=PEM sslrootcert=PEM`, 'lib-pq@1.11', 'require -sslrootcert'],
    [`${KV} sslinline=true sslcert=PEM sslkey=PEM sslrootcert=PEM`, 'lib-pq@1.12', 'verify-ca'],
    // sslnegotiation: a start-up parameter in 1.10, refused with weak modes from 1.12 on (newConfig).
    [`${URL}?sslnegotiation=direct`, 'lib-pq@1.10', 'error'],
    [`${URL}?sslnegotiation=direct`, 'lib-pq@1.12', 'require'],
    [`${URL}?sslnegotiation=direct&sslmode=prefer`, 'lib-pq@1.12', 'error'],
    [`${URL}?sslnegotiation=direct`, 'lib-pq@1.13', 'error'],
    [`${URL}?sslnegotiation=other`, 'lib-pq', 'error'],
    [`${URL}?sslmode=require&channel_binding=require`, 'lib-pq', 'error'],
    [`${URL}?sslmode=require&require_auth=scram-sha-256`, 'lib-pq@1.12', 'error'],
    [`${URL}?sslmode=require&require_auth=scram-sha-256`, 'lib-pq@1.13', 'require +no-cleartext-password'],
    [`${URL}?sslmode=require&require_auth=oauth`, 'lib-pq@1.13', 'error'],
    [`${URL}?ssl=true`, 'lib-pq', 'error'],
    [`${URL}?ssl_min_protocol_version=TLSv1.2`, 'lib-pq@1.12', 'require'],
    [`${URL}?ssl_min_protocol_version=tlsv1.2`, 'lib-pq@1.12', 'error'],
    [`${URL}?ssl_min_protocol_version=TLSv1.2`, 'lib-pq@1.11', 'error'],
    [`${URL}?sslmode=require&application_name=x`, 'lib-pq', 'require'],
    // RegisterTLSConfig(), from 1.11 on.
    [`${URL}?sslmode=pqgo-mine`, 'lib-pq', 'verify-full'],
    [`${URL}?sslmode=pqgo-mine`, 'lib-pq@1.10', 'error'],
    ['PGHOST=db.acme.com PGSSLMODE=verify-full', 'lib-pq', 'verify-full'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGSSLROOTCERT=ca.pem', 'lib-pq', 'verify-ca'],
    // fromEnv(): "environment variable $PGCHANNELBINDING is not supported".
    ['PGHOST=db.acme.com PGSSLMODE=verify-full PGCHANNELBINDING=require', 'lib-pq', 'error'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGCHANNELBINDING=require', 'lib-pq@1.10', 'require -PGCHANNELBINDING'],
    ['PGHOST=db.acme.com PGSSLMODE=require PGREQUIREAUTH=scram-sha-256', 'lib-pq@1.13', 'require +no-cleartext-password'],
    // 1.12 reads SSLPGMINPROTOCOLVERSION, a slip.
    ['PGHOST=db.acme.com PGSSLMODE=require PGSSLMINPROTOCOLVERSION=TLSv1.3', 'lib-pq@1.12', 'require -PGSSLMINPROTOCOLVERSION'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('takes root.crt from 1.12 on, and needs it nowhere', () => {
    expect(verdictOf(`${URL}?sslmode=require`, 'lib-pq@1.12', 'present')).toBe('verify-ca');
    expect(verdictOf(`${URL}?sslmode=require`, 'lib-pq@1.11', 'present')).toBe('require');
    expect(verdictOf(`${URL}?sslmode=verify-full`, 'lib-pq', 'absent')).toBe('verify-full');
  });

  it('notes a weak version of TLS', () => {
    expect(explain({ string: `${URL}?ssl_min_protocol_version=TLSv1.0`, driver: 'lib-pq' })[0]?.reasons[1]).toBe('`ssl_min_protocol_version` lets the server choose a TLS version below 1.2');
  });

  it('checks the chain alone before 1.10.7', () => {
    const outcome = (version: string): unknown => libPq.outcome({ form: 'url', string: null, options: undefined, environment: new Map([['PGSSLMODE', { name: 'PGSSLMODE', key: 'PGSSLMODE', value: 'verify-ca', place: 'environment', span: { start: 0, end: 0 }, whole: { start: 0, end: 0 } }]]), rootCertificate: undefined }, '1.10', { 'github.com/lib/pq': version });
    expect(outcome('v1.10.6')).toMatchObject({ verifies: 'chain' });
    expect(outcome('v1.10.9')).toMatchObject({ verifies: 'chain-and-name' });
  });

  it.for([['v1.9.0', undefined], ['v1.10.9', '1.10'], ['v1.11.2', '1.11'], ['v1.12.3', '1.12']] as const)('%s is version %s', ([version, label]) => {
    expect(libPq.versionOf({ 'github.com/lib/pq': version })).toBe(label);
  });
});
