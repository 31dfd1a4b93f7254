import { describe, expect, it } from 'vitest';
import { parse, parseString } from '../../src/settings/index.ts';
import { settingsOf, without } from './notation.ts';

describe('a JDBC URL', () => {
  it.for<[string, readonly string[]]>([
    ['jdbc:postgresql:', []],
    ['jdbc:postgresql://', []],
    ['jdbc:postgresql:///', []],
    ['jdbc:postgresql:app', ['dbname=app']],
    ['jdbc:postgresql:app?ssl=true', ['dbname=app', 'ssl=true']],
    ['jdbc:postgresql://h/', ['host=h']],
    ['jdbc:postgresql://h/app', ['host=h', 'dbname=app']],
    ['jdbc:postgresql://h1:1,h2:2,[::1]:3/app', ['host=h1', 'port=1', 'host=h2', 'port=2', 'host=::1', 'port=3', 'dbname=app']],
    ['jdbc:postgresql://h/a%20b?user=fred&password=s%26+t&ssl', ['host=h', 'dbname=a b <a%20b>', 'user=fred', 'password=s& t <s%26+t>', 'ssl=']],
    ['jdbc:postgresql://h/app?sslmode=require&&currentSchema=a=b', ['host=h', 'dbname=app', 'sslmode=require', 'currentSchema=a=b']],
    ['jdbc:postgresql:?PGHOST=a,b&PGPORT=1,2&PGDBNAME=app', ['host=a', 'host=b', 'port=1', 'port=2', 'dbname=app']],
    ['jdbc:postgresql:?Host=a&PORT=1', ['host=a', 'port=1']],
    ['jdbc:postgresql://h/app?channelBinding=require', ['host=h', 'dbname=app', 'channelBinding=require']],
  ])('%s', ([text, expected]) => {
    const parsed = parseString(text);
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ form: 'jdbc', scheme: 'jdbc:postgresql', problem: null, open: false });
  });

  it.for<[string, readonly string[], string]>([
    ['jdbc:postgresql://h', ['host=h'], 'h'],
    ['jdbc:postgresql://h:5432?ssl=true', ['host=h', 'port=5432', 'ssl=true'], 'h:5432'],
    ['jdbc:postgresql:/app', [], '/app'],
    ['jdbc:postgresql://h/app/x', ['host=h', 'dbname=app/x'], '/app/x'],
    ['jdbc:postgresql://h/app?password=%zz', ['host=h', 'dbname=app', 'password=%zz'], '%zz'],
    ['jdbc:postgresql://u:p@h/app', ['user=u', 'password=p', 'host=h', 'dbname=app'], 'u:p@'],
  ])('%s is refused, and read all the same', ([text, expected, where]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(text.slice(parsed.problem!.span.start, parsed.problem!.span.end)).toBe(where);
    expect(parse(text).ok).toBe(false);
  });

  it.for<[string, readonly string[], boolean]>([
    ['jdbc:postgresql://${DB_HOST}:${DB_PORT:5432}/${DB_NAME}?sslmode=${MODE}', ['host=? <${DB_HOST}>', 'port=? <${DB_PORT:5432}>', 'dbname=? <${DB_NAME}>', 'sslmode=? <${MODE}>'], false],
    ['jdbc:postgresql://h/app${PARAMETERS}', ['host=h', 'dbname=? <app${PARAMETERS}>'], true],
    ['jdbc:postgresql://${DB}', ['host=? <${DB}>'], true],
    ['jdbc:postgresql://h/app?${PARAMETERS}', ['host=h', 'dbname=app'], true],
  ])('%s has templates', ([text, expected, open]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ problem: null, open });
  });

  it.for<[string, string, string]>([
    ['jdbc:postgresql://h/app?ssl=true', 'ssl', 'jdbc:postgresql://h/app'],
    ['jdbc:postgresql://h/app?ssl=true&a=b', 'ssl', 'jdbc:postgresql://h/app?a=b'],
    ['jdbc:postgresql://h/app?a=b&ssl=true', 'ssl', 'jdbc:postgresql://h/app?a=b'],
    ['jdbc:postgresql://a:1,b/app', 'host', 'jdbc:postgresql://b/app'],
  ])('%s without %s is %s', ([text, name, expected]) => {
    expect(without(parseString(text)!, name)).toBe(expected);
  });

  it.for(['jdbc:aws-wrapper:postgresql://h/app', 'jdbc:p6spy:postgresql://h/app', 'JDBC:POSTGRESQL://h/app', 'jdbc:redshift://h/app'])('%s is one', (text) => {
    expect(parseString(text)).toMatchObject({ form: 'jdbc', scheme: /^[^/]*(?=:\/\/)/.exec(text)![0].toLowerCase() });
  });
});
