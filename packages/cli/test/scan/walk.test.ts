import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walk, type Walked, type WalkOptions } from '../../src/scan/walk.ts';
import { tree } from '../support.ts';

const test: WalkOptions['test'] = (path) => ({ known: /\.(env|yaml)$/.test(path), environment: path.endsWith('.env') });

function all(start: string, options: Partial<WalkOptions> = {}): string[] {
  const lines: string[] = [];
  for (const entry of walk(start, { projectRoot: start, gitignore: true, excludes: () => false, test, ...options })) {
    lines.push(describeEntry(entry, start));
  }
  return lines;
}

function describeEntry(entry: Walked, start: string): string {
  const path = relative(start, entry.path);
  if (entry.kind === 'file') return entry.gitIgnored ? `${path} (git-ignored)` : path;
  return entry.kind === 'problem' ? `${path}: ${entry.message}` : `${path} (${entry.kind})`;
}

describe('walk', () => {
  it('finds files that can hold something, in a fixed order, and passes over what others made', () => {
    const folder = tree({
      'b/.env': '',
      'a/z.yaml': '',
      'a/b.yaml': '',
      '.env': '',
      'readme.md': '',
      'node_modules/x/.env': '',
      '.git/x.yaml': '',
      'a/node_modules/y.yaml': '',
      '.github/workflows/ci.yaml': '',
    });
    expect(all(folder)).toEqual(['.env', '.github/workflows/ci.yaml', 'a/b.yaml', 'a/z.yaml', 'b/.env']);
  });

  it('enters a folder that is named, whatever its name', () => {
    const folder = tree({ 'node_modules/x/.env': '' });
    expect(all(join(folder, 'node_modules'))).toEqual(['x/.env']);
  });

  it('respects .gitignore from the project root down, but for environment files in folders that are not ignored', () => {
    const folder = tree({
      '.gitignore': 'build/\n*.yaml\n.env\n',
      '.git/info/exclude': 'secret/\n',
      'app/.gitignore': '!keep.yaml\n',
      'app/.env': '',
      'app/keep.yaml': '',
      'app/other.yaml': '',
      'app/build/.env': '',
      'app/secret/.env': '',
    });
    expect(all(join(folder, 'app'), { projectRoot: folder })).toEqual(['.env (git-ignored)', 'keep.yaml', 'other.yaml (left-out)']);
    expect(all(join(folder, 'app'), { projectRoot: folder, gitignore: false })).toEqual([
      '.env',
      'keep.yaml',
      'other.yaml',
      'build/.env',
      'secret/.env',
    ]);
  });

  it('asks a repository inside the repository for its own patterns alone', () => {
    const folder = tree({ '.gitignore': '*.yaml\n', 'sub/.git/HEAD': '', 'sub/.gitignore': 'b.yaml\n', 'sub/a.yaml': '', 'sub/b.yaml': '' });
    expect(all(folder)).toEqual(['sub/a.yaml', 'sub/b.yaml (left-out)']);
  });

  it('leaves out what is excluded', () => {
    const folder = tree({ 'a/.env': '', 'b/.env': '', 'b/c.yaml': '' });
    const excluded = new Set([join(folder, 'a'), join(folder, 'b/.env')]);
    expect(all(folder, { excludes: (path) => excluded.has(path) })).toEqual(['b/.env (excluded)', 'b/c.yaml']);
  });

  it('follows no link, and says which it would have followed', () => {
    const outside = tree({ 'far.env': '' });
    const folder = tree({ 'real.env': '', 'a/x.yaml': '', 'notes.txt': '' });
    symlinkSync('..', join(folder, 'a/loop'));
    symlinkSync('.', join(folder, 'self'));
    symlinkSync(join(folder, 'a'), join(folder, 'inside'));
    symlinkSync(outside, join(folder, 'outside'));
    symlinkSync(join(outside, 'far.env'), join(folder, 'out.env'));
    symlinkSync('real.env', join(folder, 'alias.env'));
    symlinkSync('notes.txt', join(folder, 'renamed.env'));
    symlinkSync('nowhere', join(folder, 'dangling.env'));
    symlinkSync('nowhere', join(folder, 'dangling.txt'));
    symlinkSync('round.env', join(folder, 'round.env'));
    expect(all(folder)).toEqual([
      'dangling.env: cannot be read: a link to something that does not exist',
      'out.env: not followed: a link to a file outside the project',
      'outside: not followed: a link to a folder outside the project',
      'real.env',
      'renamed.env: not followed: a link; scan the file that it leads to',
      'round.env: not followed: a link that leads back to itself',
      'self: not followed: a link to a folder that it lies in, so it would never end',
      'a/loop: not followed: a link to a folder that it lies in, so it would never end',
      'a/x.yaml',
    ]);
  });

  it('opens no pipe', () => {
    const folder = tree();
    execFileSync('mkfifo', [join(folder, 'pipe.env')]);
    expect(all(folder)).toEqual(['pipe.env: not read: a named pipe']);
  });

  it('takes names as they come, and a folder named like a file for a folder', () => {
    const folder = tree({ 'line\nfeed.env': '', ' .env': '', 'ünï ☃.yaml': '', '*.env': '' });
    mkdirSync(join(folder, 'folder.env'));
    writeFileSync(join(folder, 'folder.env/x.env'), '');
    expect(all(folder)).toEqual([' .env', '*.env', 'line\nfeed.env', 'ünï ☃.yaml', 'folder.env/x.env']);
  });

  it('goes as deep as a tree does', () => {
    const folder = tree();
    const deep = Array.from({ length: 900 }, () => 'd').join('/');
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, '.env'), '');
    expect(all(folder)).toEqual([`${deep}/.env`]);
  });
});
