import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../src/settings/hosts.ts';
import { parse, parseAs, parseString } from '../../src/settings/index.ts';
import { settingsOf, without } from './notation.ts';

describe('an ADO.NET connection string', () => {
  it.for<[string, readonly string[]]>([
    ['Host=h;Port=5432;Username=u;Password=p;Database=d;SSL Mode=Require', ['host=h', 'port=5432', 'user=u', 'password=p', 'dbname=d', 'sslmode=Require']],
    ['host=h;USER ID=u;pwd=p;DB=d;SslMode=VerifyFull;', ['host=h', 'user=u', 'password=p', 'dbname=d', 'sslmode=VerifyFull']],
    [' Host = h ; UserId = u ;; PSW = a b ', ['host=h', 'user=u', 'password=a b']],
    [`Host=h;Username=u;Password="a;b""c'";Database='d;''"'`, ['host=h', 'user=u', `password=a;b"c' <a;b""c'>`, `dbname=d;'" <d;''">`]],
    ['Host=h;Username=u;Root Certificate=/r;SSL Certificate=/c;SSL Key=/k;SSL Password=x', ['host=h', 'user=u', 'sslrootcert=/r', 'sslcert=/c', 'sslkey=/k', 'sslpassword=x']],
    ['Host=h;Username=u;Trust Server Certificate=true;Channel Binding=Require;SSL Negotiation=Direct', ['host=h', 'user=u', 'Trust Server Certificate=true', 'channel_binding=Require', 'sslnegotiation=Direct']],
    ['Host=h1:1,h2,[::1]:3;Username=u', ['host=h1', 'port=1', 'host=h2', 'host=::1', 'port=3', 'user=u']],
    ['Host=/var/run/postgresql;Username=u', ['host=/var/run/postgresql', 'user=u']],
    ['Host=h;Username=u;Password=', ['host=h', 'user=u', 'password=']],
    ['Host=h;Username=u;a==b=c', ['host=h', 'user=u', 'a=b=c']],
    ['Server=h;Port=5432;User Id=u;Password=p;Database=d', ['host=h', 'port=5432', 'user=u', 'password=p', 'dbname=d']],
    ['Server=h;User Id=u;Ssl Mode=Prefer', ['host=h', 'user=u', 'sslmode=Prefer']],
    ['Server=h;User Id=u;Search Path=app', ['host=h', 'user=u', 'Search Path=app']],
  ])('%s', ([text, expected]) => {
    const parsed = parseString(text);
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ form: 'ado', scheme: null, problem: null, open: false });
  });

  it.for([
    'Server=h;Database=d;User Id=u;Password=p',
    'Server=h;Database=d;Trusted_Connection=True;Encrypt=False',
    'Data Source=h;Initial Catalog=d;User ID=u;Password=p',
    'Server=h;Port=3306;Uid=u;Pwd=p;SslMode=Required',
    'Host=h;Port=3306;Username=u;Password=p;Database=d',
    'Server=h;Port=5432;Uid=u;Charset=utf8',
    'Data Source=app.db;Mode=ReadOnly',
    'AccountEndpoint=https://h/;AccountKey=k',
    'Endpoint=sb://h/;SharedAccessKeyName=n;SharedAccessKey=k',
    'Driver={PostgreSQL Unicode};Server=h;Port=5432;Uid=u',
    'Host=h;',
  ])('%s is not known to be of Npgsql', (text) => {
    expect(parseString(text)).toBeNull();
  });

  it('can be asked for where the form is known', () => {
    const text = 'Server=h;Database=d;User Id=u';
    expect(settingsOf(parseAs('ado', text))).toEqual(['host=h', 'dbname=d', 'user=u']);
    expect(parse(text)).toMatchObject({ ok: true, form: 'ado' });
  });

  it.for<[string, readonly string[], string]>([
    ['Host=h;Username=u;Password=a;b;Database=d', ['host=h', 'user=u', 'password=a', 'dbname=d'], 'b'],
    ['Host=h;Username=u;Password="a;b', ['host=h', 'user=u', 'password=a;b'], '"a;b'],
    ['Host=h;Username=u;Password="a"b;Database=d', ['host=h', 'user=u', 'password=a', 'dbname=d'], '"b'],
    [`Host=h;Username=u;Password=a"`, ['host=h', 'user=u', 'password=a"'], '"'],
  ])('%s is refused, and read all the same', ([text, expected, where]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(text.slice(parsed.problem!.span.start, parsed.problem!.span.end)).toBe(where);
    expect(parse(text).ok).toBe(false);
  });

  it.for<[string, string, string]>([
    ['SSL Mode=Disable;Host=h;Username=u', 'sslmode', 'Host=h;Username=u'],
    ['Host=h;SSL Mode=Disable;Username=u', 'sslmode', 'Host=h;Username=u'],
    ['Host=h;Username=u;SSL Mode=Disable', 'sslmode', 'Host=h;Username=u'],
    ['Host=h;Username=u;SSL Mode="Disable" ;', 'sslmode', 'Host=h;Username=u;'],
    ['Host=a,b:2;Username=u', 'host', 'Host=b:2;Username=u'],
  ])('%s without %s is %s', ([text, name, expected]) => {
    expect(without(parseString(text)!, name)).toBe(expected);
  });

  it.for<[string, readonly string[], boolean]>([
    ['Host={host};Username={0};Password=${PW};SSL Mode=#{Mode}#', ['host=? <{host}>', 'user=? <{0}>', 'password=? <${PW}>', 'sslmode=? <#{Mode}#>'], false],
    ['Host=$(DbHost);Username=u;Database=%DB%', ['host=? <$(DbHost)>', 'user=u', 'dbname=? <%DB%>'], false],
    ['Host=h;Username=u;${EXTRA}', ['host=h', 'user=u'], true],
  ])('%s has templates', ([text, expected, open]) => {
    const parsed = parseString(text)!;
    expect(settingsOf(parsed)).toEqual(expected);
    expect(parsed).toMatchObject({ problem: null, open });
  });

  it('takes a port with each host', () => {
    expect(hostsOf(parseString('Host=a:1,b;Port=9;Username=u')!).map(({ host, port }) => [host, port])).toEqual([['a', '9'], ['b', '9']]);
  });
});
