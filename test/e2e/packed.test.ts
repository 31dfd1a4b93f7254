// The published shape is real: what `npm publish` would send, installed by npm into a new project.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const connection = 'postgres://app:hunter2@db.example.com/app?sslmode=disable';
const minutes = 60_000;

const project = {
  'package.json': JSON.stringify({ private: true, type: 'module' }),
  '.env': `DATABASE_URL=${connection}\n`,
  'database.js': `
import pg from 'pg';
export const pool = new pg.Pool({ connectionString: '${connection}' });
`,
  'eslint.config.js': `
import { defineConfig } from 'eslint/config';
import sslmode from 'eslint-plugin-sslmode';
export default defineConfig([sslmode.configs.recommended]);
`,
  'imports.js': `
import { explain, parse } from '@sslmode/core';
import '@sslmode/core/files';
import '@sslmode/core/code';
import '@sslmode/core/project';
import { scan } from 'sslmode';
import plugin from 'eslint-plugin-sslmode';
import { createRequire } from 'node:module';
const schema = createRequire(import.meta.url)('@sslmode/core/schemas/policy.json');
console.log([explain, parse, scan, plugin, schema].map((value) => typeof value).join(' '));
`,
};

const TYPED_CONFIG = `
import parser from '@typescript-eslint/parser';
import { defineConfig } from 'eslint/config';
import sslmode, { type SslmodeSettings } from 'eslint-plugin-sslmode';

const policy: SslmodeSettings = { minimum: { public: 'verify-full' } };

export default defineConfig([
  sslmode.configs.recommended,
  { files: ['**/*.ts'], languageOptions: { parser } },
  { settings: { sslmode: policy } },
  { settings: { sslmode: { minimum: { private: 'require' } } } },
]);
`;

/** From here on whatever goes to the network throws, and says so. */
const CUT_OFF = `
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
const refuse = () => {
  process.stderr.write('SOCKET\\n');
  throw new Error('a socket was opened');
};
net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.Socket.prototype.bind = refuse;
dgram.Socket.prototype.send = refuse;
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) dns[name] = refuse;
`;

let tarballFolder: string;
let tarballs: string[];

beforeAll(async () => {
  tarballFolder = await mkdtemp(join(tmpdir(), 'sslmode-tarballs-'));
  const packed = await run('node', [join(root, 'tools/pack.mjs'), tarballFolder], root);
  expect(packed.code, packed.stderr).toBe(0);
  tarballs = JSON.parse(packed.stdout) as string[];
}, 5 * minutes);

afterAll(() => rm(tarballFolder, { recursive: true, force: true }));

