import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../src/settings/hosts.ts';
import { parse, parseString } from '../../src/settings/index.ts';
import { settingsOf, without } from './notation.ts';

describe('a URI', () => {
  it.for<[string, readonly string[]]>([
    ['postgres://', []],
    ['postgresql:///', []],
    ['postgres:///app', ['dbname=app']],
    ['postgres://db.example.com', ['host=db.example.com']],
    ['postgres://u@h', ['user=u', 'host=h']],
    ['postgres://u:@h/', ['user=u', 'host=h']],
    ['postgres://:p@h', ['password=p', 'host=h']],
    ['postgres://@h', ['host=h']],
    ['postgres://u:p@h:5432/app', ['user=u', 'password=p', 'host=h', 'port=5432', 'dbname=app']],
    ['postgres://h:/app', ['host=h', 'dbname=app']],
    ['postgres://u:a:b@h', ['user=u', 'password=a:b', 'host=h']],
    ['postgres://u:p?x#y@h', ['user=u', 'password=p?x#y', 'host=h']],
    ['postgres://u:p%40%2F%3a@h', ['user=u', 'password=p@/: <p%40%2F%3a>', 'host=h']],
    ['postgres://us%20er:%C3%A9%F0%9F%98%80@h', ['user=us er <us%20er>', 'password=é😀 <%C3%A9%F0%9F%98%80>', 'host=h']],
    ['postgres://u:%FFa@h', ['user=u', 'password=\uFFFDa <%FFa>', 'host=h']],
    ['postgres://h1:1,h2,h3:3/app', ['host=h1', 'port=1', 'host=h2', 'host=h3', 'port=3', 'dbname=app']],
    ['postgres://,h2/app', ['host=', 'host=h2', 'dbname=app']],
    ['postgres://[::1]:5433/app', ['host=::1', 'port=5433', 'dbname=app']],
    ['postgres://[fe80::1%25eth0],[::1]', ['host=fe80::1%eth0 <fe80::1%25eth0>', 'host=::1']],
    ['postgres://%2Ftmp%2Fpg/app', ['host=/tmp/pg <%2Ftmp%2Fpg>', 'dbname=app']],
    ['postgres:///app?host=/tmp', ['dbname=app', 'host=/tmp']],
    ['postgres:///?host=a,b%2Cc&port=1,2,3', ['host=a', 'host=b', 'host=c', 'port=1', 'port=2', 'port=3']],
    ['postgres://h?sslmode=require', ['host=h', 'sslmode=require']],
    ['postgres://h/?ssl=true&ssl=false&SSLMode=x', ['host=h', 'ssl=true', 'ssl=false', 'SSLMode=x']],
    ['postgres://h/app?sslmode=require&', ['host=h', 'dbname=app', 'sslmode=require']],
    ['postgres://h/app?ssl%6Dode=verify%2Dfull', ['host=h', 'dbname=app', 'sslmode=verify-full <verify%2Dfull>']],
    // A name that no driver knows, but a name.
    ['postgres://h?=b', ['host=h', '=b']],
    ['postgres://h/app?options=', ['host=h', 'dbname=app', 'options=']],
    ['postgres://h/a/b#c', ['host=h', 'dbname=a/b#c']],
    ['postgres:// u : p @h/ app ', ['user=u < u >', 'password=p < p >', 'host=h', 'dbname=app < app >']],
    // What libpq makes of an `@` that should have been encoded.
    ['postgres://u:p@ss@h/app', ['user=u', 'password=p', 'host=ss@h', 'dbname=app']],
  ])('%s', ([text, expected]) => {
    const parsed = parseString(text);
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ form: 'url', problem: null, open: false, templates: [] });
  });

  it.for<[string, string]>([
    ['postgres://h', 'postgres'],
    ['PostgreSQL://h', 'postgresql'],
    ['postgresql+asyncpg://h', 'postgresql+asyncpg'],
    ['postgres+unix://h', 'postgres+unix'],
    ['pgsql://h', 'pgsql'],
    ['postgis://h', 'postgis'],
    ['cockroachdb://h', 'cockroachdb'],
    ['redshift+psycopg2://h', 'redshift+psycopg2'],
    ['timescaledb://h', 'timescaledb'],
    ['ecto://h', 'ecto'],
    ['r2dbc:postgresql://h', 'r2dbc:postgresql'],
    ['r2dbc:pool:postgresql://h', 'r2dbc:pool:postgresql'],
    ['vertx-reactive:postgresql://h', 'vertx-reactive:postgresql'],
  ])('%s has the scheme %s', ([text, scheme]) => {
    expect(parseString(text)?.scheme).toBe(scheme);
  });

  it.for<[string, readonly string[], string]>([
    ['postgres://[::1/app', ['host=::1', 'dbname=app'], '[::1/app'],
    ['postgres://[]/app', ['dbname=app'], '[]'],
    ['postgres://[::1]x:5/app?a=b', ['host=::1', 'port=5', 'dbname=app', 'a=b'], 'x'],
    ['postgres://u:a%zz@h/app', ['user=u', 'password=a%zz', 'host=h', 'dbname=app'], '%zz'],
    ['postgres://u:a%@h', ['user=u', 'password=a%', 'host=h'], '%'],
    ['postgres://u:a%00@h', ['user=u', 'password=a\0 <a%00>', 'host=h'], '%00'],
    ['postgres://u:a b@h', ['user=u', 'password=a b', 'host=h'], ' b'],
    ['postgres://h1 ,h2/app', ['host=h1 <h1 >', 'host=h2', 'dbname=app'], 'h1 ,h2'],
    ['postgres:///?host=h1 ,h2', ['host=h1 <h1 >', 'host=h2'], ' ,h2'],
    ['postgres://h?sslmode', ['host=h'], 'sslmode'],
    ['postgres://h?&sslmode=require', ['host=h', 'sslmode=require'], ''],
    ['postgres://h?sslmode=require&&a=b', ['host=h', 'sslmode=require', 'a=b'], ''],
    ['postgres://h?sslmode=a=b', ['host=h', 'sslmode=a=b'], 'sslmode=a=b'],
    [' postgres://h', ['host=h'], ' '],
  ])('%s is refused, and read all the same', ([text, expected, where]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed.problem?.message).toMatch(/^[A-Z].*\.$/);
    expect(text.slice(parsed.problem!.span.start, parsed.problem!.span.end)).toBe(where);
    expect(parse(text)).toEqual({ ok: false, problem: { message: parsed.problem!.message, ...parsed.problem!.span } });
  });

  it.for<[string, string, number, string]>([
    ['postgres://h/app?sslmode=require', 'sslmode', 0, 'postgres://h/app'],
    ['postgres://h/app?sslmode=require&', 'sslmode', 0, 'postgres://h/app'],
    ['postgres://h/app?sslmode=require&a=b', 'sslmode', 0, 'postgres://h/app?a=b'],
    ['postgres://h/app?a=b&sslmode=require', 'sslmode', 0, 'postgres://h/app?a=b'],
    ['postgres://h/app?a=b&sslmode=require&c=d', 'sslmode', 0, 'postgres://h/app?a=b&c=d'],
    ['postgres://u:p@h/app', 'password', 0, 'postgres://u@h/app'],
    ['postgres://u@h/app', 'user', 0, 'postgres://h/app'],
    ['postgres://h:5432/app', 'port', 0, 'postgres://h/app'],
    ['postgres://h/app?a=b', 'dbname', 0, 'postgres://h?a=b'],
    ['postgres://a:1,b:2,c:3/app', 'host', 0, 'postgres://b:2,c:3/app'],
    ['postgres://a:1,b:2,c:3/app', 'host', 1, 'postgres://a:1,c:3/app'],
    ['postgres://a:1,b:2,c:3/app', 'host', 2, 'postgres://a:1,b:2/app'],
    ['postgres:///?host=a,b,c', 'host', 0, 'postgres:///?host=b,c'],
    ['postgres:///?host=a,b,c', 'host', 2, 'postgres:///?host=a,b'],
  ])('%s without %s (%i) is %s', ([text, name, occurrence, expected]) => {
    const shorter = without(parseString(text)!, name, occurrence);
    expect(shorter).toBe(expected);
    expect(parseString(shorter)?.problem).toBeNull();
  });

  it.for<[string, readonly (readonly [string | null, string | null | undefined])[]]>([
    ['postgres:///app', []],
    ['postgres://h/app', [['h', undefined]]],
    ['postgres://a:1,b,c:3/app', [['a', '1'], ['b', undefined], ['c', '3']]],
    ['postgres://a:1,b/app?port=7', [['a', '7'], ['b', '7']]],
    ['postgres://a/app?host=/tmp,c&port=1,2', [['/tmp', '1'], ['c', '2']]],
    ['postgres://a,${B}:${P}/app', [['a', undefined], [null, null]]],
    ['postgres:///?hostaddr=10.0.0.1,10.0.0.2', [['', undefined], ['', undefined]]],
  ])('%s names the servers %j', ([text, expected]) => {
    expect(hostsOf(parseString(text)!).map(({ host, port }) => [host, port])).toEqual(expected);
  });

  it('keeps name and address of a server apart', () => {
    expect(hostsOf(parseString('postgres://db.example.com/?hostaddr=10.0.0.1')!)).toMatchObject([{ host: 'db.example.com', hostaddr: '10.0.0.1' }]);
  });
});
