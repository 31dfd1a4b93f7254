// The published shape is real: what `npm publish` would send, installed by npm into a new project.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const connection = 'postgres://app:hunter2@db.example.com/app?sslmode=disable';
const minutes = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sslmode-packed-'));
  const packed = await run('node', [join(root, 'tools/pack.mjs'), join(folder, 'tarballs')], root);
  expect(packed, packed.stderr).toMatchObject({ code: 0 });
  const tarballs = JSON.parse(packed.stdout) as string[];

  await write('package.json', JSON.stringify({ private: true, type: 'module' }));
  await write('.env', `DATABASE_URL=${connection}\n`);
  await write(
    'database.js',
    `import pg from 'pg';\nexport const pool = new pg.Pool({ connectionString: '${connection}' });\n`,
  );
  await write(
    'eslint.config.js',
    `import { defineConfig } from 'eslint/config';
import sslmode from 'eslint-plugin-sslmode';
export default defineConfig([sslmode.configs.recommended]);
`,
  );
  const installed = await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', 'eslint@10', ...tarballs]);
  expect(installed, installed.stderr).toMatchObject({ code: 0 });
}, 5 * minutes);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('packages as published, in a new npm project', { timeout: minutes }, () => {
  it('npx sslmode scan . reports the weak connection, and not its password', async () => {
    const { code, stdout, stderr } = await run('npx', ['sslmode', 'scan', '.']);
    expect(stderr).toBe('');
    expect(stdout).toContain('no-plaintext');
    expect(stdout).toContain('db.example.com');
    expect(stdout).not.toContain('hunter2');
    expect(code).toBe(1);
  });

  it('npx eslint . reports it with the recommended config, in code and in .env', async () => {
    const { code, stdout, stderr } = await run('npx', ['eslint', '.', '--format', 'json']);
    expect(stderr).toBe('');
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
    for (const file of ['database.js', '.env']) {
      const rules = results
        .filter(({ filePath }) => filePath.endsWith(file))
        .flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
      expect(rules, file).toEqual(['sslmode/no-plaintext']);
    }
    expect(code).toBe(1);
  });

  it('every export can be imported', async () => {
    await write(
      'imports.js',
      `import { explain, parse } from '@sslmode/core';
import '@sslmode/core/files';
import '@sslmode/core/code';
import '@sslmode/core/project';
import { scan } from 'sslmode';
import plugin from 'eslint-plugin-sslmode';
import { createRequire } from 'node:module';
const schema = createRequire(import.meta.url)('@sslmode/core/schemas/policy.json');
console.log([explain, parse, scan, plugin, schema].map((value) => typeof value).join(' '));
`,
    );
    const { stdout, stderr } = await run('node', ['imports.js']);
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe('function function function object object');
  });
});

function write(name: string, text: string) {
  return writeFile(join(folder, name), text);
}

function run(command: string, args: string[], cwd = folder) {
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
