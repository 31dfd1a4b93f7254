import { describe, expect, it } from 'vitest';
import { compileGlob } from '../src/glob.ts';

describe('path globs', () => {
  it.for<[pattern: string, path: string, matches: boolean]>([
    ['**/test/**', 'test/.env', true],
    ['**/test/**', 'apps/web/test/deep/db.yaml', true],
    ['**/test/**', 'latest/db.yaml', false],
    ['**/test/**', '../repo/test/.env', true],
    ['vendor/**', 'vendor/a/b.env', true],
    ['vendor/**', 'vendor', true],
    ['vendor/**', 'vendors/a.env', false],
    ['vendor/', 'vendor/a.env', true],
    ['./vendor/**', 'vendor/a.env', true],
    ['/vendor/**', 'vendor/a.env', true],
    ['deploy/*.json', 'deploy/app.json', true],
    ['deploy/*.json', 'deploy/x/app.json', false],
    ['*.env', '.env', true],
    ['*.env', 'a/.env', false],
    ['**/*.env', '.env', true],
    ['**', 'a/b/c', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'axb', false],
    ['apps/{web,api}/**', 'apps/api/.env', true],
    ['apps/{web,api}/**', 'apps/cron/.env', false],
    ['{a,b{c,d}}.env', 'bd.env', true],
    ['{a,b{c,d}}.env', 'b.env', false],
    ['{**/a,b}', 'x/y/a', true],
    ['{a,b}/**', 'b', true],
    ['{a}', '{a}', true],
    ['{a,b', '{a,b', true],
    ['?.env', 'x.env', true],
    ['?.env', '/.env', false],
    ['[a-c].env', 'b.env', true],
    ['[!a-c].env', 'b.env', false],
    ['[', '[', true],
    [String.raw`\*.env`, '*.env', true],
    [String.raw`\*.env`, 'a.env', false],
    ['', '', true],
    ['A.env', 'a.env', false],
  ])('%s on %s: %s', ([pattern, path, matches]) => {
    expect(compileGlob(pattern, 'path')(path)).toBe(matches);
  });
});

describe('host globs', () => {
  it.for<[pattern: string, host: string, matches: boolean]>([
    ['*.corp.example', 'db.eu.corp.example', true],
    ['*.CORP.example', 'db.Corp.example', true],
    ['*.corp.example', 'corp.example', false],
    ['*', 'db', true],
    ['db?.acme.com', 'db1.acme.com', true],
    ['{a,b}.acme.com', 'b.acme.com', true],
    ['10.0.*', '10.0.3.4', true],
    ['db.acme.com', 'dbxacme.com', false],
  ])('%s on %s: %s', ([pattern, host, matches]) => {
    expect(compileGlob(pattern, 'host')(host)).toBe(matches);
  });
});

it.for([
  ['stars', '*a'.repeat(200) + 'b', 'a'.repeat(500)],
  ['globstars', '**/'.repeat(200) + 'b', 'a/'.repeat(250)],
  ['braces', '{a,'.repeat(2000) + '}'.repeat(2000), 'a'.repeat(100)],
  ['open braces', '{,'.repeat(100_000), 'a'],
  ['open classes', '['.repeat(100_000), 'a'],
])('takes little time on many %s', (row) => {
  const start = performance.now();
  expect(compileGlob(row[1]!, 'path')(row[2]!)).toBe(false);
  expect(performance.now() - start).toBeLessThan(4000);
});
