import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tree } from '../support.ts';

/** Git without the configuration, hooks and environment of whoever runs the tests. */
const ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** Runs git in a folder, as somebody with a name. */
export function git(folder: string, ...args: string[]): string {
  const options = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', '-c', 'core.autocrlf=false'];
  return execFileSync('git', [...options, ...args], { cwd: folder, env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Commits everything. */
export function commit(folder: string): void {
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'x');
}

/** A repository with one commit of these files; without a commit where there are none. */
export function repository(files?: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = tree(files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  if (files !== undefined) commit(folder);
  return folder;
}
