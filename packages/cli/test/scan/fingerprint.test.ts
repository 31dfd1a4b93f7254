import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fingerprints } from '../../src/scan/fingerprint.ts';

const finding = { rule: 'no-plaintext', path: 'a/.env', key: 'DATABASE_URL', identity: 'postgres://u:***@h/d' };

it('depends on rule, path, key path and masked text, and tells equals apart by their number', () => {
  const [first, second] = fingerprints([finding, finding]);
  expect(first).toBe(createHash('sha256').update(`${JSON.stringify(['no-plaintext', 'a/.env', 'DATABASE_URL', 'postgres://u:***@h/d'])}\x000`).digest('hex'));
  const all = [
    first,
    second,
    ...fingerprints([{ ...finding, rule: 'require-sslmode' }, { ...finding, path: 'b/.env' }, { ...finding, key: null }, { ...finding, identity: 'x' }]),
  ];
  expect(new Set(all).size).toBe(6);
});

it('stays the same when something else is found before it', () => {
  const [alone] = fingerprints([finding]);
  expect(fingerprints([{ ...finding, key: 'OTHER' }, finding])[1]).toBe(alone);
});
