import { describe, expect, it } from 'vitest';
import { readIni } from '../../src/files/ini/reader.ts';
import { check, findings, servers } from './check.ts';

describe('postgresql.conf', () => {
  it.for<[string, string[]]>([
    ['ssl = off', ['1 only-plaintext: off']],
    ['ssl off', ['1 only-plaintext: off']],
    ["SSL = 'off' # later", ['1 only-plaintext: off']],
    ['ssl=false', ['1 only-plaintext: false']],
    ['ssl = n', ['1 only-plaintext: n']],
    ['ssl = 0', ['1 only-plaintext: 0']],
    ['ssl = on\nssl = off', ['2 only-plaintext: off']],
    ["listen_addresses = '*'\nssl = off", ['2 only-plaintext: off']],
    ["listen_addresses = 'localhost,10.0.0.1'\nssl = off", ['2 only-plaintext: off']],
    ['ssl = off\nssl = on', []],
    ['ssl = on', []],
    ['ssl = yes', []],
    ['#ssl = off', []],
    ['ssl = o', []],
    ['ssl = ${SSL}', []],
    // Only this machine may come.
    ["listen_addresses = 'localhost, 127.0.0.1'\nssl = off", []],
    ["listen_addresses = ''\nssl = off", []],
    // Broken TLS.
    ["ssl = on\nssl_min_protocol_version = 'TLSv1'", ['2 no-weak-tls-version: TLSv1']],
    ["ssl_max_protocol_version = 'TLSv1.1'", ['1 no-weak-tls-version: TLSv1.1']],
    ["ssl_min_protocol_version = 'TLSv1.2'", []],
    ["ssl_ciphers = 'HIGH:eNULL'", ["1 no-weak-tls-version: HIGH:eNULL"]],
    ["ssl_ciphers = 'ALL:RC4-SHA'", ["1 no-weak-tls-version: ALL:RC4-SHA"]],
    ["ssl_ciphers = 'HIGH:MEDIUM:+3DES:!aNULL'", []],
    ["ssl_ciphers = 'HIGH:aNULL:!aNULL'", []],
    ["ssl = off\nssl_min_protocol_version = 'TLSv1'", ['1 only-plaintext: off']],
  ])('%s', ([text, expected]) => {
    expect(findings('postgresql.conf', `${text}\n`)).toEqual(expected);
  });

  it('leaves it to pg_hba.conf whether a server with TLS insists on it', () => {
    const [connection] = check('postgresql.conf', 'ssl = on\n').connections;
    expect(connection).toMatchObject({ form: 'server', effective: 'unknown', weakest: 'prefer', strongest: 'require', key: 'ssl', driver: null, candidates: [], evidence: null, host: null, database: null });
  });

  it('is known by its name or by what stands in it', () => {
    expect(servers('conf/my-postgres.conf', 'ssl = off\n')).toEqual(['disable hidden']);
    expect(servers('conf.d/tls.conf', 'shared_buffers = 128MB\nssl = off\n')).toEqual(['disable hidden']);
    expect(servers('conf.d/nginx.conf', 'ssl off;\n')).toEqual([]);
    expect(servers('redis.conf', 'ssl = off\n')).toEqual([]);
  });

  it('reads the connection of a standby as before', () => {
    const text = "primary_conninfo = 'host=db.example.net user=rep sslmode=disable'\nssl = on\n";
    expect(findings('postgresql.conf', text)).toEqual(['1 no-plaintext: disable']);
  });

  it('is less sure of a sample, of a template and in tests', () => {
    expect(check('postgresql.conf.sample', 'ssl = off\n').findings).toMatchObject([{ confidence: 'medium' }]);
    expect(check('postgresql.conf.j2', '{% if plain %}\nssl = off\n{% endif %}\n').findings).toMatchObject([{ confidence: 'medium' }]);
    expect(check('test/postgresql.conf', 'ssl = off\n').findings).toEqual([]);
    expect(check('test/postgresql.conf', 'ssl = off\n', 'sslmode:strict').findings).toMatchObject([{ confidence: 'low' }]);
  });

  it('shows the setting and says what to do', () => {
    const [finding] = check('postgresql.conf', "ssl = 'off'\n").findings;
    expect(finding?.message).toBe('PostgreSQL talks to clients in plaintext: `ssl` is `off`. Set `ssl` to `on`, with `ssl_cert_file` and `ssl_key_file`; then `hostssl` in pg_hba.conf insists on it.');
    expect(finding?.excerpt).toEqual({ span: { start: 0, end: 11 }, text: "ssl = 'off'", mark: { start: 7, end: 10 } });
  });

  it('takes ignores', () => {
    expect(findings('postgresql.conf', '# sslmode-ignore server-accepts-plaintext -- behind stunnel\nssl = off\n')).toEqual(['2 only-plaintext: off (ignored)']);
    expect(findings('postgresql.conf', 'ssl = off # sslmode-ignore server-accepts-plaintext -- behind stunnel\n')).toEqual(['1 only-plaintext: off (ignored)']);
  });
});

