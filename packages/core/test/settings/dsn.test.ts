import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain.ts';
import { readDotenv } from '../../src/files/dotenv/reader.ts';
import { readShell } from '../../src/files/shell/reader.ts';
import { readSource } from '../../src/files/source/reader.ts';
import { redactString } from '../../src/redact.ts';
import { parse, parseString } from '../../src/settings/index.ts';
import { settingsOf, without } from './notation.ts';

describe('the name of a data source', () => {
  it.for<[string, string, readonly string[]]>([
    ['pgsql:host=h;port=5432;dbname=app;sslmode=require', 'pdo:pgsql', ['host=h', 'port=5432', 'dbname=app', 'sslmode=require']],
    ['pgsql: host=h ; dbname=d;;sslmode=require;', 'pdo:pgsql', ['host=h', 'dbname=d', 'sslmode=require']],
    ['pgsql:host=h dbname=d', 'pdo:pgsql', ['host=h', 'dbname=d']],
    ['pgsql:host=a,b;dbname=d', 'pdo:pgsql', ['host=a', 'host=b', 'dbname=d']],
    // PDO does not look at quotes.
    ["pgsql:host=h;password='a;b'", 'pdo:pgsql', ['host=h', 'password=a b <a;b>']],
    ['pgsql:host=${DB_HOST};dbname=d', 'pdo:pgsql', ['host=? <${DB_HOST}>', 'dbname=d']],
    ['dbi:Pg:dbname=app;host=h;sslmode=require', 'dbi:pg', ['dbname=app', 'host=h', 'sslmode=require']],
    ['DBI:Pg(RaiseError=>1):dbname=app;host=h', 'dbi:pg', ['dbname=app', 'host=h']],
    ["dbi:Pg:host=h;password='a;b';dbname=d", 'dbi:pg', ['host=h', 'password=a;b', 'dbname=d']],
    ['dbi:Pg:database=app;host=h', 'dbi:pg', ['dbname=app', 'host=h']],
    ['dbi:Pg:host=h;db=app', 'dbi:pg', ['host=h', 'dbname=app']],
  ])('%s', ([text, scheme, expected]) => {
    const parsed = parseString(text);
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ form: 'keyword-value', scheme, text, problem: null });
  });

  it.for(['pgsql:', 'pgsql: the driver', 'dbi:Pg:', 'pgsql:a=1;b=2', 'dbi:mysql:host=h;database=d', 'dbi:pg:host=h;dbname=d', 'PGSQL:host=h;dbname=d', 'mysql:host=h;dbname=d'])('%s is none', (text) => {
    expect(parseString(text)).toBeNull();
  });

  it('is taken by parse, with what no driver knows', () => {
    const text = 'pgsql:host=h;foo=1;bar=2;baz=3';
    expect(parse(text)).toEqual({
      ok: true,
      form: 'keyword-value',
      parameters: [
        { name: 'host', value: 'h', start: 11, end: 12 },
        { name: 'foo', value: '1', start: 17, end: 18 },
        { name: 'bar', value: '2', start: 23, end: 24 },
        { name: 'baz', value: '3', start: 29, end: 30 },
      ],
    });
    expect(parse('pgsql:host=h;oops;dbname=d')).toMatchObject({ ok: false, problem: { start: 13, end: 17 } });
    expect(parse(' pgsql:host=h;dbname=d')).toMatchObject({ ok: false, problem: { start: 0, end: 1 } });
  });

  it('loses a setting with its semicolon', () => {
    const parsed = parseString('pgsql:host=h;sslmode=require;dbname=d')!;
    expect(without(parsed, 'sslmode')).toBe('pgsql:host=h;dbname=d');
    expect(without(parsed, 'dbname')).toBe('pgsql:host=h;sslmode=require');
  });

  it('shows no password', () => {
    expect(redactString('pgsql:host=h;user=u;password=s3cret;dbname=d')).not.toContain('s3cret');
    expect(redactString("dbi:Pg:host=h;password='s3;cret';dbname=d")).not.toMatch(/s3|cret/);
  });

  it.for([
    ['pgsql:host=h;dbname=d;sslmode=require', undefined, 'php-pdo require'],
    ['dbi:Pg:host=h;dbname=d', undefined, 'perl-dbd-pg prefer'],
    ['dbi:Pg:host=h;dbname=d;sslmode=verify-full', undefined, 'perl-dbd-pg verify-full'],
    ['pgsql:host=h;dbname=d;sslmode=bogus', undefined, 'php-pdo error'],
    ['pgsql:host=h;dbname=d', 'perl-dbd-pg', 'perl-dbd-pg error'],
    ['pgsql:host=h;dbname=d', 'libpq', 'libpq error'],
    ['pgsql:host=h;dbname=d', 'pgx', 'pgx error'],
  ] as const)('%s, asked of %s, is %s', ([string, driver, expected]) => {
    const verdicts = explain({ string, ...(driver !== undefined && { driver }) });
    expect(verdicts.map((verdict) => `${verdict.driver} ${verdict.effective}`)).toEqual([expected]);
  });
});

describe('is found', () => {
  const DSN = 'pgsql:host=db.acme.com;dbname=app;sslmode=require';
  it.for([
    ['in .env', `A=1\nDB_DSN="${DSN}"\n`, readDotenv, '.env'],
    ['in .env without quotes', `DB_DSN=${DSN}\n`, readDotenv, '.env'],
    ['in PHP', `<?php\n$x = new PDO('${DSN}', $u, $p);`, readSource, 'a.php'],
    ['in a command', `php -r "new PDO('${DSN}', 'u', 'p');"`, readShell, 'a.sh'],
  ] as const)('%s', ([, text, read, path]) => {
    const { sites } = read(path, text);
    expect(sites.map(({ form, span }) => [form, text.slice(span.start, span.end)])).toEqual([['keyword-value', DSN]]);
  });

  it('in Perl', () => {
    const text = 'my $dbh = DBI->connect("dbi:Pg:dbname=app;host=db.acme.com;sslmode=require", $u, $p);';
    expect(readSource('a.pl', text).sites.map(({ span }) => text.slice(span.start, span.end))).toEqual(['dbi:Pg:dbname=app;host=db.acme.com;sslmode=require']);
  });
});
