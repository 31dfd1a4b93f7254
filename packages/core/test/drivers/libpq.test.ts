import { expect, it } from 'vitest';
import { type Row, verdictOf } from './verdict.ts';

/*
 * What libpq 15 and 18 do is measured (test/lab). These are the versions in between and before, by their
 * fe-connect.c and release notes, and what no wire shows: what is noted beside the mode.
 */

const U = 'postgres://u:p@db.acme.com/app';

/** Keywords by the release that brought them: the ones before refuse the string. PQconndefaults of libpq 15 and 18 agree. */
const SINCE: readonly (readonly [parameter: string, since: number])[] = [
  ['sslcrldir=/x', 14],
  ['sslsni=0', 14],
  ['target_session_attrs=standby', 14],
  ['require_auth=scram-sha-256', 16],
  ['sslcertmode=allow', 16],
  ['load_balance_hosts=random', 16],
  ['gssdelegation=1', 16],
  ['sslnegotiation=postgres', 17],
  ['min_protocol_version=3.0', 18],
  ['max_protocol_version=latest', 18],
  ['sslkeylogfile=/x', 18],
  ['scram_client_key=x', 18],
  ['oauth_issuer=x', 18],
  ['require_auth=oauth', 18],
  ['servicefile=/x', 19],
];
const VERSIONS = [13, 14, 15, 16, 17, 18];

it.for(SINCE.flatMap(([parameter, since]) => VERSIONS.map((version) => [parameter, version, version >= since ? 'require' : 'error'] as const)))('%s with libpq %s is %s', ([parameter, version, mode]) => {
  expect(verdictOf(`${U}?sslmode=require&${parameter}`, `libpq@${version}`).split(' ')[0]).toBe(mode);
});

it.for<Row>([
  // Gone with 14.
  [`${U}?sslmode=require&tty=x`, 'libpq@13', 'require'],
  [`${U}?sslmode=require&tty=x`, 'libpq@14', 'error'],
  [`${U}?sslmode=require&authtype=x`, 'libpq@13', 'require'],
  [`${U}?sslmode=require&authtype=x`, 'libpq@14', 'error'],
  // `system` is a store from 16 on, before it a file that nobody has.
  [`${U}?sslrootcert=system`, 'libpq@16', 'verify-full'],
  [`${U}?sslrootcert=system`, 'libpq@14', 'prefer'],
  [`${U}?sslrootcert=system&sslmode=verify-full`, 'libpq@14', 'error'],
  [`${U}?sslrootcert=system&sslmode=require`, 'libpq@14', 'require'],
  // A variable is as old as its keyword.
  ['PGSSLNEGOTIATION=direct', 'libpq@17', 'error'],
  ['PGSSLNEGOTIATION=direct', 'libpq@16', 'prefer'],
  ['PGSSLMODE=require PGREQUIREAUTH=scram-sha-256', 'libpq@16', 'require +no-cleartext-password'],
  ['PGSSLMODE=require PGREQUIREAUTH=scram-sha-256', 'libpq@15', 'require'],
  ['PGREQUIRESSL=1', 'libpq@18', 'require'],
  ['PGREQUIRESSL=0', 'libpq@18', 'prefer'],
  ['PGREQUIRESSL=1 PGSSLMODE=disable', 'libpq@18', 'disable'],
  // What is noted beside the mode.
  [`${U}?sslmode=verify-full`, 'libpq@18', 'verify-full needs root'],
  [`${U}?sslmode=verify-full&sslrootcert=system`, 'libpq@18', 'verify-full'],
  [`${U}?sslmode=verify-full&sslrootcert=/x.pem`, 'libpq@18', 'verify-full'],
  [`${U}?sslmode=require&channel_binding=require`, 'libpq@18', 'require +channel-binding'],
  [`${U}?sslmode=require&channel_binding=prefer`, 'libpq@18', 'require'],
  [`${U}?sslmode=require&require_auth=!password`, 'libpq@18', 'require +no-cleartext-password'],
  [`${U}?sslmode=require&require_auth=!md5`, 'libpq@18', 'require'],
])('%s with %s is %s', ([input, driver, expected]) => {
  expect(verdictOf(input, driver)).toBe(expected);
});

it.for([
  [`${U}?sslmode=require`, 'present', 'verify-ca'],
  [`${U}?sslmode=require`, 'absent', 'require'],
  [`${U}?sslmode=verify-ca`, 'present', 'verify-ca'],
  [`${U}?sslmode=verify-ca`, 'absent', 'error'],
  [`${U}?sslmode=prefer`, 'present', 'prefer'],
  // The file that is named counts as there, whatever is in the default place.
  [`${U}?sslmode=verify-full&sslrootcert=/x.pem`, 'absent', 'verify-full'],
  [`${U}?sslmode=require&sslrootcert=/x.pem`, 'absent', 'verify-ca'],
] as const)('%s with ~/.postgresql/root.crt %s is %s', ([input, rootCertificate, expected]) => {
  expect(verdictOf(input, 'libpq', rootCertificate)).toBe(expected);
});
