import { expect, it } from 'vitest';
import { checkFile } from '../../src/check.ts';
import { readFileSync } from '../../src/files/sync.ts';
import { presetPolicy } from '../../src/policy/resolve.ts';

const URL = 'postgres://app:s3cret@db.acme.com/app';
const step = (run: string): string => `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    services:\n      postgres:\n        image: postgres:18\n    steps:\n      - run: ${run}\n`;

/** Scripts in package.json and workflows are read as scripts: their variables and commands count. */
it.for<[name: string, path: string, text: string, found: readonly string[]]>([
  ['a script of npm', 'package.json', JSON.stringify({ scripts: { start: 'NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js' } }), ['no-global-tls-bypass scripts.start']],
  ['by cross-env', 'package.json', JSON.stringify({ scripts: { start: 'cross-env NODE_TLS_REJECT_UNAUTHORIZED=0 node app.js' } }), ['no-global-tls-bypass scripts.start']],
  ['set back', 'package.json', JSON.stringify({ scripts: { start: 'NODE_TLS_REJECT_UNAUTHORIZED=1 node app.js' } }), []],
  ['a URL is one connection', 'package.json', JSON.stringify({ scripts: { reset: `PGTZ=UTC psql "${URL}?sslmode=disable"` } }), ['no-plaintext scripts.reset']],
  ['a variable before psql', '.github/workflows/ci.yml', step('PGSSLMODE=disable psql -h db.acme.com'), ['no-plaintext jobs.test.steps[0].run']],
  ['what the step says counts for its commands', '.github/workflows/ci.yml', `${step(`psql -h db.acme.com && psql ${URL}`)}        env:\n          PGSSLMODE: verify-full\n          PGSSLROOTCERT: system\n`, []],
  ['and where it says what is weak', '.github/workflows/ci.yml', `${step('psql -h db.acme.com')}        env:\n          PGSSLMODE: disable\n`, ['no-plaintext jobs.test.steps[0].run']],
  ['a block', '.github/workflows/ci.yml', step('|\n          export NODE_TLS_REJECT_UNAUTHORIZED=0\n          npm test'), ['no-global-tls-bypass jobs.test.steps[0].run']],
  ['a service of the job', '.github/workflows/ci.yml', step('psql -h postgres -U postgres -c "select 1"'), []],
  ['no script', 'package.json', JSON.stringify({ description: 'PGSSLMODE=disable psql -h db.acme.com' }), []],
])('%s', ([, path, text, found]) => {
  const { findings } = checkFile(text, readFileSync(path, text), { path, policy: presetPolicy('sslmode:recommended'), evidence: [], localNames: [], today: '2026-11-24' });
  expect(findings.map(({ rule, key }) => `${rule} ${key}`)).toEqual(found);
});
