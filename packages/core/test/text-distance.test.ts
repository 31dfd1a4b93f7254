import { describe, expect, it } from 'vitest';
import { MODES } from '../src/mode.ts';
import { RULE_IDS } from '../src/rules/ids.ts';
import { didYouMean, nearest } from '../src/text-distance.ts';

describe('nearest', () => {
  it.for<[word: string, words: readonly string[], expected: string | undefined]>([
    ['requre', MODES, 'require'],
    ['reqiure', MODES, 'require'],
    ['REQUIRED', MODES, 'require'],
    ['verify_full', MODES, 'verify-full'],
    ['verfiy-ca', MODES, 'verify-ca'],
    ['minimun', ['minimum', 'recommend'], 'minimum'],
    ['sslmode/no-plaintext-fallback', RULE_IDS, 'no-plaintext-fallback'],
    ['warn', ['error', 'warning'], 'warning'],
    ['a', ['ca'], undefined],
    ['xyz', MODES, undefined],
    ['', MODES, undefined],
    ['a'.repeat(1_000_000), MODES, undefined],
  ])('to %s', ([word, words, expected]) => {
    expect(nearest(word, words)).toBe(expected);
  });
});

it('makes a question of it', () => {
  expect(didYouMean('requre', MODES)).toBe(' Did you mean require?');
  expect(didYouMean('qqq', MODES)).toBe('');
});
