import { describe, expect, it } from 'vitest';
import { readIni } from '../../src/files/ini/reader.ts';
import { check, findings, servers } from './check.ts';

const hba = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('pg_hba.conf', () => {
  it.for<[string, string[]]>([
    ['host all all 0.0.0.0/0 md5', ['1 plaintext: host']],
    ['host\tall\tall\t::/0\tscram-sha-256', ['1 plaintext: host']],
    ['host all all all scram-sha-256', ['1 plaintext: host']],
    ['host all all 10.1.0.0 255.255.0.0 md5', ['1 plaintext: host']],
    ['host app app samenet md5', ['1 plaintext: host']],
    ['host all all .example.com md5', ['1 plaintext: host']],
    ['hostnogssenc all all 0.0.0.0/0 md5', ['1 plaintext: hostnogssenc']],
    ['hostnossl all all 0.0.0.0/0 md5', ['1 only-plaintext: hostnossl']],
    ['host all all 0.0.0.0/0 password', ['1 plaintext-passwords: host']],
    ['host all all 0.0.0.0/0 ldap ldapserver=ldap.example.net ldapprefix="cn="', ['1 plaintext-passwords: host']],
    ['host all all 0.0.0.0/0 trust', ['1 anybody: host']],
    ['host replication rep 0.0.0.0/0 md5', ['1 plaintext: host']],
    ['host all all 127.0.0.0/7 md5', ['1 plaintext: host']],
    ['host all, app "all", bob 0.0.0.0/0 md5 # for everybody', ['1 plaintext: host']],
    // With TLS, without the network, or not at all.
    ['hostssl all all 0.0.0.0/0 password', []],
    ['hostgssenc all all 0.0.0.0/0 gss', []],
    ['local all all trust', []],
    ['host all all 127.0.0.1/32 trust', []],
    ['host all all 127.0.0.1 255.255.255.255 trust', []],
    ['host all all ::1/128 md5', []],
    ['host all all localhost md5', []],
    ['host all all samehost trust', []],
    ['host all all 0.0.0.0/0 reject', []],
    ['# host all all 0.0.0.0/0 md5', []],
    // PostgreSQL refuses these.
    ['host all all 0.0.0.0/0 cert', []],
    ['host all all 0.0.0.0/0', []],
    ['host all all 0.0.0.0/0 nonsense', []],
  ])('%s', ([line, expected]) => {
    expect(findings('pg_hba.conf', hba(line))).toEqual(expected);
  });

  const REJECT = ['hostnossl all all 0.0.0.0/0 reject', 'hostnossl all all ::/0 reject'] as const;

  it.for<[string, string[], string[]]>([
    ['a line that rejects all before it', ['hostnossl all all all reject', 'host all all 0.0.0.0/0 md5'], []],
    ['two halves', [...REJECT, 'host all all all md5'], []],
    ['one half', [REJECT[0], 'host all all all md5'], ['2 plaintext: host']],
    ['the other address family', [REJECT[0], 'host all all ::/0 md5'], ['2 plaintext: host']],
    ['a line that rejects all after it', ['host all all 0.0.0.0/0 md5', 'hostnossl all all all reject'], ['1 plaintext: host']],
    ['a rejection for another database', ['hostnossl app all all reject', 'host all all 0.0.0.0/0 md5'], ['2 plaintext: host']],
    ['a rejection for that database', ['hostnossl app,web all all reject', 'host app all 10.0.0.0/8 md5'], []],
    ['a rejection for another user', ['hostnossl all bob all reject', 'host all ann 0.0.0.0/0 md5'], ['2 plaintext: host']],
    ['a rejection of a larger network', ['host all all 10.0.0.0/8 reject', 'host all all 10.1.0.0/16 md5'], []],
    ['a rejection of a smaller network', ['host all all 10.1.0.0/16 reject', 'host all all 10.0.0.0/8 md5'], ['2 plaintext: host']],
    ['a rejection of TLS alone', ['hostssl all all all reject', 'host all all 0.0.0.0/0 md5'], ['2 plaintext: host']],
    ['replication, which `all` leaves out', ['hostnossl all all all reject', 'host replication all 0.0.0.0/0 md5'], ['2 plaintext: host']],
    ['a line that an earlier one makes idle', ['host all all 0.0.0.0/0 md5', 'host all all 10.0.0.0/8 trust'], ['1 plaintext: host']],
    ['a rejection of a quoted name', ['hostnossl "all" all all reject', 'host all all 0.0.0.0/0 md5'], ['2 plaintext: host']],
  ])('first match wins: %s', ([, lines, expected]) => {
    expect(findings('pg_hba.conf', hba(...lines))).toEqual(expected);
  });

  it('goes on over lines that end in a backslash', () => {
    expect(findings('pg_hba.conf', 'host all \\\n  all 0.0.0.0/0 \\\n  md5\n')).toEqual(['1 plaintext: host']);
  });

  it('knows who may come', () => {
    const lines = hba('hostssl all all 0.0.0.0/0 md5', 'host app all 10.0.0.0/8 md5', 'host all all 10.0.0.0/7 md5', 'host all all 127.0.0.1/32 md5', 'host all all db.corp.internal md5', 'host all all {{ network }} md5');
    expect(servers('pg_hba.conf', lines)).toEqual(['require public 0.0.0.0/0', 'prefer private 10.0.0.0/8', 'prefer public 10.0.0.0/7', 'prefer loopback 127.0.0.1/32', 'prefer private db.corp.internal']);
    expect(check('pg_hba.conf', lines).connections.map(({ database }) => database)).toEqual([null, 'app', null, null, null]);
  });

  it('is known by what stands in it', () => {
    expect(findings('docker/access.conf', hba('# who may come', 'local all all trust', 'host all all 0.0.0.0/0 md5'))).toEqual(['3 plaintext: host']);
    expect(findings('nginx.conf', hba('host all all 0.0.0.0/0 md5', 'listen 80;'))).toEqual([]);
  });

  it('takes ignores above and behind a line', () => {
    const text = hba('# sslmode-ignore server-accepts-plaintext -- a tunnel', 'host all all 10.0.0.0/8 md5', 'host all all 11.0.0.0/8 md5 # sslmode-ignore server-accepts-plaintext -- a tunnel', 'host all all 12.0.0.0/8 md5');
    expect(findings('pg_hba.conf', text)).toEqual(['2 plaintext: host (ignored)', '3 plaintext: host (ignored)', '4 plaintext: host']);
  });

  it('says the effect first, then why, then what to do', () => {
    const [finding] = check('pg_hba.conf', hba('host app web 0.0.0.0/0 password')).findings;
    expect(finding?.message).toBe('PostgreSQL takes passwords in plaintext from clients from anywhere: `host` takes those that come without TLS as well, and `password` has the password sent as it is. Write `hostssl` instead of `host`, and `scram-sha-256` instead of `password`.');
    expect(finding).toMatchObject({ severity: 'error', confidence: 'high', required: 'require', threshold: 'minimum', driver: null });
    expect(finding?.excerpt.text).toBe('host app web 0.0.0.0/0 password');
  });

  it('asks no more of a server than TLS', () => {
    const [finding] = check('pg_hba.conf', hba('hostssl all all 0.0.0.0/0 md5', 'host all all 10.0.0.0/8 md5'), 'sslmode:strict').findings;
    expect(finding).toMatchObject({ required: 'require', severity: 'error', span: { start: 30, end: 34 } });
  });

  it('takes a time that grows with the text alone', { timeout: 60_000 }, () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `host db${at} all 10.${at >> 8}.${at & 255}.0/24 md5`);
    const start = process.cpuUsage().user;
    expect(servers('pg_hba.conf', hba(...lines))).toHaveLength(20_000);
    expect((process.cpuUsage().user - start) / 1000).toBeLessThan(8_000);
  });
});

