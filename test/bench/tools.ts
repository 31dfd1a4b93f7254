// What we are compared with. None of it is a dependency: who measures installs it.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from './measure.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CLI = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url));
const INSTALLED = fileURLToPath(new URL('../../node_modules/.cache/bench/node_modules/.bin/', import.meta.url));
const INSTALL = 'npm install --prefix node_modules/.cache/bench';

/** Which files a comparison is about. */
export type Files = 'env-yaml' | 'all';

/** As ripgrep's globs, and as a pattern over names: the kinds that the CLI reads. */
const ENV_YAML = { globs: ['*.yml', '*.yaml', '.env', '.env.*', '*.env'], pattern: String.raw`\.ya?ml$|^\.env|\.env$` };
const OTHERS = ['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'mts', 'cts', 'json', 'json5', 'jsonc', 'toml', 'properties', 'ini', 'conf', 'cfg', 'xml', 'config', 'sh', 'bash', 'service', 'prisma', 'tf', 'tfvars', 'hcl', 'nomad'];
const ALL = { globs: [...ENV_YAML.globs, ...OTHERS.map((end) => `*.${end}`), 'Dockerfile*', 'Procfile*'], pattern: String.raw`${ENV_YAML.pattern}|\.(?:${OTHERS.join('|')})$|^Dockerfile|^Procfile` };

/** What every connection has one of. */
const NAMES = 'postgres|pgsql|sslmode|ssl_mode|PGHOST|PGSSL|database_url|jdbc:|5432|dbname|db_host|NODE_TLS_REJECT_UNAUTHORIZED';

/** A tool, or why it is not there. */
type Tool = { readonly name: string; readonly command: (path: string) => Command } | { readonly name: string; readonly missing: string };

/** The CLI over these files. */
export function ours(files: Files, path: string, more: readonly string[] = [], scanned = '.'): Command {
  const excluded = files === 'all' ? [] : ['--exclude', `**/*.{${OTHERS.join(',')}}`, '--exclude', '**/{Dockerfile,Procfile}*'];
  return { name: 'sslmode scan', argv: [process.execPath, CLI, 'scan', scanned, '--format', 'json', ...excluded, ...more], cwd: path };
}

/** Node's own start. */
export function bareNode(path: string): Command {
  return { name: 'node -e 0', argv: [process.execPath, '-e', '0'], cwd: path };
}

/** Everything to compare a scan with. */
export function tools(files: Files): readonly Tool[] {
  const { globs, pattern } = files === 'all' ? ALL : ENV_YAML;
  return [
    optional('rg', 'apt-get install ripgrep, or whatever brings it', (rg) => (path) => ({
      name: 'rg',
      // Case does not count, hidden files do, those that .gitignore names don't: as with us.
      argv: [rg, '--hidden', '--ignore-case', '--count', '--glob', '!.git', ...globs.flatMap((glob) => ['--glob', glob]), NAMES, '.'],
      cwd: path,
    })),
    { name: 'node: walk and read', command: (path) => ({ name: 'node: walk and read', argv: [process.execPath, join(HERE, 'walk-and-read.mjs'), '.', pattern], cwd: path }) },
    optional('secretlint', `${INSTALL} secretlint@11 @secretlint/secretlint-rule-preset-recommend@11`, (secretlint) => (path) => ({
      name: 'secretlint 11',
      argv: [secretlint, '--secretlintrc', secretlintConfig(), ...globs.flatMap((glob) => [`**/${glob}`])],
      cwd: path,
    })),
    // ast-grep has no grammar of .env; over YAML it looks for a key.
    optional('ast-grep', `${INSTALL} @ast-grep/cli`, (astGrep) => (path) => ({
      name: files === 'all' ? 'ast-grep (TypeScript)' : 'ast-grep (YAML)',
      argv: files === 'all' ? [astGrep, 'run', '--lang', 'ts', '--pattern', 'new Pool($$$)', '.'] : [astGrep, 'run', '--lang', 'yaml', '--pattern', 'sslmode: $MODE', '.'],
      cwd: path,
    })),
  ];
}

function optional(name: string, install: string, command: (file: string) => (path: string) => Command): Tool {
  const local = join(INSTALLED, name);
  const file = existsSync(local) ? local : name;
  return spawnSync(file, ['--version']).status === 0 ? { name, command: command(file) } : { name, missing: install };
}

function secretlintConfig(): string {
  const folder = join(tmpdir(), 'sslmode-bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'secretlintrc.json');
  writeFileSync(file, '{ "rules": [{ "id": "@secretlint/secretlint-rule-preset-recommend" }] }\n');
  return file;
}