describe('what postgresql.conf includes', () => {
  it.for<[string, Record<string, string>, string[]]>([
    ['switches TLS on later', { 'postgresql.conf': "ssl = off\ninclude 'tls.conf'\n", 'tls.conf': 'ssl = on\n' }, []],
    ['switches it on before', { 'postgresql.conf': "include 'tls.conf'\nssl = off\n", 'tls.conf': 'ssl = on\n' }, ['off']],
    ['by a folder, in its order', { 'postgresql.conf': 'ssl = off\ninclude_dir conf.d\n', 'conf.d/10.conf': 'ssl = off\n', 'conf.d/20.conf': 'ssl = on\n' }, []],
    ['says who may come', { 'postgresql.conf': "ssl = off\ninclude_if_exists 'net.conf'\n", 'net.conf': "listen_addresses = 'localhost'\n" }, ['off loopback']],
    ['is not there', { 'postgresql.conf': "ssl = off\ninclude_if_exists 'none.conf'\n" }, ['off']],
    ['is itself', { 'postgresql.conf': "ssl = off\ninclude 'postgresql.conf'\n" }, []],
  ])('%s', ([, files, expected]) => {
    const includes = {
      read: (name: string) => files[name.replace('/etc/', '')] ?? null,
      list: (folder: string) => Object.keys(files).filter((name) => `/etc/${name}`.startsWith(`${folder}/`)).map((name) => name.slice(name.lastIndexOf('/') + 1)),
    };
    const text = files['postgresql.conf'] ?? '';
    const found = (readIni('/etc/postgresql.conf', text, includes).servers ?? []).filter(({ admits }) => admits !== null);
    expect(found.map(({ span, clients }) => [text.slice(span.start, span.end), ...(clients.hostClass === 'loopback' ? ['loopback'] : [])].join(' '))).toEqual(expected);
  });
});

describe('pgbouncer.ini', () => {
  const ini = (...lines: readonly string[]): string => `[pgbouncer]\n${lines.join('\n')}\n`;

  it.for<[string[], string[]]>([
    [['client_tls_sslmode = disable'], ['2 only-plaintext: disable']],
    [['client_tls_sslmode = allow'], ['2 plaintext: allow']],
    [['listen_addr = *', 'client_tls_sslmode = prefer'], ['3 plaintext: prefer']],
    [['auth_type = plain', 'client_tls_sslmode = prefer'], ['3 plaintext-passwords: prefer']],
    [['client_tls_sslmode = require'], []],
    [['client_tls_sslmode = verify-full'], []],
    [['listen_addr = 127.0.0.1', 'client_tls_sslmode = disable'], []],
    [['listen_addr = *'], []],
    [['client_tls_sslmode = require', 'client_tls_protocols = all'], ['3 no-weak-tls-version: all']],
    [['client_tls_sslmode = require', 'client_tls_protocols = secure'], []],
  ])('%s', ([lines, expected]) => {
    expect(findings('pgbouncer.ini', ini(...lines))).toEqual(expected);
  });

  it('keeps what it says of the server that it connects to', () => {
    const text = '[databases]\napp = host=db.example.net dbname=app\n[pgbouncer]\nserver_tls_sslmode = disable\nclient_tls_sslmode = disable\n';
    expect(findings('pgbouncer.ini', text)).toEqual(['4 no-plaintext: disable', '5 only-plaintext: disable']);
  });
});
