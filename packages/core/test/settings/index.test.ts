import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../src/settings/hosts.ts';
import { property } from '../property.ts';
import { parse, parseAs, parseString } from '../../src/settings/index.ts';

describe('what is a connection string', () => {
  it.for([
    '',
    'postgres',
    'postgres:',
    'postgres:16-alpine',
    'see postgres://h/app',
    'mysql://u:p@h/app',
    'mysql+pymysql://u:p@h/app',
    'redis://h:6379',
    'mongodb+srv://u:p@h/app?ssl=true',
    'sqlite:///app.db',
    'http://h?sslmode=disable',
    'jdbc:mysql://h/app?sslMode=DISABLED',
    'jdbc:sqlserver://h;databaseName=app;encrypt=true',
    'jdbc:tc:postgresql:16:///app',
    'jdbc:h2:mem:app;MODE=PostgreSQL',
    'a=b',
    'host=localhost',
    'user=admin',
    'port=5432 timeout=5',
    'service=api',
    'host=web1 service=api',
    'host=localhost port=6379',
    'sslmode=',
    'dbname=',
    '{{ scheme }}://u@h/app?ssl=true',
    'host=%s port=%d: cannot connect',
    'user=admin logged in from host=10.0.0.1',
    'The host=x of this user is down',
    'user=a role=b team=c host=d x=y',
    'key=value, other=value',
    'let user = x; let host = y;',
    'host=x => user=y and so=on for=you too=long list=of words=here',
    'SELECT * FROM t WHERE user = 1 AND host = 2',
    'Content-Type=text/html;charset=utf-8',
    'path=/usr/bin;host=x',
    '${URL}?ssl=true',
    '${URL}',
    'u:p@tcp(h:3306)/app',
    'const dbname = "x"',
  ])('%j is none', (text) => {
    expect(parseString(text)).toBeNull();
  });

  it.for<[string, string]>([
    ['', 'keyword-value'],
    ['a=b', 'keyword-value'],
    ['host=localhost', 'keyword-value'],
    ['Server=h;Database=d', 'ado'],
    ['host=a;b', 'keyword-value'],
  ])('parse takes %j for what its shape fits: %s', ([text, form]) => {
    expect(parse(text)).toMatchObject({ ok: true, form });
  });

  it.for(['postgres', 'hello world', 'mysql://u:p@h/app?a=b', 'http://h?a=b', 'host'])('parse refuses %j', (text) => {
    expect(parse(text)).toMatchObject({ ok: false, problem: { start: expect.any(Number) as number, end: expect.any(Number) as number } });
  });

  it('gives names, values and spans', () => {
    expect(parse('postgres://u:%40@h1,h2:5/${DB}?sslmode=require&x=')).toEqual({
      ok: true,
      form: 'url',
      parameters: [
        { name: 'user', value: 'u', start: 11, end: 12 },
        { name: 'password', value: '@', start: 13, end: 16 },
        { name: 'host', value: 'h1', start: 17, end: 19 },
        { name: 'host', value: 'h2', start: 20, end: 22 },
        { name: 'port', value: '5', start: 23, end: 24 },
        { name: 'dbname', value: null, start: 25, end: 30 },
        { name: 'sslmode', value: 'require', start: 39, end: 46 },
        { name: 'x', value: '', start: 49, end: 49 },
      ],
    });
  });

  it.for<unknown>([undefined, null, 5, {}, ['a']])('parse throws a TypeError on %j, which is no string', (input) => {
    expect(() => parse(input as string)).toThrow(TypeError);
  });
});

const pieces = fc.array(
  fc.constantFrom(
    'postgres://', 'jdbc:postgresql://', 'jdbc:postgresql:', 'Host=', 'host=', 'Server=', 'Username=u;', 'user=', 'sslmode=', 'SSL Mode=', 'h', 'u', ':', '@', '/', '//', '?', '&', '=', '==', ';', ',', ' ',
    '\n', "'", '"', '\\', '%', '%41', '%2C', '%00', '%s', '$X', '${', '}', '{{', '}}', '$(', ')', '<', '>', '{%', '%}', '#{', '[', ']', '::1', '5432', 'é', '😀', '\uD800', '\0', '\uE000',
  ),
  { maxLength: 16 },
);

