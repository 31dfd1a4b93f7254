import { explain } from '@sslmode/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLibpq } from '../libpq.ts';
import { drawn, property } from '../../packages/core/test/property.ts';

const libpq = await loadLibpq();
const timeout = 600_000;
const RUNS = 10_000;

/** What it would read beside the string. */
const machine = Object.entries(process.env).filter(([name]) => name.startsWith('PG'));
beforeAll(() => {
  for (const [name] of machine) Reflect.deleteProperty(process.env, name);
});
afterAll(() => {
  Object.assign(process.env, Object.fromEntries(machine));
});

/** Nothing listens there. */
const hosts = fc.array(fc.constantFrom('127.0.0.1', '127.0.0.1', '::1', '/nowhere', ''), { maxLength: 3 }).map((all) => all.join(','));
const ports = fc.oneof(fc.constantFrom('1', '', '0', '65535', '65536', '-1', 'x', ' 1', '1 ', '1x', '01', '1,1', '1,2,1', ',1', '1,', ','), fc.array(fc.constantFrom('1', '2', ''), { maxLength: 3 }).map((all) => all.join(',')));
const words = (...all: string[]): fc.Arbitrary<string> => fc.constantFrom(...all, '', 'x');
const modes = words('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'Require', 'verify_full', 'no-verify', ' require');
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  host: hosts,
  hostaddr: fc.constantFrom('127.0.0.1', '::1', '127.0.0.1,::1', '127.1', '0x7f.1', '[::1]', 'localhost', '256.0.0.1', 'localhost,::1', ''),
  port: ports,
  sslmode: modes,
  sslrootcert: words('system', 'System', '/nowhere/root.crt'),
  sslnegotiation: words('postgres', 'direct', 'Direct'),
  channel_binding: words('disable', 'prefer', 'require', 'allow'),
  // Not `require`: this libpq is built without GSSAPI.
  gssencmode: words('disable', 'prefer'),
  sslcertmode: words('disable', 'allow', 'require', 'prefer'),
  target_session_attrs: words('any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby', 'master'),
  // Not `random`: which server comes first decides.
  load_balance_hosts: words('disable', 'true'),
  ssl_min_protocol_version: words('TLSv1', 'TLSv1.1', 'tlsv1.2', 'TLSv1.3', 'TLSv1.4', 'SSLv3'),
  ssl_max_protocol_version: words('TLSv1', 'TLSv1.1', 'tlsv1.2', 'TLSv1.3', 'TLSv1.4'),
  require_auth: fc.oneof(words('password', '!password', 'none', '!none', 'Password'), fc.array(words('md5', 'scram-sha-256', '!md5', '!gss', 'none', 'oauth', ' md5', 'md5 '), { maxLength: 3 }).map((all) => all.join(','))),
  requiressl: words('0', '1', '10', 'true'),
  sslcompression: words('0', '1'),
  sslsni: words('0', '1', '2'),
};
const parameter = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.keys(values)).chain((name) => (values[name] ?? fc.constant('')).map((value) => [name, value] as const)), weight: 3 },
  // Those that have to go with each other.
  { arbitrary: fc.constantFrom('host', 'port', 'sslmode', 'sslrootcert', 'sslnegotiation').chain((name) => (values[name] ?? fc.constant('')).map((value) => [name, value] as const)), weight: 2 },
);
const parameters = fc.array(parameter, { maxLength: 5 });
const keywordValue = parameters.map((all) => ['user=u', 'host=127.0.0.1', 'port=1', ...all.map(([name, value]) => `${name}='${value}'`)].join(' '));
const authority = fc.array(fc.tuple(fc.constantFrom('127.0.0.1', '[::1]', ''), fc.constantFrom('', ':', ':1', ':2', ':65536', ':0', ':x', ':1x')).map((both) => both.join('')), { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
const uri = fc.tuple(authority, parameters).map(([servers, all]) => `postgres://u@${servers}/app?${all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`);

if ('unavailable' in libpq) {
  it.skip(`what libpq refuses (${libpq.unavailable})`, () => undefined);
} else {
  describe(`what libpq ${String(libpq.version)} refuses before it connects, ${drawn(RUNS)}`, () => {
    const agreeOn = (arbitrary: fc.Arbitrary<string>): void => {
      const seen = { accepted: 0, refused: 0 };
      property(arbitrary, (source) => {
        const theirs = libpq.refuses(source);
        seen[theirs === null ? 'accepted' : 'refused'] += 1;
        const [ours] = explain({ string: source, driver: 'libpq@18' });
        expect({ refused: ours?.effective === 'error' }, theirs ?? ours?.reasons.join()).toEqual({ refused: theirs !== null });
      }, RUNS);
      expect(Math.min(seen.accepted, seen.refused), JSON.stringify(seen)).toBeGreaterThan((seen.accepted + seen.refused) / 20);
    };

    it('of keywords and values', { timeout }, () => {
      agreeOn(keywordValue);
    });

    it('of URIs', { timeout }, () => {
      agreeOn(uri);
    });
  });
}
