import { expect, it } from 'vitest';
import { checkFile } from '../../src/check.ts';
import type { DriverId } from '../../src/drivers/driver.ts';
import { readDotenv } from '../../src/files/dotenv/reader.ts';
import type { Finding } from '../../src/finding.ts';
import { presetPolicy } from '../../src/policy/resolve.ts';

const JDBC = 'jdbc:postgresql://db.acme.com/app';
const JAVA = 'sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory';
const ADO = 'Host=db.acme.com;Database=app;Username=u;Password=s3cret';
const SQLALCHEMY = 'postgresql+asyncpg://u:s3cret@db.acme.com/app';
const URL = 'postgres://u:s3cret@db.acme.com/app';

function first(text: string, driver: string | null): { finding: Finding; edited: string | null } {
  const source = `D="${text}"`;
  const [id, version = null] = driver?.split('@') ?? [];
  const evidence = id === undefined ? [] : [{ kind: 'lockfile' as const, file: 'lock', line: null, candidates: [{ id: id as DriverId, version, packages: {} }] }];
  const { findings } = checkFile(source, readDotenv('.env', source), { path: '.env', policy: presetPolicy('sslmode:recommended'), evidence, localNames: [], today: '2026-11-24' });
  const [finding] = findings;
  if (finding === undefined) throw new Error('nothing was found');
  const [edit] = finding.suggestions[0]?.edits ?? [];
  const edited = edit === undefined ? null : (source.slice(0, edit.span.start) + edit.text + source.slice(edit.span.end)).slice(3, -1);
  return { finding, edited };
}