describe('includes', () => {
  const SHUT = hba('hostnossl all all all reject');
  const OPEN = hba('host all all 0.0.0.0/0 md5');

  /** Lines that a file of a folder lets in without TLS, by their numbers. */
  function open(path: string, files: Readonly<Record<string, string>>): number[] {
    const includes = {
      read: (name: string) => files[name.replace('/etc/postgresql/', '')] ?? null,
      list: (folder: string) => Object.keys(files).filter((name) => `/etc/postgresql/${name}`.startsWith(`${folder}/`)).map((name) => name.slice(name.lastIndexOf('/') + 1)),
    };
    const text = files[path] ?? '';
    return (readIni(`/etc/postgresql/${path}`, text, includes).servers ?? []).filter(({ admits }) => admits !== null).map(({ span }) => text.slice(0, span.start).split('\n').length);
  }

  it.for<[string, string, Record<string, string>, number[]]>([
    ['a file that shuts the rest out', 'pg_hba.conf', { 'pg_hba.conf': `include first.conf\n${OPEN}`, 'first.conf': SHUT }, []],
    ['a folder that does', 'pg_hba.conf', { 'pg_hba.conf': `include_dir "pg_hba.d"\n${OPEN}`, 'pg_hba.d/10.conf': SHUT }, []],
    ['a file that does so too late', 'pg_hba.conf', { 'pg_hba.conf': `${OPEN}include last.conf\n`, 'last.conf': SHUT }, [1]],
    ['a file that is not there', 'pg_hba.conf', { 'pg_hba.conf': `include_if_exists none.conf\n${OPEN}` }, [2]],
    ['one that includes itself', 'pg_hba.conf', { 'pg_hba.conf': `include pg_hba.conf\n${SHUT}${OPEN}` }, []],
    ['of itself, behind what shuts it out', 'pg_hba.d/20.conf', { 'pg_hba.conf': `${SHUT}include_dir pg_hba.d\n`, 'pg_hba.d/20.conf': OPEN }, []],
    ['of itself, behind another of its folder', 'pg_hba.d/20.conf', { 'pg_hba.conf': 'include_dir pg_hba.d\n', 'pg_hba.d/10.conf': SHUT, 'pg_hba.d/20.conf': OPEN }, []],
    ['of itself, before what shuts the rest out', 'pg_hba.d/20.conf', { 'pg_hba.conf': `include_dir pg_hba.d\n${SHUT}`, 'pg_hba.d/20.conf': OPEN }, [1]],
    ['of itself, by nobody', 'pg_hba.d/20.conf', { 'pg_hba.conf': SHUT, 'pg_hba.d/20.conf': OPEN }, [1]],
  ])('%s', ([, path, files, expected]) => {
    expect(open(path, files)).toEqual(expected);
  });
});
