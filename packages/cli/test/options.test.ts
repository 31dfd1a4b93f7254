import { describe, expect, it } from 'vitest';
import { UsageError } from '../src/io.ts';
import { alternatives, parseArguments, quoted, type OptionSpec } from '../src/options.ts';

const SPECS: readonly OptionSpec[] = [
  { name: 'format', value: 'NAME', multiple: true, help: '' },
  { name: 'fail-on', value: 'LEVEL', choices: ['error', 'warning', 'never'], help: '' },
  { name: 'max-warnings', value: 'N', help: '' },
  { name: 'quiet', short: 'q', help: '' },
];

describe('parseArguments', () => {
  it('takes options anywhere, with = or a space, and what follows -- as it is', () => {
    const args = parseArguments(['a', '--format=json', '-q', 'b', '--format', 'pretty', '--max-warnings', '3', '--', '--quiet'], SPECS);
    expect(args.positionals).toEqual(['a', 'b', '--quiet']);
    expect(args.all('format')).toEqual(['json', 'pretty']);
    expect(args.has('quiet')).toBe(true);
    expect(args.count('max-warnings')).toBe(3);
    expect(args.get('fail-on')).toBeUndefined();
  });

  it('takes the last of an option that counts once, and a lone dash for no option', () => {
    const args = parseArguments(['--fail-on', 'error', '--fail-on', 'never', '-'], SPECS);
    expect(args.get('fail-on')).toBe('never');
    expect(args.positionals).toEqual(['-']);
  });

  it.for<[argv: string[], message: string]>([
    [['--frmat', 'json'], 'There is no option "--frmat". Did you mean --format?'],
    [['--zzzzzz'], 'There is no option "--zzzzzz".'],
    [['-x'], 'There is no option "-x".'],
    [['--format'], '--format needs a value: --format NAME'],
    [['--format', '--quiet'], '--format needs a value: --format NAME'],
    [['--quiet=yes'], '--quiet takes no value.'],
    [['--fail-on', 'warnings'], '--fail-on takes error, warning or never, not "warnings". Did you mean warning?'],
  ])('%j: %s', ([argv, message]) => {
    expect(() => parseArguments(argv, SPECS)).toThrow(new UsageError(message));
  });

  it.for(['', '-1', '1.5', 'many', '9'.repeat(20)])('takes no %j for a number', (text) => {
    expect(() => parseArguments([`--max-warnings=${text}`], SPECS).count('max-warnings')).toThrow('--max-warnings takes a whole number');
  });
});

it('lists alternatives and quotes what was typed', () => {
  expect(alternatives(['a'])).toBe('a');
  expect(alternatives(['a', 'b', 'c'])).toBe('a, b or c');
  expect(quoted(`a"\n`)).toBe(String.raw`"a\" "`);
  expect(quoted('x'.repeat(200))).toHaveLength(83);
});
