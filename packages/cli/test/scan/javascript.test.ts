import { checkFile } from '@sslmode/core';
import { presetPolicy } from '@sslmode/core/project';
import { expect, it } from 'vitest';
import { readJavaScript } from '../../src/scan/javascript.ts';

const PG = "import pg from 'pg';\n";
const WEAK = "new pg.Pool({ host: 'db.acme.com', ssl: false });";

/** ESLint's own comments count in the scan as they do in ESLint. */
it.for<[string, string, string[]]>([
  ['none', WEAK, ['reported']],
  ['the next line', `// eslint-disable-next-line sslmode/no-plaintext\n${WEAK}`, ['an ESLint directive']],
  ['the next line, with a reason', `// eslint-disable-next-line sslmode/no-plaintext -- test server\n${WEAK}`, ['test server']],
  ['the next line, for all rules', `// eslint-disable-next-line\n${WEAK}`, ['an ESLint directive']],
  ['the next line, for another rule', `// eslint-disable-next-line sslmode/require-sslmode, no-console\n${WEAK}`, ['reported']],
  ['the next line alone', `// eslint-disable-next-line sslmode/no-plaintext\n${WEAK}\n${WEAK}`, ['an ESLint directive', 'reported']],
  ['several lines of comment', `/* eslint-disable-next-line\n  sslmode/no-plaintext\n*/\n${WEAK}`, ['an ESLint directive']],
  ['its own line', `${WEAK} // eslint-disable-line sslmode/no-plaintext`, ['an ESLint directive']],
  ['a range', `/* eslint-disable sslmode/no-plaintext */\n${WEAK}\n/* eslint-enable sslmode/no-plaintext */\n${WEAK}`, ['an ESLint directive', 'reported']],
  ['a range that one rule leaves', `/* eslint-disable */\n${WEAK}\n/* eslint-enable sslmode/no-plaintext */\n${WEAK}`, ['an ESLint directive', 'reported']],
  ['a line in a range', `/* eslint-disable -- all of it */\n${WEAK} // eslint-disable-line\n${WEAK}`, ['all of it', 'all of it']],
  ['the rest of the file', `${WEAK}\n/* eslint-disable */\n${WEAK}`, ['reported', 'an ESLint directive']],
  ['a range in a line comment, which ESLint does not read', `// eslint-disable\n${WEAK}`, ['reported']],
  ['our own comment in a block with stars', `/**\n * sslmode-ignore no-plaintext -- ours\n */\n${WEAK}`, ['ours']],
  ['our own comment before it', `// sslmode-ignore no-plaintext -- ours\n${WEAK} // eslint-disable-line`, ['ours']],
])('%s', ([, code, expected]) => {
  const text = PG + code;
  const { findings } = checkFile(text, readJavaScript('a.js', text), { path: 'a.js', policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24' });
  expect(findings.map(({ rule, ignored }) => (rule === 'no-plaintext' ? (ignored?.reason ?? 'reported') : rule))).toEqual(expected);
});
