import { describe, expect, it } from 'vitest';
import { prisma } from '../../src/drivers/prisma.ts';
import { explain } from '../../src/index.ts';
import { type Row, verdictOf } from './verdict.ts';

const URL = 'postgresql://u:p@db.acme.com/app';

describe("Prisma's engine", () => {
  // prisma-engines 0d495ae quaint/src/connector/postgres/url.rs parse_query_params().
  it.for<Row>([
    [URL, 'prisma', 'prefer'],
    [`${URL}?schema=public`, 'prisma', 'prefer'],
    [`${URL}?sslmode=disable`, 'prisma', 'disable'],
    [`${URL}?sslmode=prefer`, 'prisma', 'prefer'],
    [`${URL}?sslmode=require`, 'prisma', 'require'],
    // Weaker than require: what it does not know is prefer.
    [`${URL}?sslmode=verify-full`, 'prisma', 'prefer'],
    [`${URL}?sslmode=no-verify`, 'prisma', 'prefer'],
    [`${URL}?sslmode=Require`, 'prisma', 'prefer'],
    [`${URL}?sslmode=require&sslmode=verify-full`, 'prisma', 'require'],
    [`${URL}?sslmode=require&sslaccept=strict`, 'prisma', 'verify-full'],
    [`${URL}?sslmode=require&sslaccept=accept_invalid_certs`, 'prisma', 'require'],
    [`${URL}?sslmode=require&sslaccept=typo`, 'prisma', 'verify-full'],
    [`${URL}?sslaccept=strict`, 'prisma', 'prefer'],
    [`${URL}?sslmode=verify-full&sslaccept=strict`, 'prisma', 'prefer'],
    // Its sslcert is a root certificate, and nothing without sslaccept=strict; sslrootcert and the rest it drops.
    [`${URL}?sslmode=require&sslcert=root.pem`, 'prisma', 'require -sslcert'],
    [`${URL}?sslmode=require&sslaccept=strict&sslcert=root.pem`, 'prisma', 'verify-full'],
    [`${URL}?sslmode=require&sslrootcert=root.pem&ssl=true`, 'prisma', 'require -sslrootcert -ssl'],
    [`${URL}?sslmode=require&channel_binding=require`, 'prisma', 'require +channel-binding'],
    ['mysql://u:p@h/app', 'prisma', 'error'],
    ['host=h dbname=app', 'prisma', 'error'],
  ])('%s with %s is %s', ([input, driver, expected]) => {
    expect(verdictOf(input, driver)).toBe(expected);
  });

  it('says what it takes an unknown word for', () => {
    expect(explain({ string: `${URL}?sslmode=verify-full`, driver: 'prisma' })[0]?.reasons).toEqual([
      'Prisma takes `sslmode=verify-full` for prefer, and goes on in plaintext if the server offers no TLS',
      'Prisma knows disable, prefer and require, and takes any other sslmode for prefer',
    ]);
  });

  it.for([['4.16.2', '5'], ['6.19.0', '6'], ['7.0.1', '7']] as const)('%s is version %s', ([version, label]) => {
    expect(prisma.versionOf({ prisma: version })).toBe(label);
  });
});
