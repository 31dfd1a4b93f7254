import { expect, it } from 'vitest';
import { checkFile } from '../src/check.ts';
import { readFileSync } from '../src/files/sync.ts';
import { presetPolicy } from '../src/policy/resolve.ts';

/** What is marked of the text that is shown, by what it stands for. */
it.for<[string, string, string]>([
  ['a plain value', 'a.yaml', 'a: postgres://u:s3cret@h.example.com/d?sslmode=disable'],
  ['double quotes in .env', '.env', 'A="postgres://u:s3cret@h.example.com/d?sslmode=disable&x=\\"1"'],
  ['a variable of the same file', '.env', 'H=h.example.com\nA=postgres://u:s3cret@${H}/d?sslmode=disable'],
  ['an escape in the setting', 'a.yaml', 'a: "postgres://u:s3cret@h.example.com/d?sslmode\\u003ddisable"'],
  ['an escape before it', 'a.yaml', 'a: "postgres://u:s3\\x63ret@h.example.com/d?sslmode=disable"'],
  ['a doubled quote', 'a.yaml', "a: 'postgres://u:s3''cret@h.example.com/d?sslmode=disable'"],
  ['a folded block', 'a.yaml', 'a: >-\n  host=h.example.com password=s3cret\n  sslmode=disable'],
  ['a plain value over several lines', 'a.yaml', 'a: host=h.example.com\n  password=s3cret\n\n  sslmode=disable'],
  ['a literal block', 'a.yaml', 'a: |\n  postgres://u:s3cret@h.example.com/d?sslmode=disable\n'],
])('marks the setting in %s', ([, path, text]) => {
  const { findings } = checkFile(text, readFileSync(path, text), { path, policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24' });
  expect(findings.map(({ rule, excerpt }) => [rule, excerpt.text.slice(excerpt.mark.start, excerpt.mark.end)])).toEqual([['no-plaintext', 'disable']]);
  expect(findings[0]?.excerpt.text).not.toMatch(/s3'?cret/);
});

it('marks base64 as a whole: no part of it stands for the setting alone', () => {
  const text = `apiVersion: v1\nkind: Secret\ndata:\n  A: ${btoa('postgres://u:s3cret@h.example.com/d?sslmode=disable')}`;
  const { findings } = checkFile(text, readFileSync('a.yaml', text), { path: 'a.yaml', policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24' });
  expect(findings.map(({ excerpt }) => excerpt.text.slice(excerpt.mark.start, excerpt.mark.end))).toEqual(['postgres://u:***@h.example.com/d?sslmode=disable']);
});
