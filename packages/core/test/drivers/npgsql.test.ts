import { describe, expect, it } from 'vitest';
import { npgsql } from '../../src/drivers/npgsql.ts';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const ADO = 'Host=db.acme.com;Database=app;Username=u;Password=p';

describe('Npgsql', () => {
  it.for<Row>([
    // v10.0.3 Internal/NpgsqlConnector.cs: a certificate is checked in VerifyCA and VerifyFull alone, with the system's roots or Root Certificate.
    [ADO, 'npgsql', 'prefer'],
    [`${ADO};SSL Mode=Disable`, 'npgsql', 'disable'],
    [`${ADO};SSL Mode=Allow`, 'npgsql', 'allow'],
    [`${ADO};SSL Mode=Prefer`, 'npgsql', 'prefer'],
    [`${ADO};SSL Mode=Require`, 'npgsql', 'require'],
    [`${ADO};SSL Mode=VerifyCA`, 'npgsql', 'verify-ca'],
    [`${ADO};SSL Mode=VerifyFull`, 'npgsql', 'verify-full'],
    [`${ADO};SSL Mode=VerifyFull;Root Certificate=/ca.pem`, 'npgsql', 'verify-full'],
    [`${ADO};SSL Mode=Require;Root Certificate=/ca.pem`, 'npgsql', 'require -Root Certificate'],
    // Enum.Parse: any case, and numbers. No hyphen.
    [`${ADO};sslmode=verifyfull`, 'npgsql', 'verify-full'],
    [`${ADO};SslMode=5`, 'npgsql', 'verify-full'],
    [`${ADO};SslMode=9`, 'npgsql', 'error'],
    [`${ADO};SslMode=verify-full`, 'npgsql', 'error'],
    [`${ADO};SSL Mode=`, 'npgsql', 'prefer'],
    [`${ADO};SSL Mode=Require;SSL Mode=Disable`, 'npgsql', 'disable'],
    // "Couldn't set": property and display names in any case, nothing between.
    [`${ADO};Ssl_Mode=Require`, 'npgsql', 'error'],
    [`${ADO};sslrootcert=/ca.pem;SSL Mode=VerifyFull`, 'npgsql', 'error'],
    [`${ADO};SSL=true`, 'npgsql', 'error'],
    [`${ADO};Use SSL Stream=true`, 'npgsql@7', 'prefer'],
    [`${ADO};Use SSL Stream=true`, 'npgsql@8', 'error'],
    [`${ADO};SSL Certificate=/c.pem`, 'npgsql@5', 'error'],
    // v8.0.9: "no longer needed and does nothing".
    [`${ADO};SSL Mode=Require;Trust Server Certificate=true`, 'npgsql', 'require -Trust Server Certificate'],
    [`${ADO};SSL Mode=Require;TrustServerCertificate=false`, 'npgsql@8', 'require -TrustServerCertificate'],
    // v6.0.13, v7.0.10: Require wants it, the verify modes refuse it.
    [ADO, 'npgsql@6', 'prefer'],
    [`${ADO};SSL Mode=Require`, 'npgsql@6', 'error'],
    [`${ADO};SSL Mode=Require`, 'npgsql@7', 'error'],
    [`${ADO};SSL Mode=Require;Trust Server Certificate=true`, 'npgsql@6', 'require'],
    [`${ADO};SSL Mode=VerifyFull;Trust Server Certificate=true`, 'npgsql@6', 'error'],
    [`${ADO};SSL Mode=VerifyFull`, 'npgsql@6', 'verify-full'],
    // v5.0.18 NpgsqlConnector.cs RawOpen(): off by default, verifying where it is on; SslRootValidation() never looks at the name.
    [ADO, 'npgsql@5', 'disable'],
    [`${ADO};SSL Mode=Require`, 'npgsql@5', 'verify-full'],
    [`${ADO};SSL Mode=Require;Trust Server Certificate=true`, 'npgsql@5', 'require'],
    [`${ADO};SSL Mode=Require;Root Certificate=/ca.pem`, 'npgsql@5', 'verify-ca'],
    [`${ADO};SSL Mode=Prefer`, 'npgsql@5', 'prefer'],
    [`${ADO};SSL Mode=VerifyFull`, 'npgsql@5', 'error'],
    [`${ADO};SSL Mode=2`, 'npgsql@5', 'verify-full'],
    // v9: SSL Negotiation, v8: Channel Binding, v10: Require Auth.
    [`${ADO};SSL Mode=Require;SSL Negotiation=Direct`, 'npgsql', 'require'],
    [`${ADO};SSL Negotiation=Direct`, 'npgsql', 'error'],
    [`${ADO};SSL Mode=Require;SSL Negotiation=Direct`, 'npgsql@8', 'error'],
    [`${ADO};SSL Mode=Require;Channel Binding=Require`, 'npgsql', 'require'],
    [`${ADO};SSL Mode=Require;Channel Binding=Require;Require Auth=ScramSHA256`, 'npgsql', 'require +no-cleartext-password +channel-binding'],
    [`${ADO};SSL Mode=Require;Require Auth=!Password`, 'npgsql', 'require +no-cleartext-password'],
    [`${ADO};SSL Mode=Require;Require Auth=scram-sha-256`, 'npgsql', 'error'],
    [`${ADO};SSL Mode=VerifyFull;Channel Binding=Require`, 'npgsql@7', 'error'],
    ['postgres://db.acme.com/app', 'npgsql', 'error'],
    ['Host=db.acme.com', 'npgsql', 'prefer'],
    ['host=db.acme.com dbname=app', 'npgsql', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('never reads PGSSLMODE, and some other variables', () => {
    expect(explain({ string: ADO, env: { PGSSLMODE: 'verify-full' }, driver: 'npgsql' })).toMatchObject([{ effective: 'prefer', ignored: [{ setting: 'PGSSLMODE' }] }]);
    expect(explain({ string: `${ADO};SSL Mode=Require`, env: { PGREQUIREAUTH: 'ScramSHA256' }, driver: 'npgsql' })).toMatchObject([{ mitigations: ['no-cleartext-password'] }]);
    expect(explain({ string: `${ADO};SSL Mode=Require`, env: { PGSSLROOTCERT: 'ca.pem' }, driver: 'npgsql@5' })).toMatchObject([{ effective: 'verify-ca' }]);
    expect(explain({ string: ADO, env: { PGSSLNEGOTIATION: 'direct' }, driver: 'npgsql' })).toMatchObject([{ effective: 'error' }]);
  });

  it('spells its own words', () => {
    expect(npgsql.spell('verify-full', null, '10').string).toEqual([['SSL Mode', 'VerifyFull']]);
    expect(npgsql.spell('verify-full', 'rds.pem', '10').string).toEqual([['SSL Mode', 'VerifyFull'], ['Root Certificate', '/path/to/rds.pem']]);
    expect(npgsql.spell('require', null, '7').string).toEqual([['SSL Mode', 'Require'], ['Trust Server Certificate', 'true']]);
    expect(npgsql.spell('verify-full', null, '5').string).toEqual([['SSL Mode', 'Require']]);
  });
});
