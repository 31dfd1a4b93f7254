import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseIndex } from '../../src/git/index-file.ts';
import type { Blob } from '../../src/git/repository.ts';
import { tree } from '../support.ts';
import { git, repository, write } from './support.ts';

// Processes of git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const indexOf = (folder: string): Buffer => readFileSync(join(folder, '.git', 'index'));

/** What git itself says. */
function listed(folder: string): ReadonlyMap<string, Blob> {
  const entries = git(folder, 'ls-files', '--stage', '-z').split('\0').flatMap((entry): [string, Blob][] => {
    const [, mode, oid, path] = /^(\d+) ([0-9a-f]+) 0\t([^]+)$/.exec(entry) ?? [];
    return mode === undefined || oid === undefined || path === undefined ? [] : [[path, { mode, oid }]];
  });
  return new Map(entries);
}

const files = (): Record<string, string> => ({
  ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${'a'.repeat(i)}/${'b'.repeat(i % 9)}c${i}.ts`.replace(/^\//, ''), `// ${i}\n`])),
  'with\nline feed.env': 'A=1\n',
  'ümläut/日本.yaml': 'a: 1\n',
  // Longer than the twelve bits that the format has for it.
  [`${'long/'.repeat(50)}${'x'.repeat(200)}.env`]: 'A=1\n',
});

describe('the index of git is read as git lists it', () => {
  it.for<[what: string, ...commands: string[][]]>([
    ['version 2', ['update-index', '--index-version', '2']],
    ['version 3: of a file only the name was added', ['add', '--intent-to-add', 'later.env']],
    ['version 3: a file that is left out of the working tree', ['update-index', '--skip-worktree', 'c0.ts']],
    ['version 4', ['update-index', '--index-version', '4']],
    ['version 4 with what version 3 brought', ['add', '--intent-to-add', 'later.env'], ['update-index', '--index-version', '4']],
    ['a link and a submodule', ['add', 'link'], ['update-index', '--add', '--cacheinfo', '160000,0123456789012345678901234567890123456789,sub']],
    ['nothing at all', ['rm', '-r', '--cached', '--quiet', '.']],
  ])('%s', ([, ...commands]) => {
    const folder = repository(files());
    write(folder, { 'later.env': 'B=1\n' });
    symlinkSync('c0.ts', join(folder, 'link'));
    for (const command of commands) git(folder, ...command);
    expect(parseIndex(indexOf(folder))).toEqual(listed(folder));
  });

  it('without files in conflict', () => {
    const folder = repository({ 'a.env': 'A=0\n', 'b.env': 'B=0\n' });
    git(folder, 'checkout', '--quiet', '-b', 'other');
    write(folder, { 'a.env': 'A=1\n' });
    git(folder, 'commit', '--quiet', '--all', '--message', 'one');
    git(folder, 'checkout', '--quiet', '-');
    write(folder, { 'a.env': 'A=2\n' });
    git(folder, 'commit', '--quiet', '--all', '--message', 'two');
    expect(() => git(folder, 'merge', 'other')).toThrow();
    expect([...(parseIndex(indexOf(folder)) ?? []).keys()]).toEqual(['b.env']);
    expect(parseIndex(indexOf(folder))).toEqual(listed(folder));
  });
});

describe('git has to be asked', () => {
  it.for<[what: string, ...commands: string[][]]>([
    ['where the index is split', ['update-index', '--split-index']],
    ['where folders stand for their files', ['sparse-checkout', 'init', '--cone', '--sparse-index'], ['sparse-checkout', 'set', 'kept']],
  ])('%s', ([, ...commands]) => {
    const folder = repository({ 'kept/a.env': 'A=1\n', 'other/b.env': 'B=1\n', 'c.env': 'C=1\n' });
    for (const command of commands) git(folder, ...command);
    expect(parseIndex(indexOf(folder))).toBeNull();
  });

  it('where objects have longer names', () => {
    const folder = tree({ 'a.env': 'A=1\n' });
    git(folder, 'init', '--quiet', '--object-format=sha256');
    git(folder, 'add', 'a.env');
    expect(parseIndex(indexOf(folder))).toBeNull();
  });

  it('where it has no checksum, as index.skipHash leaves it from git 2.40 on', () => {
    const bytes = indexOf(repository({ 'a.env': 'A=1\n' }));
    expect(parseIndex(bytes.fill(0, bytes.length - 20))).toBeNull();
  });

  it('wherever it is cut off or a byte is another', () => {
    const bytes = indexOf(repository({ 'a.env': 'A=1\n', 'b/c.env': 'C=1\n' }));
    expect(parseIndex(bytes)?.size).toBe(2);
    for (let at = 0; at < bytes.length; at++) {
      expect(parseIndex(bytes.subarray(0, at))).toBeNull();
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 0x41;
      expect(parseIndex(other)).toBeNull();
    }
  });
});
