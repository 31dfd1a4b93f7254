// What others run from a clone of this repository: the hook of pre-commit, the action.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseYaml } from '@sslmode/core/project/yaml';
import { afterAll, describe, expect, it, vi } from 'vitest';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sslmode-hooks-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ENV = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))), PRE_COMMIT_HOME: join(folder, 'home'), NO_COLOR: '1' };
const git = (cwd: string, ...args: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd, env: ENV, encoding: 'utf8' }).trim();

function yaml(name: string): unknown {
  const parsed = parseYaml(readFileSync(join(root, name), 'utf8'));
  expect(parsed.ok).toBe(true);
  return parsed.ok ? parsed.value : undefined;
}

describe('.pre-commit-hooks.yaml', () => {
  it('names a script that can be run', () => {
    const [hook] = yaml('.pre-commit-hooks.yaml') as { entry: string }[];
    const [script = ''] = hook?.entry.split(' ') ?? [];
    expect(readFileSync(join(root, script), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    if (process.platform !== 'win32') expect(statSync(join(root, script)).mode & 0o111).not.toBe(0);
  });

  const isThere = spawnSync('pre-commit', ['--version']).status === 0 && process.platform !== 'win32';
  // pre-commit clones, the clone sets itself up: that takes npm's registry and a minute.
  it.skipIf(!isThere)('works from a clean clone', { timeout: 600_000 }, () => {
    const user = join(folder, 'user');
    mkdirSync(user);
    git(user, 'init', '--quiet');
    writeFileSync(join(user, '.pre-commit-config.yaml'), `repos:\n  - repo: ${root}\n    rev: ${git(root, 'rev-parse', 'HEAD')}\n    hooks: [{ id: sslmode }]\n`);
    writeFileSync(join(user, 'readme.md'), 'x\n');
    writeFileSync(join(user, '.env'), 'DATABASE_URL=postgres://app:hunter2@db.example.com/app?sslmode=disable\n');
    git(user, 'add', '.');
    const run = () => spawnSync('pre-commit', ['run'], { cwd: user, env: ENV, encoding: 'utf8' });
    const bad = run();
    expect(bad.stdout).toContain('error[no-plaintext]');
    expect(bad.stdout).not.toContain('hunter2');
    expect(bad.status).toBe(1);
    writeFileSync(join(user, '.env'), 'DATABASE_URL=postgres://app:hunter2@db.example.com/app?sslmode=verify-full&sslrootcert=system\n');
    git(user, 'add', '.');
    expect(run().status).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('action.yml', () => {
  /** Runs the action's script with a stand-in for the CLI that prints its arguments. */
  function args(inputs: { paths: string; args: string; sarif: string }): string[] {
    const action = yaml('action.yml') as { runs: { steps: { run?: string }[] } };
    const script = action.runs.steps.find(({ run }) => run !== undefined)?.run ?? '';
    // Inputs are never part of the script.
    expect(script).not.toContain('${{');
    const stand = join(folder, 'action');
    mkdirSync(join(stand, 'tools'), { recursive: true });
    writeFileSync(join(stand, 'tools/standalone.mjs'), 'console.log(JSON.stringify(process.argv.slice(2)));\n');
    const env = { ...process.env, ACTION: stand, GITHUB_STEP_SUMMARY: '/tmp/sum mary', PATHS: inputs.paths, ARGS: inputs.args, SARIF: inputs.sarif };
    return JSON.parse(execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], { env, cwd: root, encoding: 'utf8' })) as string[];
  }

  it('hands its inputs on, and runs none of them', () => {
    expect(args({ paths: '.', args: '', sarif: '' })).toEqual(['scan', '--format', 'github', '--format', 'markdown=/tmp/sum mary', '--', '.']);
    expect(args({ paths: 'apps deploy/*', args: '--exclude ** --minimum verify-full', sarif: 'a b.sarif' })).toEqual([
      ...['scan', '--format', 'github', '--format', 'markdown=/tmp/sum mary', '--format', 'sarif=a b.sarif'],
      ...['--exclude', '**', '--minimum', 'verify-full', '--', 'apps', 'deploy/*'],
    ]);
    expect(args({ paths: '$(id) `id` "; id', args: '', sarif: '' }).slice(-5)).toEqual(['--', '$(id)', '`id`', '";', 'id']);
  });
});
