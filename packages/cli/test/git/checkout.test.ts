import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { checkoutAround } from '../../src/git/checkout.ts';
import { tree } from '../support.ts';
import { git, repository } from './support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const made = (): string => realpathSync(repository({ 'a.env': 'A=1\n', 'sub/folder/b.env': 'B=1\n' }));

it.for(['.', 'sub', 'sub/folder'])('finds the checkout that git finds from %s', (from) => {
  const folder = join(made(), from);
  const [up = '', gitFolder = ''] = git(folder, 'rev-parse', '--show-cdup', '--absolute-git-dir').split('\n');
  expect(checkoutAround(folder)).toEqual({ top: resolve(folder, up), gitFolder });
});

it.for<[what: string, from: (top: string) => string]>([
  ['no repository', () => realpathSync(tree({ 'a.env': 'A=1\n' }))],
  ['a folder inside of .git', (top) => join(top, '.git', 'hooks')],
  ['a bare repository', (top) => git(top, 'clone', '--quiet', '--bare', '.', 'bare.git') + join(top, 'bare.git')],
  ['a folder of a bare repository', (top) => git(top, 'clone', '--quiet', '--bare', '.', 'bare.git') + join(top, 'bare.git', 'refs')],
  ['another work tree', (top) => git(top, 'worktree', 'add', '--quiet', 'other') + join(top, 'other')],
  ['a .git that is no repository', (top) => {
    mkdirSync(join(top, 'sub', '.git'));
    return join(top, 'sub');
  }],
  ['files that lie elsewhere', (top) => git(top, 'config', 'core.worktree', join(top, 'sub')) + top],
  ['a configuration in other files', (top) => git(top, 'config', 'include.path', 'more') + top],
  ['a repository that says it is bare', (top) => git(top, 'config', 'core.bare', 'true') + top],
  ['a link on the way', (top) => {
    symlinkSync(join(top, 'sub'), join(top, 'link'));
    return join(top, 'link');
  }],
])('leaves it to git: %s', ([, from]) => {
  expect(checkoutAround(from(made()))).toBeNull();
});