describe('a keyword/value string', () => {
  it.for(['host=localhost port=5432', 'host=%s port=%d', 'host=h user=u', 'host=h password=', 'service=s user=u', 'dbname=d', 'sslmode=require', 'user=u dbname=${DB}'])('%s is one', (text) => {
    expect(parseString(text)?.form).toBe('keyword-value');
  });
});

describe('any text', () => {
  const texts = pieces.map((all) => all.join(''));

  it('is taken apart without a throw, with spans that lie in it', { timeout: 600_000 }, () => {
    property(texts, (text) => {
      parse(text);
      const parsed = parseString(text);
      if (parsed === null) return;
      hostsOf(parsed);
      for (const { span, whole, value } of parsed.settings) {
        expect(0 <= whole.start && whole.start <= whole.end && whole.end <= text.length).toBe(true);
        expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
        if (parsed.form === 'url' && value !== null && parsed.problem === null && !/[% ]/.test(text)) expect(text.slice(span.start, span.end)).toBe(value);
      }
      expect(parsed.settings.map(({ span }) => span.start)).toEqual(parsed.settings.map(({ span }) => span.start).sort((a, b) => a - b));
    });
  });

  it('loses one setting, and nothing else, where the whole of a parameter is deleted', { timeout: 600_000 }, () => {
    let deleted = 0;
    property(texts, (text) => {
      const parsed = parseString(text);
      if (parsed?.problem !== null || parsed.templates.length > 0) return;
      const rest = parsed.settings.map(({ name, value }) => `${name}=${String(value)}`);
      parsed.settings.forEach((setting, index) => {
        // What makes the text one of its form, and the parts of an authority, can't go without changing what is left.
        if (['host', 'hostaddr', 'port', 'user', 'dbname', 'password'].includes(setting.name)) return;
        const shorter = text.slice(0, setting.whole.start) + text.slice(setting.whole.end);
        const again = parsed.form === 'ado' || parsed.form === 'keyword-value' ? parseAs(parsed.form, shorter) : parseString(shorter)!;
        expect(again.problem).toBeNull();
        expect(again.settings.map(({ name, value }) => `${name}=${String(value)}`)).toEqual(rest.toSpliced(index, 1));
        deleted += 1;
      });
    });
    expect(deleted).toBeGreaterThan(10);
  });

  it.for([
    ['postgres://', '@'], ['postgres://', ','], ['postgres://', '['], ['postgres://h?', '&'], ['postgres://h?host=', ','], ['postgres://h?a=', '%'], ['postgres://h/', ' '], ['postgres://', '${'], ['postgres://', '{{'],
    ['postgres://', '$('], ['postgres://', '{'], ['postgres://', '<'], ['postgres://', '{%'], ['postgres://', '%(a'], ['postgres://', '%env('], ['postgres://', '${a}'], ['host=a dbname=', ' '], ["host=a dbname='", '\\'], ['host=a user=b ', "a='b' "], ['host=a user=b ', 'a '],
    ['host=a user=b host=', '\\,'], ['Host=h;Username=', ' '], ['Host=h;Username=u;', 'a==;'], ['Host=h;Username=u;', "a='b';"], ['Host=h,', '[::1],'], ['jdbc:postgresql://', ','], ['jdbc:postgresql://h/a?', 'a=b&'], ['jdbc:', 'a:'], ['a', ' '], ['', 'a '], ['', ' '], ['', ';'], ['${X}?sslmode=', '${X}?'],
  ])('is read in linear time: %s and many %j', { timeout: 60_000 }, ([start = '', unit = '']) => {
    const time = (length: number): number => {
      const text = start + unit.repeat(length / unit.length);
      const from = performance.now();
      const parsed = parseString(text);
      if (parsed === null) parse(text);
      else hostsOf(parsed);
      return performance.now() - from;
    };
    time(1_000);
    // What is quadratic takes much longer at this length, what is linear some milliseconds on a machine of its own.
    expect(time(100_000)).toBeLessThan(10_000);
  });
});
