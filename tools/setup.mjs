// Brings a clone to the point where its packages can be used: dependencies installed, the packages built.
// Plain Node without dependencies, since it runs before there are any.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = ['core', 'eslint-plugin', 'cli'].map((name) => join(root, 'packages', name));
const lockFile = join(root, '.setup.lock');

/** A step of the set-up failed; `output` is all that it printed. */
export class SetupError extends Error {
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}

/** Installs what is missing. Says nothing unless there is work to do. */
export async function install() {
  await upToDate([installed]);
}

/** Installs what is missing, and builds the packages when one of their sources has changed. */
export async function setUp() {
  await upToDate([installed, built]);
}

/** The CLI alone, for those who only use it (a pre-commit hook, an action): a fraction of what developing needs. */
export async function setUpAlone() {
  await upToDate([standing]);
}

/** Builds all packages: turbo knows which of them have changed. */
export async function build() {
  await install();
  await withLock(() => turboBuild());
}

async function upToDate(steps) {
  if (steps.every((step) => step.isDone())) return;
  await withLock(async () => {
    for (const step of steps) {
      // Another process may have done it while this one waited for the lock.
      if (step.isDone()) continue;
      process.stderr.write(`${step.title} …\n`);
      await step.run();
    }
  });
}

/** Each stamp lies in what it speaks of, so that removing that folder removes it too. */
const installed = step({
  title: 'Installing dependencies',
  stamp: join(root, 'node_modules/.setup-install'),
  key() {
    const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name));
    const manifests = packages.map((folder) => join(folder, 'package.json'));
    const hash = createHash('sha256').update(process.version.split('.')[0]).update(process.platform).update(process.arch);
    for (const file of [...files, ...manifests]) hash.update(readFileSync(file));
    return hash.digest('hex');
  },
  run: () => pnpm(['install', '--frozen-lockfile']),
});

const built = step({
  title: 'Building',
  stamp: join(root, 'packages/cli/dist/.setup-build'),
  // Times and sizes, not contents: reading everything would cost more than the CLI's own start.
  // turbo, which runs when this differs, looks at the contents.
  key() {
    const hash = createHash('sha256').update(readFileSync(installed.stamp));
    for (const file of sources()) {
      const { mtimeMs, size } = statSync(file);
      hash.update(`${relative(root, file)}\0${mtimeMs}\0${size}\n`);
    }
    return hash.digest('hex');
  },
  async run() {
    await turboBuild('--filter=sslmode');
    // A scan does not break with the plugin: `npm test` says what is wrong there.
    await turboBuild().catch(() => process.stderr.write('The ESLint plugin could not be built; the CLI is there.\n'));
  },
});

const standing = step({
  title: 'Setting up sslmode, the first time only',
  stamp: join(root, 'packages/cli/dist/.setup-alone'),
  key: () => createHash('sha256').update(process.version.split('.')[0]).update(process.platform).update(process.arch).update(readFileSync(join(root, 'pnpm-lock.yaml'))).digest('hex'),
  async run() {
    await pnpm(['install', '--frozen-lockfile', '--filter', 'sslmode...']);
    await run(process.execPath, ['build.mjs'], { cwd: join(root, 'packages/cli') });
  },
});

function turboBuild(...args) {
  return pnpm(['exec', 'turbo', 'run', 'build', ...args, '--output-logs=errors-only', '--ui=stream']);
}

function step({ title, stamp, key, run }) {
  return {
    title,
    stamp,
    isDone: () => existsSync(stamp) && readFileSync(stamp, 'utf8') === key(),
    async run() {
      // Computed before the work: a source that is changed meanwhile is then seen the next time.
      const before = key();
      await run();
      writeFileSync(stamp, before);
    },
  };
}

function* sources() {
  yield join(root, 'tsconfig.base.json');
  // The CLI brings the rules' pages.
  yield* walk(join(root, 'docs/rules'));
  for (const folder of packages) {
    for (const name of ['package.json', 'tsconfig.json', 'build.mjs', 'src', 'schemas']) {
      const path = join(folder, name);
      if (existsSync(path)) yield* walk(path);
    }
  }
}

/** The folders themselves are given too: their times tell of removed files. */
function* walk(path) {
  yield path;
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path).sort()) yield* walk(join(path, name));
}

/** Runs the pnpm that package.json names, whether or not one is installed on this machine. */
export function pnpm(args, options) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // turbo calls pnpm by name: `npm exec` puts the one it fetched on the path. It would ask the
  // registry each time for what it has long had, and wait for a minute where there is no network.
  const exec = ['exec', '--yes', '--prefer-offline', '--loglevel=error', `--package=${packageManager}`, '--'];
  return npm([...exec, 'pnpm', ...args], options);
}

function npm(args, options) {
  // Under `npm run` npm says where it is. Starting that file needs no shell, not even on Windows.
  const path = process.env.npm_execpath;
  if (path?.endsWith('npm-cli.js')) return run(process.execPath, [path, ...args], options);
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/** Runs a command to its end, keeping what it prints. Rejects with a SetupError if it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', ...options.env };
    // What is kept is shown on this process's own output, if at all: that is what decides on colour.
    if (!process.stdout.isTTY && env.FORCE_COLOR === undefined) env.NO_COLOR = '1';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new SetupError(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

/** Two commands started at once must not install or build into the same folders. */
async function withLock(work) {
  while (!takeLock()) await sleep(100);
  const release = () => rmSync(lockFile, { force: true });
  const interrupted = () => process.exit(130);
  process.on('exit', release).on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    await work();
  } finally {
    release();
    process.off('exit', release).off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

function takeLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned()) rmSync(lockFile, { force: true });
    return false;
  }
}

/** Whoever wrote the lock was killed before it could remove it. */
function isAbandoned() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    // Still empty: its owner is between creating and writing it, or was killed there.
    if (pid === 0) return Date.now() - statSync(lockFile).mtimeMs > 10_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
