import { parse, type Parameter } from '@sslmode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLibpq } from '../libpq.ts';
import { drawn, property } from '../../packages/core/test/property.ts';

const libpq = await loadLibpq();
/** Enough for a million runs. */
const timeout = 600_000;
/** With those of libpq-connect.test.ts more than 100,000 in every run of the tests. */
const RUNS = 30_000;

/** libpq's names, so that a refusal is one of the grammar. */
const NAMES = ['host', 'hostaddr', 'port', 'user', 'password', 'dbname', 'sslmode', 'sslrootcert', 'application_name', 'options', 'ssl', 'requiressl'];

/** Units that some grammar gives a meaning, and a few that none does. No `$`, `{`, `<`, `(`: templates are ours alone. */
const text = (...units: string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof({ arbitrary: fc.constantFrom(...units), weight: 3 }, fc.constantFrom('a', 'Z', '7', 'é', '😀', '_', '-', '.')), { maxLength: 6 }).map((parts) => parts.join(''));

const encoded = fc.constantFrom('%41', '%2C', '%2f', '%3D', '%40', '%C3%A9', '%20', '%', '%4', '%zz', '%00', '%25');
const part = fc.oneof(text('%20', '%3A', ' ', '+', '!', "'", '*', ';', '#', '\\', '\n', '\t'), encoded, fc.tuple(text('x'), encoded, text('y')).map((parts) => parts.join('')));
const address = fc.oneof(part, fc.constantFrom('[::1]', '[fe80::1%25eth0]', '[]', '[::1', '[::1]x', '%2Ftmp', 'db.example.com', ''));
const server = fc.tuple(address, fc.oneof(fc.constant(''), fc.constant(':'), fc.constantFrom('5432', '65536', 'x', ' 5', '5 ').map((port) => `:${port}`)));
const userinfo = fc.oneof(fc.constantFrom('', '@', ':@', 'u@', ':p@'), fc.tuple(part, part).map(([user, password]) => `${user}:${password}@`), text('@', ':', '/', '?').map((odd) => `${odd}@`));
const parameter = fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.constantFrom('ssl%6Dode', ' sslmode', '', 'host ')), fc.constantFrom('=', '=', '=', '=', '', '=='), fc.oneof(part, fc.constantFrom('true', '1', 'require', 'a,b', 'a%2Cb', ',', ' a , b ')));
const uri = fc
  .tuple(
    fc.constantFrom('postgres://', 'postgresql://'),
    userinfo,
    fc.array(server, { minLength: 1, maxLength: 3 }).map((servers) => servers.map((pair) => pair.join('')).join(',')),
    fc.oneof(fc.constant(''), fc.constant('/'), part.map((name) => `/${name}`)),
    fc.oneof(fc.constant(''), fc.constant('?'), fc.array(parameter.map((pieces) => pieces.join('')), { maxLength: 4 }).map((all) => `?${all.join('&')}`)),
  )
  .map((pieces) => pieces.join(''));
const scrambledUri = fc.tuple(fc.constantFrom('postgres://', 'postgresql://'), text('@', ':', '/', '?', '&', '=', '[', ']', ',', '%41', '%', ' ', 'host', 'sslmode=')).map((pieces) => pieces.join(''));

const blanks = fc.constantFrom('', '', '', ' ', '  ', '\t', '\n', '\v', '\f', '\r', '\u00A0');
const value = fc.oneof(
  text('\\', "\\'", '\\ ', "'", ',', '\\,', '=', '%41'),
  text('\\', "\\'", ' ', ',', '=', '\n', '\\\\').map((inner) => `'${inner}'`),
  fc.constantFrom("''", "'", '', "'a", 'a,b', "'a,b'", 'true', '1'),
);
const pair = fc.tuple(fc.constantFrom(...NAMES.filter((name) => name !== 'ssl')), blanks, fc.constantFrom('=', '=', '=', '=', ''), blanks, value, fc.constantFrom(' ', ' ', '\n', '')).map((pieces) => pieces.join(''));
const keywordValue = fc.tuple(blanks, fc.array(pair, { maxLength: 4 })).map(([before, pairs]) => before + pairs.join(''));

