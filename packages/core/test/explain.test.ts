import { describe, expect, it } from 'vitest';
import { explain } from '../src/index.ts';

/** Settings, driver, and what comes of them. Measured by USERS.md's tables and pg-connection-string 2.14.1 unless said otherwise. */
const STRINGS: [string, string, string][] = [
  ['postgres://u:p@h/d', 'libpq', 'prefer'],
  ['postgres://u:p@h/d?sslmode=require', 'libpq', 'require'],
  ['postgres://u:p@h/d?sslmode=require&sslrootcert=ca.pem', 'libpq', 'verify-ca'],
  ['postgres://u:p@h/d?sslmode=verify-full', 'libpq', 'verify-full'],
  ['postgres://u:p@h/d?sslmode=no-verify', 'libpq', 'error'],
  ['postgres://u:p@h/d?sslmode=Require', 'libpq', 'error'],
  ['postgres://u:p@h/d?sslrootcert=system', 'libpq', 'verify-full'],
  ['postgres://u:p@h/d?sslrootcert=system&sslmode=require', 'libpq', 'error'],
  ['postgres://u:p@h/d?sslrootcert=system&sslmode=require', 'libpq@15', 'require'],
  ['postgres://u:p@h/d?ssl=true', 'libpq', 'require'],
  ['postgres://u:p@h/d?ssl=1', 'libpq', 'error'],
  ['postgres://u:p@h/d?sslnegotiation=direct', 'libpq', 'error'],
  ['postgres://u:p@h/d?sslnegotiation=direct&sslmode=require', 'libpq', 'require'],
  ['postgres://u:p@h/d?sslnegotiation=direct&sslmode=require', 'libpq@16', 'error'],
  ['postgres:///d?host=/tmp&sslmode=require', 'libpq', 'disable'],
  ['host=h dbname=d sslmode=allow', 'libpq', 'allow'],
  ['postgres://u:p@h/d', 'node-postgres', 'disable'],
  ['postgres://u:p@h/d?sslmode=require', 'node-postgres', 'verify-full'],
  ['postgres://u:p@h/d?sslmode=require', 'node-postgres@9', 'require'],
  ['postgres://u:p@h/d?sslmode=no-verify', 'node-postgres', 'require'],
  ['postgres://u:p@h/d?sslmode=disable', 'node-postgres', 'disable'],
  ['postgres://u:p@h/d?ssl=false', 'node-postgres', 'error'],
  ['postgres://u:p@h/d?ssl=0', 'node-postgres', 'disable'],
  ['postgres://u:p@h/d?uselibpqcompat=true&sslmode=require', 'node-postgres', 'require'],
  ['postgres://u:p@h/d?sslrootcert=system', 'node-postgres', 'error'],
  ['postgres://u:p@h/d?sslMode=require', 'node-postgres', 'disable'],
  ['postgres://u:p@h/d?sslmode=require', 'postgres.js', 'require'],
  ['postgres://u:p@h/d?sslmode=no-verify', 'postgres.js', 'verify-full'],
  ['postgres://u:p@h/d?sslmode=prefer', 'postgres.js', 'prefer'],
  ['postgres://u:p@h/d?ssl=false', 'postgres.js', 'disable'],
  ['postgres://u:p@h/d?sslMode=require', 'postgres.js', 'error'],
  ['postgres://u:p@h/d?sslmode=${MODE}', 'libpq', 'unknown'],
  ['no connection string at all', 'libpq', 'error'],
  ['no connection string at all', 'node-postgres', 'error'],
];

describe('explain', () => {
  it.for(STRINGS)('%s with %s is %s', ([string, driver, effective]) => {
    expect(explain({ string, driver })).toMatchObject([{ effective }]);
  });

  it('names what is ignored as it is written', () => {
    expect(explain({ string: 'postgres://u:p@h/d', env: { PGSSLMODE: 'require' }, driver: 'postgres.js' })).toMatchObject([{ effective: 'disable', ignored: [{ setting: 'PGSSLMODE' }] }]);
    expect(explain({ string: 'postgres://u:p@h/d?ssl=true', driver: 'prisma' })).toMatchObject([{ ignored: [{ setting: 'ssl' }] }]);
  });

  it('reads the connectionString of an options object as the driver does, over the rest', () => {
    const options = { connectionString: 'postgres://u:p@h/d?sslmode=require', ssl: { rejectUnauthorized: false } };
    expect(explain({ options, driver: 'node-postgres' })).toMatchObject([{ form: 'options', effective: 'verify-full' }]);
    expect(explain({ options, driver: 'postgres.js' })).toMatchObject([{ form: 'options', effective: 'require' }]);
  });

  it('says of an unknown what is hidden, not what would be if it said nothing', () => {
    expect(explain({ string: 'postgres://u:p@h/d?sslmode=${MODE}', driver: 'libpq' })[0]?.reasons).toEqual(['the value of `sslmode`, which is hidden, decides: at worst this is disable, at best verify-full']);
    expect(explain({ string: '${DATABASE_URL}' }).map(({ driver, form, effective }) => [driver, form, effective])).toContainEqual(['node-postgres', 'url', 'unknown']);
  });

  it('asks R2DBC only about its own URLs', () => {
    expect(explain({ string: 'postgres://u:p@h/d' }).map(({ driver }) => driver)).not.toContain('r2dbc-postgresql');
    expect(explain({ string: 'r2dbc:postgresql://h/d' }).map(({ driver }) => driver)).toContain('r2dbc-postgresql');
  });

  it('says of an announced version that it is', () => {
    expect(explain({ string: 'postgres://h/d?sslmode=require', driver: 'node-postgres@9' })[0]?.reasons.at(-1)).toContain('announced');
    expect(explain({ string: 'postgres://h/d?sslmode=require', driver: 'node-postgres@8' })[0]?.reasons.join()).not.toContain('announced');
  });
});
