import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf, mayHold, readFile } from '../../src/files/index.ts';
import { KINDS } from '../../src/files/kinds.ts';
import { readFileSync } from '../../src/files/sync.ts';
import type { Reading } from '../../src/site.ts';
import type { MappedText, Span } from '../../src/text.ts';
import { property } from '../property.ts';
import { SAMPLES } from './samples.ts';

const KINDS_HERE = Object.keys(SAMPLES);

it('has a sample of every kind that has no test of its own', () => {
  expect([...KINDS_HERE, 'dotenv', 'yaml'].sort()).toEqual(KINDS.map(({ id }) => id).sort());
  for (const [id, { path }] of Object.entries(SAMPLES)) expect(kindOf(path)?.id).toBe(id);
});

/** What makes trouble: quotes, escapes, what other grammars take for something. */
const password = fc.string({ unit: fc.constantFrom('a', 'B', '9', '"', "'", '\\', '&', '%25', '!', ';', ' ', '~', 'ä', '😀', '=', ','), maxLength: 6 });

describe('a value', { timeout: 60_000 }, () => {
  it.for(KINDS_HERE)('is read from %s as it was written, to the unit', (id) => {
    const { path, write } = SAMPLES[id] ?? { path: '', write: () => [] };
    let read = 0;
    property(
      fc.tuple(password, fc.constantFrom('disable', 'require', 'verify-full')),
      ([secret, mode]) => {
        const url = `postgres://app:${secret}@db.example.net/app?application_name=x&sslmode=${mode}`;
        // Where a blank stands in a command, it may be the end.
        for (const text of write('DATABASE_URL', url)) {
          const reading = readFileSync(path, text);
          const strings = reading.sites.map(({ string }) => (string === null || string === 'hidden' ? null : string));
          expect(strings.map((string) => string?.text), text).toEqual([url]);
          const [string] = strings;
          if (string === null || string === undefined) continue;
          expectFaithful(text, string);
          const at = url.lastIndexOf(mode);
          const written = text.slice(string.toSource({ start: at, end: url.length }).start, string.toSource({ start: at, end: url.length }).end);
          expect(decoded(written)).toBe(mode);
          expect(reading.problems).toEqual([]);
          read++;
        }
      },
      200,
    );
    expect(read).toBeGreaterThan(100);
  });
});

/** Escapes of all kinds, undone. */
function decoded(text: string): string {
  return text.replaceAll(/\\u00(..)|&#x(..);/g, (_, a: string | undefined, b: string | undefined) => String.fromCharCode(Number.parseInt(a ?? b ?? '', 16))).replaceAll('\\', '');
}

/** What maps unit by unit is the same in the source. */
function expectFaithful(text: string, value: MappedText): void {
  for (const { at, length, source, whole } of value.segments(0, value.text.length)) {
    if (whole !== true && source.end - source.start === length) expect(text.slice(source.start, source.end)).toBe(value.text.slice(at, at + length));
  }
}

function spansOf(reading: Reading): { readonly span: Span; readonly within?: Span }[] {
  return [
    ...reading.sites.flatMap((site) => [
      { span: site.span },
      ...(site.string === null || site.string === 'hidden' ? [] : [{ span: site.string.span }]),
      ...[...site.members, ...site.environment].flatMap(({ span, whole }) => [{ span, within: whole }, { span: whole }]),
    ]),
    ...reading.bypasses.map(({ setting }) => ({ span: setting.span, within: setting.whole })),
    ...reading.comments.flatMap(({ span, covers }) => [{ span }, { span: covers }]),
  ];
}

describe('a mess', { timeout: 60_000 }, () => {
  it.for(KINDS_HERE)('of %s keeps its spans inside of the text, and comes through the pre-filter', async (id) => {
    const { path, pieces, write } = SAMPLES[id] ?? { path: '', pieces: [''], write: () => [''] };
    const whole = write('DATABASE_URL', 'postgres://u:p@h.example.net/d?sslmode=require');
    const soup = fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.constantFrom(...whole, ' sslmode-ignore no-plaintext -- x', '\0', '\u2028', '😀') }), { maxLength: 30 }).map((parts) => parts.join(''));
    let found = 0;
    property(
      soup,
      (text) => {
        const reading = readFileSync(path, text);
        for (const { span, within } of spansOf(reading)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          if (within !== undefined) {
            expect(span.start).toBeGreaterThanOrEqual(within.start);
            expect(span.end).toBeLessThanOrEqual(within.end);
          }
        }
        for (const { string } of reading.sites) if (string !== null && string !== 'hidden') expectFaithful(text, string);
        for (const { line, message } of reading.problems) {
          expect(message).toMatch(/^read as text: not valid [A-Z]+ \([a-zA-Z -]+\)$/);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
        }
        const things = reading.sites.length + reading.bypasses.length + reading.comments.length;
        found += things;
        if (things > 0) expect(mayHold(new TextEncoder().encode(text), kindOf(path))).toBe(true);
      },
      1_000,
    );
    expect(found).toBeGreaterThan(100);
    // Functions are never equal.
    expect({ ...(await readFile(path, whole[0] ?? '')), written: null }).toEqual({ ...readFileSync(path, whole[0] ?? ''), written: null });
  });
});

/** Milliseconds of CPU time: other work on the machine does not count. */
function cost(path: string, text: string): number {
  const before = process.cpuUsage();
  readFileSync(path, text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The same, measured again where it is not below a bound: a collection of garbage may fall into one measurement, not into all. */
function leastCost(path: string, text: string, bound: number): number {
  let least = cost(path, text);
  for (let again = 0; again < 4 && least >= bound; again++) least = Math.min(least, cost(path, text));
  return least;
}

describe('hostile input', { timeout: 120_000 }, () => {
  const general = ['"', "'", '\\', '[', '{', '(', '<', '$(', '${', '{{', '#', '/*', '`', 'a', ' ', '\t', '\n', '\r', '=', 'a=', 'a =\n ', 'postgres://a@b/c ', "host=' ", '# sslmode-ignore no-plaintext -- x\n', '"a":', '}', ']', '&', '%', '\0'];
  it.for(KINDS_HERE)('costs %s linear time', (id) => {
    const { path, pieces } = SAMPLES[id] ?? { path: '', pieces: [] };
    for (const unit of new Set([...general, ...pieces, ...pieces.map((piece) => `${piece}\n`)])) {
      if (unit === '') continue;
      const text = (length: number): string => `postgres\n${unit.repeat(Math.ceil(length / unit.length))}`;
      cost(path, text(2_500));
      const small = cost(path, text(10_000));
      // Four times the text: quadratic time would be sixteen times as long.
      const bound = Math.max(400, small * 10);
      expect(leastCost(path, text(40_000), bound), JSON.stringify(unit)).toBeLessThan(bound);
    }
  });

  it.for(KINDS_HERE)('costs linear time for much of %s that is as it should be', (id) => {
    const { path, write } = SAMPLES[id] ?? { path: '', write: () => [] };
    const unit = `${write('host', 'something that is no connection')[0] ?? ''}\n`;
    const text = (length: number): string => `${unit.repeat(Math.ceil(length / unit.length))}# postgres host=`;
    cost(path, text(50_000));
    const small = cost(path, text(250_000));
    // A native search up to the end of the text is fast: only much text shows that there are too many of them.
    const bound = Math.max(1_500, small * 8);
    expect(leastCost(path, text(1_000_000), bound)).toBeLessThan(bound);
  });
});
