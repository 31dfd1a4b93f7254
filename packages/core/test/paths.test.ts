import { describe, expect, it } from 'vitest';
import { dirname, foldersUpward, isWithin, normalizePath, relativePath, resolvePath } from '../src/paths.ts';

describe('normalizePath', () => {
  it.for<[path: string, expected: string]>([
    ['/a/./b//c/../d/', '/a/b/d'],
    ['/', '/'],
    ['/../a', '/a'],
    ['a/../../b', '../b'],
    ['', '.'],
    [String.raw`c:\Users\x\..\y`, 'C:/Users/y'],
    ['C:/', 'C:/'],
    ['C:', 'C:/'],
    [String.raw`\\server\share\x`, '//SERVER/SHARE/x'.replace('SERVER/SHARE', 'server/share')],
    [String.raw`/a\b`, String.raw`/a\b`],
  ])('%s is %s', ([path, expected]) => {
    expect(normalizePath(path)).toBe(expected);
  });
});

describe('relativePath', () => {
  it.for<[folder: string, path: string, expected: string]>([
    ['/a/b', '/a/b/c/d', 'c/d'],
    ['/a/b', '/a/x', '../x'],
    ['/a/b', '/a/b', ''],
    ['/', '/a', 'a'],
    ['C:/a', 'C:/a/b', 'b'],
    ['C:/a', 'D:/b', 'D:/b'],
    ['.', 'a/b', 'a/b'],
  ])('from %s to %s is %s', ([folder, path, expected]) => {
    expect(relativePath(folder, path)).toBe(expected);
  });
});

it('finds the folders above', () => {
  expect(foldersUpward('/a/b/c', '/a')).toEqual(['/a/b/c', '/a/b', '/a']);
  expect(foldersUpward('/a', '/')).toEqual(['/a', '/']);
  expect(foldersUpward('C:/a/b', 'C:/')).toEqual(['C:/a/b', 'C:/a', 'C:/']);
  expect(foldersUpward('/a', '/b')).toEqual(['/a']);
  expect(dirname('/a')).toBe('/');
  expect(dirname('/')).toBe('/');
  expect(dirname('C:/a')).toBe('C:/');
  expect(dirname('a')).toBe('.');
});

it('resolves against a folder', () => {
  expect(resolvePath('/a/b', '../c.yaml')).toBe('/a/c.yaml');
  expect(resolvePath('/a/b', '/c.yaml')).toBe('/c.yaml');
  expect(resolvePath('C:/a', String.raw`..\c.yaml`)).toBe('C:/c.yaml');
  expect(isWithin('/a', '/ab')).toBe(false);
  expect(isWithin('/', '/ab')).toBe(true);
});