/** What libpq keeps of these: the last of each name, its own translations, lists as one string. */
function asLibpq(parameters: readonly Parameter[], source: string): Record<string, string> {
  const values: Record<string, string> = {};
  const servers: { host: string; port: string; written: { host: boolean; port: boolean } }[] = [];
  const inParameter = { host: false, port: false, hostaddr: false };
  for (const { name, value, start, end } of parameters) {
    if (value === null) throw new Error('a value is hidden');
    if (name === 'host' || name === 'port' || name === 'hostaddr') {
      // A list behind `=` replaces what came before, its further elements follow a comma.
      const first = !source.startsWith('postgres') || source[start - 1] === '=';
      inParameter[name] ||= first;
      if (inParameter[name]) {
        const continues = /(?:,|%2C)$/i.test(source.slice(0, start));
        values[name] = continues && values[name] !== undefined ? `${values[name]},${value}` : value;
        continue;
      }
    }
    if (name === 'host' && source.includes('://')) servers.push({ host: value, port: '', written: { host: end > start, port: false } });
    else if (name === 'port' && source.includes('://')) {
      const server = servers.at(-1);
      if (server === undefined) servers.push({ host: '', port: value, written: { host: false, port: true } });
      else Object.assign(server, { port: value, written: { ...server.written, port: true } });
    } else if (name === 'ssl' && value === 'true') values.sslmode = 'require';
    else if (name === 'requiressl') values.sslmode = value.startsWith('1') ? 'require' : 'prefer';
    else values[name] = value;
  }
  for (const name of ['host', 'port'] as const) {
    if (name in values || !(servers.length > 1 || servers.some(({ written }) => written[name]))) continue;
    values[name] = servers.map((server) => server[name]).join(',');
  }
  return values;
}

if ('unavailable' in libpq) {
  it.skip(`libpq's grammar (${libpq.unavailable})`, () => undefined);
} else {
  describe(`the grammar of libpq ${String(libpq.version)}, ${drawn(RUNS)}`, () => {
    const seen = { accepted: 0, refused: 0, skipped: 0 };
    const agree = (source: string): void => {
      // `%s` of Go and `%X%` of Windows are templates for us.
      seen.skipped += 1;
      if (/%(?:\w+%|[sdvqt])/.test(source)) return;
      const ours = parse(source);
      const theirs = libpq.parse(source);
      // Which names there are is no matter of grammar: ours keeps the unknown.
      if (!theirs.ok && /^invalid (?:connection option|URI query parameter)/.test(theirs.message)) return;
      seen.skipped -= 1;
      seen[theirs.ok ? 'accepted' : 'refused'] += 1;
      const read = ours.ok ? asLibpq(ours.parameters, source) : `refused: ${ours.problem.message}`;
      if (theirs.ok) expect(read).toEqual(Object.fromEntries(theirs.values));
      else expect(ours.ok, theirs.message).toBe(false);
    };

    const agreeOn = (arbitrary: fc.Arbitrary<string>): void => {
      Object.assign(seen, { accepted: 0, refused: 0, skipped: 0 });
      property(arbitrary, agree, RUNS);
      // Both answers have to come up often, or the test says nothing.
      const all = seen.accepted + seen.refused + seen.skipped;
      expect(Math.min(seen.accepted, seen.refused), JSON.stringify(seen)).toBeGreaterThan(all / 10);
    };

    it('reads URIs as libpq does', { timeout }, () => {
      agreeOn(uri);
    });

    it('reads scrambled URIs as libpq does', { timeout }, () => {
      agreeOn(scrambledUri);
    });

    it('reads keyword/value strings as libpq does', { timeout }, () => {
      agreeOn(keywordValue);
    });
  });
}
