import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseGitignore } from '../../src/scan/gitignore.ts';
import { tree } from '../support.ts';

describe('parseGitignore', () => {
  it.for<[pattern: string, path: string, isFolder: boolean, expected: 'ignored' | 'unignored' | undefined]>([
    ['dist', 'dist', true, 'ignored'],
    ['dist', 'a/b/dist', false, 'ignored'],
    ['/dist', 'a/dist', true, undefined],
    ['dist/', 'dist', false, undefined],
    ['dist/', 'a/dist', true, 'ignored'],
    ['a/dist', 'b/a/dist', true, undefined],
    ['*.env', 'app/prod.env', false, 'ignored'],
    ['!prod.env', 'app/prod.env', false, 'unignored'],
    ['*.env\n!prod.env', 'prod.env', false, 'unignored'],
    ['!prod.env\n*.env', 'prod.env', false, 'ignored'],
    ['a/**', 'a', true, undefined],
    ['a/**', 'a/b/c', false, 'ignored'],
    ['a/**/c', 'a/c', false, 'ignored'],
    ['**/c', 'c', false, 'ignored'],
    ['# comment', '# comment', false, undefined],
    ['\\#name', '#name', false, 'ignored'],
    ['trailing  ', 'trailing', false, 'ignored'],
    ['kept\\ ', 'kept ', false, 'ignored'],
    ['crlf\r\n', 'crlf', false, 'ignored'],
    ['\ufeffbom', 'bom', false, 'ignored'],
    ['[', '[', false, undefined],
    ['/', 'a', true, undefined],
  ])('%j on %j (folder: %j): %j', ([pattern, path, isFolder, expected]) => {
    expect(parseGitignore(pattern).test(path.split('/'), isFolder)).toBe(expected);
  });

  it('takes no time over patterns made to take forever', () => {
    const start = performance.now();
    expect(parseGitignore(`${'*a'.repeat(120)}b`).test(['a'.repeat(255)], false)).toBeUndefined();
    expect(parseGitignore(`${'**/a/'.repeat(120)}b`).test(Array.from({ length: 1000 }, () => 'a'), false)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('agrees with git', () => {
    const random = seeded(20261124);
    const pick = (words: readonly string[]): string => words[random(words.length)] ?? '';
    const several = (most: number, make: () => string): string[] => Array.from({ length: 1 + random(most) }, make);
    const names = ['a', 'b', 'ab', 'aab', '.env', 'a.b', 'foo', 'f-o', 'x y', 'a]', '!a', '#a', 'A', 'a ', 'a\\'];
    const atoms = [
      ...['a', 'b', 'foo', '.env', '.', '-', ' ', '!', '#', '*', '**', '?', '/', '/', '\\a', '\\ ', '\\'],
      ...['[ab]', '[!a]', '[a-c]', '[[:alpha:]]', '[^]]', '[]a]', '[a-]', '[\\]]', '[[:none:]]', ']'],
    ];
    const rounds = Array.from({ length: 300 }, (_, round) => ({
      folder: `r${round}`,
      patterns: several(3, () => several(5, () => pick(atoms)).join('')).join('\n'),
      paths: several(40, () => several(3, () => pick(names)).join('/')),
    }));
    const root = tree(Object.fromEntries(rounds.map(({ folder, patterns }) => [`${folder}/.gitignore`, `${patterns}\n`])));
    execFileSync('git', ['init', '--quiet', root]);
    const asked = rounds.flatMap(({ folder, patterns, paths }) => paths.map((path) => ({ patterns, path, full: `${folder}/${path}` })));
    const git = spawnSync('git', ['-C', root, 'check-ignore', '--no-index', '-z', '-v', '-n', '--stdin'], {
      input: asked.map(({ full }) => `${full}\0`).join(''),
      encoding: 'utf8',
    });
    const fields = git.stdout.split('\0');
    const expected = asked.map((_, index) => {
      const [source, , pattern] = fields.slice(index * 4, index * 4 + 3);
      return source === '' ? undefined : pattern?.startsWith('!') === true ? 'unignored' : 'ignored';
    });
    const disagreements = asked.filter(({ patterns, path }, index) => decide(patterns, path.split('/')) !== expected[index]);
    expect(disagreements).toEqual([]);
    expect(expected.filter((result) => result === 'ignored').length).toBeGreaterThan(500);
  });
});

/** As a walk would: a file in an ignored folder is ignored. */
function decide(text: string, path: readonly string[]): string | undefined {
  const patterns = parseGitignore(text);
  for (let length = 1; length < path.length; length++) {
    if (patterns.test(path.slice(0, length), true) === 'ignored') return 'ignored';
  }
  return patterns.test(path, false);
}

/** The same numbers on every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}
