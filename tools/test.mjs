// npm test: sets up, runs every check, and ends with one plain line: `N passed, N failed`.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from './pack.mjs';
import { SetupError, build, install, root, run } from './setup.mjs';

const count = { passed: 0, failed: 0, skipped: 0 };

if (await check('install', install)) {
  // Two lanes for two cores. What builds stays in one: it writes to the same folders.
  await Promise.all([
    inTurn(
      ['typecheck', () => tool('tsc', ['--build'])],
      ['build', build],
      ['published shape', publishedShape],
    ),
    inTurn(
      ['generated files', generatedFiles],
      ['knip', () => tool('knip', ['--no-progress'])],
      ['lint', () => tool('eslint', ['.', '--max-warnings', '0'])],
    ),
  ]);
  // Alone: it uses all cores itself, and its end-to-end tests pack what was built.
  await tests();
}

const skipped = count.skipped === 0 ? '' : `, ${count.skipped} skipped`;
process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`);
process.exitCode = count.failed === 0 ? 0 : 1;

async function inTurn(...checks) {
  for (const [name, work] of checks) await check(name, work);
}

/** Runs one check, says how it went, and counts it. `work` may return 'skipped'. */
async function check(name, work) {
  const start = performance.now();
  let outcome = 'passed';
  let output = '';
  try {
    if ((await work()) === 'skipped') outcome = 'skipped';
  } catch (error) {
    outcome = 'failed';
    output = error instanceof SetupError ? `${error.output}${error.message}\n` : `${error.stack}\n`;
  }
  count[outcome] += 1;
  process.stdout.write(`${mark(outcome)} ${name} (${seconds(start)})\n${output}`);
  return outcome === 'passed';
}

function mark(outcome) {
  return { passed: '✓', failed: '✗', skipped: '-' }[outcome];
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function tool(name, args, options) {
  // The package's own file instead of the link in .bin, which is a shell script on Windows.
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', packageOf(name), 'package.json'), 'utf8'));
  const file = join(root, 'node_modules', packageOf(name), typeof bin === 'string' ? bin : bin[name]);
  return run(process.execPath, [file, ...args], options);
}

function packageOf(name) {
  return { tsc: 'typescript', attw: '@arethetypeswrong/cli' }[name] ?? name;
}

/** Looks at the very tarballs: publishConfig makes them differ from the folders. */
async function publishedShape() {
  for (const tarball of await pack()) {
    await tool('publint', ['run', tarball, '--strict']);
    await tool('attw', [tarball, '--profile', 'esm-only', '--exclude-entrypoints', './schemas/policy.json', './package.json']);
  }
}

/** Generates them again: whatever changes by that was out of date. */
async function generatedFiles() {
  if (!existsSync(join(root, 'tools/generate.ts'))) return 'skipped';
  const before = await workTree();
  await tool('tsx', ['--conditions', '@sslmode/source', 'tools/generate.ts']);
  const after = await workTree();
  const changed = [...after].filter(([path, hash]) => before.get(path) !== hash).map(([path]) => path);
  if (changed.length > 0) {
    throw new SetupError('These files were out of date. They are generated anew: commit them.', `${changed.join('\n')}\n`);
  }
}

/** The hash of each file that is not ignored, committed or not: a dirty work tree is no failure. */
async function workTree() {
  const list = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const files = [...new Set(list.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)));
  return new Map(files.map((path) => [path, createHash('sha256').update(readFileSync(join(root, path))).digest('hex')]));
}

async function tests() {
  const report = join(root, 'node_modules/.cache/vitest-report.json');
  rmSync(report, { force: true });
  const start = performance.now();
  let failure;
  try {
    await tool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  } catch (error) {
    failure = error;
  }
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  const files = result?.testResults ?? [];
  // A file that does not load, or whose set-up fails, has no failed test, and is still a failure.
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = (result?.numFailedTests ?? 0) + broken.length;
  count.passed += result?.numPassedTests ?? 0;
  count.failed += failure !== undefined && failed === 0 ? 1 : failed;
  count.skipped += (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0);
  process.stdout.write(`${mark(failure === undefined ? 'passed' : 'failed')} tests (${seconds(start)})\n`);
  if (failure !== undefined) process.stdout.write(`${failure.output ?? failure.stack}\n`);
}
