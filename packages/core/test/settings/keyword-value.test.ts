import { describe, expect, it } from 'vitest';
import { parse, parseString } from '../../src/settings/index.ts';
import { settingsOf, without } from './notation.ts';

describe('a keyword/value string', () => {
  it.for<[string, readonly string[]]>([
    ['host=localhost port=5432 user=x dbname=y sslmode=disable', ['host=localhost', 'port=5432', 'user=x', 'dbname=y', 'sslmode=disable']],
    [' host = h\n\tdbname\f=\vd ', ['host=h', 'dbname=d']],
    ["host='h' password='it\\'s \\\\ a b' dbname=d", ['host=h', "password=it's \\ a b <it\\'s \\\\ a b>", 'dbname=d']],
    ["host='h'dbname='d'", ['host=h', 'dbname=d']],
    ['host=h password=a\\ b\\=c dbname=d', ['host=h', 'password=a b=c <a\\ b\\=c>', 'dbname=d']],
    ["host=h password='' dbname=", ['host=h', 'password=', 'dbname=']],
    ['host=h password=a=b dbname=d', ['host=h', 'password=a=b', 'dbname=d']],
    ["host=h password=a'b' dbname=d", ['host=h', "password=a'b'", 'dbname=d']],
    ['host=h dbname=d\\', ['host=h', 'dbname=d <d\\>']],
    ['host=a,b,/tmp port=1,,3 dbname=d', ['host=a', 'host=b', 'host=/tmp', 'port=1', 'port=', 'port=3', 'dbname=d']],
    ["host='a,b' dbname=d", ['host=a', 'host=b', 'dbname=d']],
    ['host=a\\,b dbname=d', ['host=a', 'host=b', 'dbname=d']],
    ['host=h dbname=d sslmode=require sslmode=disable', ['host=h', 'dbname=d', 'sslmode=require', 'sslmode=disable']],
    ['host=h dbname=d TimeZone=Asia/Shanghai', ['host=h', 'dbname=d', 'TimeZone=Asia/Shanghai']],
    ['dbname=postgres://u@h/d', ['dbname=postgres://u@h/d']],
    ['service=prod user=u', ['service=prod', 'user=u']],
    ['sslmode=verify-full', ['sslmode=verify-full']],
  ])('%j', ([text, expected]) => {
    const parsed = parseString(text);
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ form: 'keyword-value', scheme: null, problem: null, open: false });
  });

  it.for<[string, readonly string[], string]>([
    ['host=h password=my secret dbname=d', ['host=h', 'password=my', 'dbname=d'], 'secret'],
    ["host=h dbname=d password='open port=5", ['host=h', 'dbname=d', 'password=open port=5'], "'open port=5"],
    ['host=h user=u dbname=d sslmode', ['host=h', 'user=u', 'dbname=d'], 'sslmode'],
  ])('%j is refused, and read all the same', ([text, expected, where]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(text.slice(parsed.problem!.span.start, parsed.problem!.span.end)).toBe(where);
    expect(parse(text).ok).toBe(false);
  });

  it.for<[string, string, string]>([
    ['sslmode=disable host=h user=u', 'sslmode', 'host=h user=u'],
    ['host=h sslmode=disable user=u', 'sslmode', 'host=h user=u'],
    ['host=h user=u sslmode=disable', 'sslmode', 'host=h user=u'],
    ["host=h user=u  sslmode = 'disable' ", 'sslmode', 'host=h user=u'],
    ['host=a,b user=u', 'host', 'host=b user=u'],
    ['sslmode=disable', 'sslmode', ''],
  ])('%j without %s is %j', ([text, name, expected]) => {
    expect(without(parseString(text)!, name)).toBe(expected);
  });

  it.for<[string, readonly string[], boolean]>([
    ["host=%s port=%d user=%s password='%s' dbname=%v sslmode=disable", ['host=? <%s>', 'port=? <%d>', 'user=? <%s>', 'password=? <%s>', 'dbname=? <%v>', 'sslmode=disable'], false],
    ['host=$DB_HOST user=${DB_USER} dbname=app', ['host=? <$DB_HOST>', 'user=? <${DB_USER}>', 'dbname=app'], false],
    ['host={{ .Values.db.host }} user=u dbname=d sslmode={{ .Values.mode | default "require" }}', ['host=? <{{ .Values.db.host }}>', 'user=u', 'dbname=d', 'sslmode=? <{{ .Values.mode | default "require" }}>'], false],
    ["host=h user=u password='<your password>' dbname=d", ['host=h', 'user=u', 'password=? <<your password>>', 'dbname=d'], false],
    ['host=h user=u ${EXTRA}', ['host=h', 'user=u'], true],
    ['host=h user=u dbname=d sslmode=require${EXTRA}', ['host=h', 'user=u', 'dbname=d', 'sslmode=? <require${EXTRA}>'], true],
  ])('%j has templates', ([text, expected, open]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ problem: null, open });
    expect(parsed.templates.length).toBeGreaterThan(0);
  });
});