it('the packages hold what they run on, and nothing else', { timeout: minutes }, async () => {
  expect(tarballs).toHaveLength(3);
  for (const tarball of tarballs) {
    const { code, stdout, stderr } = await run('tar', ['-tzf', basename(tarball)], tarballFolder);
    expect(code, stderr).toBe(0);
    const files = stdout.trim().split(/\r?\n/).map((path) => path.replace(/^package\//, ''));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']));
    expect(files.filter((path) => !/^(?:LICENSE|README\.md|package\.json|schemas\/[\w-]+\.json|dist\/THIRD-PARTY-LICENSES\.txt|dist\/(?:[\w-]+\/)*[\w.-]+\.(?:[cm]?js|d\.[cm]?ts|md))$/.test(path))).toEqual([]);
    expect(files.filter((path) => /\.test\.|fixtures|\.map$|tsbuildinfo/.test(path))).toEqual([]);
  }
});

// The oldest version that the plugin's peerDependencies allow, and the newest major.
describe.each(['9.38.0', '10'])('packages as published, in a new npm project with ESLint %s', { timeout: minutes }, (version) => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sslmode-packed-'));
    for (const [name, text] of Object.entries(project)) await writeFile(join(folder, name), text);
    const packages = [`eslint@${version}`, ...tarballs];
    const installed = await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], folder);
    expect(installed.code, installed.stderr).toBe(0);
  }, 5 * minutes);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('npx sslmode scan . reports the weak connections, and not their password', async () => {
    const { code, stdout, stderr } = await run('npx', ['sslmode', 'scan', '.'], folder);
    expect(code, stderr).toBe(1);
    expect(stdout).toContain('no-plaintext');
    expect(stdout).toContain('db.example.com');
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('the bundle opens no socket, whatever it reads', async () => {
    await writeFile(join(folder, 'cut-off.mjs'), CUT_OFF);
    const bin = join('node_modules', 'sslmode', 'dist', 'bin.cjs');
    for (const argv of [['scan', '.'], ['inventory', '.'], ['explain', connection], ['doctor', '--for', connection]]) {
      const { stdout, stderr } = await run('node', ['--import', './cut-off.mjs', bin, ...argv], folder);
      expect(stdout, stderr).not.toBe('');
      expect(stderr, argv.join(' ')).not.toContain('SOCKET');
    }
    // It would be noticed.
    expect((await run('node', ['--import', './cut-off.mjs', bin, 'probe', '127.0.0.1:1', '--timeout', '1'], folder)).stderr).toContain('SOCKET');
  });

  it('npx eslint . reports them with the recommended config, in code and in .env', async () => {
    const { code, stdout, stderr } = await run('npx', ['eslint', '.', '--format', 'json'], folder);
    expect(code, stdout + stderr).toBe(1);
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
    const rules = results.map(({ filePath, messages }) => [basename(filePath), messages.map(({ ruleId }) => ruleId)]);
    expect(Object.fromEntries(rules)).toMatchObject({
      'database.js': ['sslmode/no-plaintext'],
      '.env': ['sslmode/no-plaintext'],
    });
  });

  // Node has loaded TypeScript by itself since 22.18. The settings are given a type, as an editor completes them.
  it.for(['22', '24'])('Node %s loads eslint.config.ts by itself, and its settings count', async (major) => {
    const nodes = join(tarballFolder, `node-${major}`);
    const brought = await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--prefix', nodes, `node@${major}`], tarballFolder);
    expect(brought.code, brought.stderr).toBe(0);
    const parser = await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '@typescript-eslint/parser', 'typescript@~6.0'], folder);
    expect(parser.code, parser.stderr).toBe(0);
    expect(existsSync(join(folder, 'node_modules/jiti'))).toBe(false);
    await writeFile(join(folder, 'eslint.config.ts'), TYPED_CONFIG);
    await writeFile(join(folder, 'pool.ts'), "import { Pool, type PoolConfig } from 'pg';\nconst options: PoolConfig = { host: 'db.example.com', ssl: { rejectUnauthorized: false } };\nexport const pool = new Pool(options);\n");
    const eslint = (config: string) => run(join(nodes, 'node_modules/node/bin/node'), ['node_modules/eslint/bin/eslint.js', '--flag', 'unstable_native_nodejs_ts_config', '--config', config, 'pool.ts', '--format', 'json'], folder);
    const { code, stdout, stderr } = await eslint('eslint.config.ts');
    expect(code, stdout + stderr).toBe(1);
    const [result] = JSON.parse(stdout) as { messages: { ruleId: string; line: number }[] }[];
    expect(result?.messages).toMatchObject([{ ruleId: 'sslmode/no-unverified-certificate', line: 2 }]);
    if (version !== '10') return;
    const tsc = (config: string) => run('node', ['node_modules/typescript/bin/tsc', '--noEmit', '--skipLibCheck', '--strict', '--module', 'nodenext', config], folder);
    const good = await tsc('eslint.config.ts');
    expect(good.stdout).toBe('');
    await writeFile(join(folder, 'wrong.config.ts'), TYPED_CONFIG.replace(/minimum/g, 'minimun'));
    expect((await tsc('wrong.config.ts')).stdout).toContain("'minimun' does not exist");
  });

  it('every export can be imported', async () => {
    const { code, stdout, stderr } = await run('node', ['imports.js'], folder);
    expect(code, stderr).toBe(0);
    expect(stdout.trim()).toBe('function function function object object');
  });
});

function run(command: string, args: string[], cwd: string) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    // Colours and a CI's variables would change what the tools print.
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const shell = process.platform === 'win32' && command !== 'node';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, ...output });
    });
  });
}
