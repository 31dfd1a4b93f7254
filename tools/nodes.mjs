// Runs the built CLI, and core's own tests, on every major version of Node that we promise to run on: npm brings them
// (packages node@20, node@22, node@24). The report of a scan has to be the same on each, byte for byte.
//
//   pnpm nodes [-- TESTS...]     after `pnpm build`
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const MAJORS = ['20', '22', '24'];
const [cli, vitest] = ['packages/cli/dist/bin.cjs', 'node_modules/vitest/vitest.mjs'];
const tests = process.argv.slice(2).filter((argument) => argument !== '--');

const folder = mkdtempSync(join(tmpdir(), 'sslmode-nodes-'));
const reports = new Set();
for (const major of MAJORS) {
  const prefix = join(folder, major);
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', '--prefix', prefix, `node@${major}`], { stdio: 'inherit', shell: process.platform === 'win32' });
  const node = join(prefix, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const run = (...argv) => execFileSync(node, argv, { cwd: root, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit'] });
  const report = run(cli, 'scan', 'examples', '--format', 'json', '--fail-on', 'never');
  reports.add(report);
  console.log(`${run('--version').trim()}: scan of examples/ ${createHash('sha256').update(report).digest('hex').slice(0, 16)}`);
  execFileSync(node, [vitest, 'run', ...(tests.length > 0 ? tests : ['packages/core', 'packages/cli/test/scan', 'packages/cli/test/commands'])], { cwd: root, stdio: 'inherit' });
}
if (reports.size > 1) {
  console.error('The report differs from one version of Node to another.');
  process.exitCode = 1;
}
