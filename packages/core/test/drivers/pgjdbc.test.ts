import { describe, expect, it } from 'vitest';
import { pgjdbc } from '../../src/drivers/pgjdbc.ts';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'jdbc:postgresql://db.acme.com/app';
const CLASS = 'org.postgresql.ssl.';

describe('pgjdbc', () => {
  it.for<Row>([
    // REL42.7.13 jdbc/SslMode.java of().
    [URL, 'pgjdbc', 'prefer'],
    [`${URL}?sslmode=disable`, 'pgjdbc', 'disable'],
    [`${URL}?sslmode=allow`, 'pgjdbc', 'allow'],
    [`${URL}?sslmode=prefer`, 'pgjdbc', 'prefer'],
    [`${URL}?sslmode=require`, 'pgjdbc', 'require'],
    [`${URL}?sslmode=Require`, 'pgjdbc', 'require'],
    [`${URL}?sslmode=verify-ca`, 'pgjdbc', 'verify-ca needs root'],
    [`${URL}?sslmode=verify-full`, 'pgjdbc', 'verify-full needs root'],
    [`${URL}?sslmode=VERIFY-FULL&sslrootcert=/ca.pem`, 'pgjdbc', 'verify-full'],
    [`${URL}?sslmode=verify_full`, 'pgjdbc', 'error'],
    [`${URL}?sslmode=`, 'pgjdbc', 'error'],
    [`${URL}?sslmode`, 'pgjdbc', 'error'],
    [`${URL}?ssl=true`, 'pgjdbc', 'verify-full needs root'],
    [`${URL}?ssl`, 'pgjdbc', 'verify-full needs root'],
    [`${URL}?ssl=TRUE`, 'pgjdbc', 'verify-full needs root'],
    [`${URL}?ssl=false`, 'pgjdbc', 'prefer'],
    [`${URL}?ssl=1`, 'pgjdbc', 'prefer'],
    [`${URL}?ssl=true&sslmode=require`, 'pgjdbc', 'require'],
    [`${URL}?sslmode=require&sslmode=disable`, 'pgjdbc', 'disable'],
    // ssl/LibPQFactory.java: the root certificate is read in the verify modes alone.
    [`${URL}?sslmode=require&sslrootcert=/ca.pem`, 'pgjdbc', 'require -sslrootcert'],
    [`${URL}?sslmode=verify-full&sslrootcert=system`, 'pgjdbc', 'error'],
    // ssl/NonValidatingFactory.java, DefaultJavaSSLFactory.java, SingleCertValidatingFactory.java.
    [`${URL}?ssl=true&sslfactory=${CLASS}NonValidatingFactory`, 'pgjdbc', 'require'],
    [`${URL}?sslmode=verify-full&sslfactory=${CLASS}NonValidatingFactory`, 'pgjdbc', 'require'],
    [`${URL}?sslfactory=${CLASS}NonValidatingFactory`, 'pgjdbc', 'prefer'],
    [`${URL}?sslmode=verify-full&sslfactory=${CLASS}DefaultJavaSSLFactory`, 'pgjdbc', 'verify-full'],
    [`${URL}?sslmode=require&sslfactory=${CLASS}DefaultJavaSSLFactory`, 'pgjdbc', 'verify-ca'],
    [`${URL}?sslmode=prefer&sslfactory=${CLASS}DefaultJavaSSLFactory`, 'pgjdbc', 'prefer'],
    [`${URL}?sslmode=verify-full&sslfactory=${CLASS}LibPQFactory&sslrootcert=/ca.pem`, 'pgjdbc', 'verify-full'],
    [`${URL}?sslmode=verify-full&sslfactory=${CLASS}SingleCertValidatingFactory&sslfactoryarg=file:/ca.pem`, 'pgjdbc', 'verify-full'],
    [`${URL}?sslmode=verify-full&sslfactory=${CLASS}SingleCertValidatingFactory`, 'pgjdbc', 'error'],
    [`${URL}?sslmode=verify-full&sslfactory=com.acme.Factory&sslrootcert=/ca.pem`, 'pgjdbc', 'unknown -sslrootcert'],
    // ssl/MakeSSL.java verifyPeerName().
    [`${URL}?sslmode=verify-full&sslrootcert=/ca.pem&sslhostnameverifier=com.acme.Anything`, 'pgjdbc', 'verify-ca'],
    // PGProperty.java: names are case-sensitive, and one that is not known is passed over.
    [`${URL}?sslMode=verify-full`, 'pgjdbc', 'prefer -sslMode'],
    [`${URL}?ssl_mode=require&useSSL=true`, 'pgjdbc', 'prefer -ssl_mode -useSSL'],
    [`${URL}?sslmode=require&channel_binding=require`, 'pgjdbc', 'require -channel_binding'],
    [`${URL}?sslmode=require&currentSchema=x&ApplicationName=y`, 'pgjdbc', 'require'],
    // CHANGELOG: channelBinding came with 42.7.4, and is enforced in all cases from 42.7.12 on (CVE-2025-49146, CVE-2026-54291).
    [`${URL}?sslmode=require&channelBinding=require`, 'pgjdbc', 'require +channel-binding'],
    [`${URL}?sslmode=require&channelBinding=require`, 'pgjdbc@42.7.11', 'require'],
    [`${URL}?sslmode=require&channelBinding=require`, 'pgjdbc@42.7.3', 'require -channelBinding'],
    [`${URL}?sslmode=require&channelBinding=yes`, 'pgjdbc', 'error'],
    [`${URL}?sslmode=require&requireAuth=scram-sha-256`, 'pgjdbc', 'require +no-cleartext-password'],
    [`${URL}?sslmode=require&requireAuth=scram-sha-256`, 'pgjdbc@42.7.10', 'require -requireAuth'],
    [`${URL}?sslmode=require&requireAuth=scram`, 'pgjdbc', 'error'],
    ['postgres://db.acme.com/app?sslmode=require', 'pgjdbc', 'error'],
    ['jdbc:aws-wrapper:postgresql://db.acme.com/app?sslmode=require', 'pgjdbc', 'require'],
    ['jdbc:redshift://db.acme.com/app', 'pgjdbc', 'error'],
    ['jdbc:postgresql://u:p@db.acme.com/app?sslmode=verify-full', 'pgjdbc', 'error'],
    // https://cloud.google.com/java/docs/reference/jdbc-socket-factory-parent
    [`${URL}?cloudSqlInstance=x&socketFactory=com.google.cloud.sql.postgres.SocketFactory&sslmode=disable`, 'pgjdbc', 'verify-full'],
    // REL42.2.4 ConnectionFactoryImpl.java, MakeSSL.java.
    [URL, 'pgjdbc@42.2.4', 'disable'],
    [`${URL}?ssl=true`, 'pgjdbc@42.2.4', 'verify-ca'],
    [`${URL}?ssl=true&sslfactory=${CLASS}NonValidatingFactory`, 'pgjdbc@42.2.4', 'require'],
    [`${URL}?sslmode=require`, 'pgjdbc@42.2.4', 'require'],
    [`${URL}?sslmode=Require`, 'pgjdbc@42.2.4', 'error'],
    [`${URL}?sslmode=prefer`, 'pgjdbc@42.2.4', 'error'],
    [`${URL}?sslmode=verify-full&sslrootcert=/ca.pem`, 'pgjdbc@42.2.4', 'verify-full'],
    // CVE-2018-10936
    [`${URL}?sslmode=verify-full&sslfactory=com.acme.Factory`, 'pgjdbc@42.2.4', 'verify-ca'],
    [`${URL}?sslmode=prefer`, 'pgjdbc@42.2.5', 'prefer'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('fails without a root certificate where it verifies, and passes it over elsewhere', () => {
    expect(verdictOf(`${URL}?ssl=true`, 'pgjdbc', 'absent')).toBe('error');
    expect(verdictOf(`${URL}?ssl=true`, 'pgjdbc', 'present')).toBe('verify-full');
    expect(verdictOf(`${URL}?sslmode=require`, 'pgjdbc', 'present')).toBe('require');
  });

  it('reads no variable', () => {
    const [verdict] = explain({ string: URL, env: { PGSSLMODE: 'verify-full' }, driver: 'pgjdbc' });
    expect(verdict).toMatchObject({ effective: 'prefer', ignored: [{ setting: 'PGSSLMODE' }] });
  });

  it('says what loses and what is odd', () => {
    expect(explain({ string: `${URL}?ssl=true&sslmode=require`, driver: 'pgjdbc' })[0]?.reasons).toContain('pgjdbc lets sslmode win over `ssl`, which alone would mean verify-full');
    expect(explain({ string: `${URL}?ssl=yes`, driver: 'pgjdbc' })[0]?.reasons).toContain('pgjdbc takes any `ssl` but `true` for false');
    expect(explain({ string: `${URL}?ssl=true&sslmode=verify-full`, driver: 'pgjdbc' })[0]?.reasons).toHaveLength(1);
  });

  it.for([['9.4.1212', '42.2.4'], ['42.2.4.jre7', '42.2.4'], ['42.2.5', '42.2.5'], ['42.6.0', '42.2.5'], ['42.7.3', '42.2.5'], ['42.7.7', '42.7.4'], ['42.7.13', '42.7.12']] as const)('%s is version %s', ([version, label]) => {
    expect(pgjdbc.versionOf({ 'org.postgresql:postgresql': version })).toBe(label);
  });

  it.for(['42', '42.7'])('pgjdbc@%s is the newest of them', (wanted) => {
    expect(explain({ string: URL, driver: `pgjdbc@${wanted}` })[0]?.version).toBe('42.7.12');
  });

  it('spells what works without a file for public roots', () => {
    expect(pgjdbc.spell('verify-full', null, '42.7.12').string).toEqual([['sslmode', 'verify-full'], ['sslfactory', `${CLASS}DefaultJavaSSLFactory`]]);
    expect(pgjdbc.spell('verify-full', 'rds.pem', '42.7.12').string).toEqual([['sslmode', 'verify-full'], ['sslrootcert', '/path/to/rds.pem']]);
    expect(pgjdbc.spell('require', null, '42.7.12').string).toEqual([['sslmode', 'require']]);
  });
});