/** In the words and with the separators that the driver of the string takes. */
it.for<[text: string, driver: string | null, rule: string, remedy: string, edited: string | null]>([
  [JDBC, null, 'require-sslmode', `Add \`sslmode=verify-full&${JAVA}\`.`, `${JDBC}?sslmode=verify-full&${JAVA}`],
  [`${JDBC}?sslmode=require&currentSchema=x`, null, 'prefer-verified', `Set \`sslmode=verify-full&${JAVA}\`.`, `${JDBC}?sslmode=verify-full&${JAVA}&currentSchema=x`],
  // Whom to trust is said already.
  [`${JDBC}?sslmode=require&sslrootcert=/x.pem`, null, 'prefer-verified', 'Set `sslmode=verify-full`.', `${JDBC}?sslmode=verify-full&sslrootcert=/x.pem`],
  [`${JDBC}?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory`, null, 'prefer-verified', `Set \`sslmode=verify-full&${JAVA}\`.`, `${JDBC}?ssl=true&${JAVA}`],
  [`${JDBC}?sslmode=verify`, null, 'no-unknown-sslmode', 'Did you mean `verify-full`?', `${JDBC}?sslmode=verify-full`],
  [ADO, null, 'require-sslmode', 'Add `SSL Mode=VerifyFull`.', `${ADO};SSL Mode=VerifyFull`],
  [`${ADO};`, null, 'require-sslmode', 'Add `SSL Mode=VerifyFull`.', `${ADO};SSL Mode=VerifyFull`],
  [`${ADO};sslmode=Prefer`, null, 'no-plaintext-fallback', 'Set `SSL Mode=VerifyFull`.', `${ADO};sslmode=VerifyFull`],
  [`${ADO};SslMode=verify-full`, null, 'no-unknown-sslmode', 'Did you mean `VerifyFull`?', `${ADO};SslMode=VerifyFull`],
  [`${ADO};SSL Mode=Require`, 'npgsql@6.0.1', 'no-unknown-sslmode', 'Use `VerifyFull`.', `${ADO};SSL Mode=VerifyFull`],
  [`${ADO};SSL Mode=Require;Trust Server Certificate=true`, 'npgsql@5.0.18', 'prefer-verified', 'Add `SSL Mode=Require` instead of `Trust Server Certificate=true`.', null],
  ['r2dbc:postgresql://db.acme.com/app', null, 'require-sslmode', 'Add `sslMode=verify-full`.', 'r2dbc:postgresql://db.acme.com/app?sslMode=verify-full'],
  ['pgsql:host=db.acme.com;dbname=app', null, 'require-sslmode', 'Add `sslmode=verify-full;sslrootcert=system` (libpq 16 or later).', 'pgsql:host=db.acme.com;dbname=app;sslmode=verify-full'],
  ['dbi:Pg:host=db.acme.com;sslmode=require;', null, 'prefer-verified', 'Set `sslmode=verify-full;sslrootcert=system` (libpq 16 or later).', 'dbi:Pg:host=db.acme.com;sslmode=verify-full;'],
  [SQLALCHEMY, null, 'require-sslmode', 'Add `ssl=verify-full` (with PGSSLROOTCERT=/etc/ssl/certs/ca-certificates.crt in the environment).', `${SQLALCHEMY}?ssl=verify-full`],
  [`${SQLALCHEMY}?ssl=require`, null, 'prefer-verified', 'Set `ssl=verify-full` (with PGSSLROOTCERT=/etc/ssl/certs/ca-certificates.crt in the environment).', `${SQLALCHEMY}?ssl=verify-full`],
  [`${SQLALCHEMY}?sslmode=require`, null, 'no-unknown-sslmode', 'Say it with `ssl`.', null],
  [`${URL}?ssl=true`, 'pgx@5.9.2', 'no-unknown-sslmode', 'Say it with `sslmode`.', null],
  [`${URL}?sslrootcert=system&sslmode=require`, 'libpq@18', 'no-unknown-sslmode', 'Use `verify-full`.', `${URL}?sslrootcert=system&sslmode=verify-full`],
  [`${URL}?sslmode=require`, 'prisma@6.1.0', 'prefer-verified', 'Set `sslmode=require&sslaccept=strict`.', `${URL}?sslmode=require&sslaccept=strict`],
  [`${URL}?sslmode=verify-full`, 'prisma@6.1.0', 'no-plaintext-fallback', 'Set `sslmode=require&sslaccept=strict`.', `${URL}?sslmode=require&sslaccept=strict`],
  [`${URL}?sslmode=require`, 'lib-pq@1.12.3', 'prefer-verified', 'Set `sslmode=verify-full`.', `${URL}?sslmode=verify-full`],
])('%s', ([text, driver, rule, remedy, edited]) => {
  const found = first(text, driver);
  expect(found.finding.rule).toBe(rule);
  expect(found.finding.message).toMatch(new RegExp(`${escaped(remedy)}$`));
  expect(found.edited).toBe(edited);
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

it.for(['jdbc:redshift://db.acme.com/app', 'vertx-reactive:postgresql://db.acme.com/app', 'postgresql+psycopg2cffi://u:s3cret@db.acme.com/app'])('says nothing of %s, whose driver is not modelled', (text) => {
  expect(() => first(text, null)).toThrow('nothing was found');
});

it('knows pgjdbc and Npgsql by the form, asyncpg by the scheme', () => {
  expect(first(JDBC, null).finding).toMatchObject({ driver: 'pgjdbc@42.7.12', confidence: 'high' });
  expect(first(ADO, 'npgsql@8.0.3').finding).toMatchObject({ driver: 'npgsql@8', confidence: 'high' });
  expect(first(SQLALCHEMY, 'libpq@18').finding).toMatchObject({ driver: 'asyncpg@0.31', confidence: 'high' });
});

it('puts what a parser says into its sentence, with one full stop', () => {
  const { finding } = first('postgres://u:s3cret@[::1/app', 'libpq@18');
  expect(finding.rule).toBe('no-unparsable-connection');
  expect(finding.message).toMatch(/^libpq 18 refuses to connect: libpq cannot read this string: [^.]+[^.]\. Write /);
});
