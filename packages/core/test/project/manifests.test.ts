import { describe, expect, it } from 'vitest';
import { bunLock } from '../../src/project/manifests/bun-lock.ts';
import type { Dependency, LockKind } from '../../src/project/manifests/manifest.ts';
import { newestOfLowestMajor } from '../../src/project/manifests/npm-range.ts';
import { npm } from '../../src/project/manifests/npm.ts';
import { packageLock } from '../../src/project/manifests/package-lock.ts';
import { pnpmLock } from '../../src/project/manifests/pnpm-lock.ts';
import { yarnLock } from '../../src/project/manifests/yarn-lock.ts';

describe('the newest version of the lowest major that a range allows', () => {
  it.for<[range: string, version: string | null]>([
    ['^8.11.0', '8'],
    ['^8', '8'],
    ['8', '8'],
    ['8.x', '8'],
    ['8.*', '8'],
    ['8.11.x', '8.11'],
    ['8.11.3', '8.11.3'],
    ['=8.11.3', '8.11.3'],
    ['v8.11.3', '8.11.3'],
    ['~8.11.0', '8.11'],
    ['~8', '8'],
    ['>=8', '8'],
    ['>= 8.2.0', '8'],
    ['>8', '9'],
    ['>8.2', '8'],
    ['>=7 <9', '7'],
    ['<9 >=7', '7'],
    ['7.1.0 - 9', '7'],
    ['^7 || ^8', '7'],
    ['^8 || ^7', '7'],
    ['8.3.0 || ^8.11.0', '8'],
    ['^0.3.1', '0.3'],
    ['^8.0.0-beta.1', '8'],
    ['*', null],
    ['', null],
    ['x', null],
    ['latest', null],
    ['next || ^8', null],
    ['<9', null],
    ['workspace:*', null],
    ['workspace:^8.0.0', null],
    ['catalog:', null],
    ['file:../pg', null],
    ['github:brianc/node-postgres#v8', null],
    ['https://example.com/pg-8.0.0.tgz', null],
    [' '.repeat(10_000), null],
  ])('%s: %s', ([range, version]) => {
    expect(newestOfLowestMajor(range)).toBe(version);
  });
});

describe('package.json', () => {
  it('lists what it asks for in all its sections, and aliases by their real names', () => {
    expect(
      npm.dependencies('\uFEFF{"dependencies":{"pg":"^8","db":"npm:pg@^7","s":"npm:@a/b@1"},"devDependencies":{"postgres":"3"},"peerDependencies":{"pg-pool":"*"},"optionalDependencies":{"x":1},"bundleDependencies":["pg"]}'),
    ).toEqual([
      { name: 'pg', as: 'pg', range: '^8' },
      { name: 'pg', as: 'db', range: '^7' },
      { name: '@a/b', as: 's', range: '1' },
      { name: 'postgres', as: 'postgres', range: '3' },
      { name: 'pg-pool', as: 'pg-pool', range: '*' },
    ]);
  });

  it.for(['', '{', '[]', 'null', '"pg"'])('that is none is told: %s', (text) => {
    expect(npm.dependencies(text)).toBeNull();
  });

  it('with sections of other kinds has no dependencies', () => {
    expect(npm.dependencies('{"dependencies": ["pg"], "devDependencies": null, "__proto__": {"dependencies": {"pg": "8"}}}')).toEqual([]);
  });
});

const PG: Dependency = { name: 'pg', as: 'pg', range: '^8.11.0' };
const ALIAS: Dependency = { name: 'pg', as: 'db', range: '^7.0.0' };
const WITH = ['pg-connection-string'];

const PACKAGE_LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { pg: '^8.11.0' }, workspaces: ['apps/*'] },
    'apps/web': { name: 'web' },
    'apps/api': { name: 'api' },
    'node_modules/web': { resolved: 'apps/web', link: true },
    'node_modules/pg': { version: '8.11.3' },
    'node_modules/pg-connection-string': { version: '2.6.2' },
    'node_modules/db': { name: 'pg', version: '7.18.2' },
    'node_modules/db/node_modules/pg-connection-string': { version: '0.1.3' },
    'apps/api/node_modules/pg': { version: '8.2.0' },
    'apps/api/node_modules/pg-connection-string': { version: '2.3.0' },
  },
});

const PNPM_9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true

importers:

  .:
    dependencies:
      pg:
        specifier: ^8.11.0
        version: 8.11.3(pg-native@3.0.0)
    devDependencies:
      db:
        specifier: npm:pg@^7.0.0
        version: pg@7.18.2

  apps/api:
    dependencies:
      pg:
        specifier: 'catalog:'
        version: 8.2.0
      shared:
        specifier: workspace:*
        version: link:../shared

packages:

  pg@8.11.3:
    resolution: {integrity: sha512-x}
    engines: {node: '>= 8.0.0'}
    peerDependencies:
      pg-native: '>=3.0.1'

snapshots:

  weird@file:../weird:
    dependencies:
      pg-connection-string: 9.9.9

  pg-connection-string@2.6.2: {}

  pg@7.18.2:
    dependencies:
      pg-connection-string: 0.1.3

  pg@8.11.3(pg-native@3.0.0):
    dependencies:
      '@scope/other': 1.0.0
      pg-connection-string: 2.6.2
    optionalDependencies:
      pg-cloudflare: 1.1.1

  pg@8.2.0:
    dependencies:
      pg-connection-string: 2.3.0
`;

const PNPM_6 = `lockfileVersion: '6.0'

dependencies:
  pg:
    specifier: ^8.11.0
    version: 8.11.3(pg-native@3.0.0)

devDependencies:
  db:
    specifier: npm:pg@^7.0.0
    version: /pg@7.18.2

packages:

  /pg-connection-string@2.6.2:
    resolution: {integrity: sha512-x}
    dev: false

  /pg@7.18.2:
    dependencies:
      pg-connection-string: 0.1.3

  /pg@8.11.3(pg-native@3.0.0):
    resolution: {integrity: sha512-x}
    dependencies:
      pg-connection-string: 2.6.2
`;

const PNPM_5 = `lockfileVersion: 5.4

importers:

  .:
    specifiers:
      pg: ^8.11.0
    dependencies:
      pg: 8.11.3_pg-native@3.0.0
    devDependencies:
      db: /pg/7.18.2

  apps/api:
    dependencies:
      pg: 8.2.0

packages:

  /pg/7.18.2:
    dependencies:
      pg-connection-string: 0.1.3

  /pg/8.11.3_pg-native@3.0.0:
    resolution: {integrity: sha512-x}
    dependencies:
      pg-connection-string: 2.6.2

  /pg/8.2.0:
    dependencies:
      pg-connection-string: 2.3.0
`;

const YARN_1 = `# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


"db@npm:pg@^7.0.0":
  version "7.18.2"
  dependencies:
    pg-connection-string "0.1.3"

pg-connection-string@0.1.3:
  version "0.1.3"

pg-connection-string@^2.6.2:
  version "2.6.2"

pg@^8.0.0, pg@^8.11.0:
  version "8.11.3"
  resolved "https://registry.example/pg/-/pg-8.11.3.tgz#x"
  dependencies:
    "@scope/other" "^1.0.0"
    pg-connection-string "^2.6.2"
  optionalDependencies:
    pg-cloudflare "^1.1.1"
`;

const YARN_4 = `__metadata:
  version: 8
  cacheKey: 10

"db@npm:pg@^7.0.0":
  version: 7.18.2
  resolution: "pg@npm:7.18.2"
  dependencies:
    pg-connection-string: "npm:0.1.3"
  languageName: node
  linkType: hard

"pg-connection-string@npm:0.1.3":
  version: 0.1.3

"pg-connection-string@npm:^2.6.2":
  version: 2.6.2
  resolution: "pg-connection-string@npm:2.6.2"
  languageName: node

"pg@npm:^8.0.0, pg@npm:^8.11.0":
  version: 8.11.3
  resolution: "pg@npm:8.11.3"
  dependencies:
    pg-connection-string: "npm:^2.6.2"
  peerDependencies:
    pg-native: ">=3.0.1"
  languageName: node
  linkType: hard

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  dependencies:
    pg: "npm:^8.11.0"

"web@workspace:*, web@workspace:apps/web":
  version: 0.0.0-use.local
  resolution: "web@workspace:apps/web"
`;

const BUN = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "root", "dependencies": { "pg": "^8.11.0", "db": "npm:pg@^7.0.0", }, },
    "apps/api": { "name": "@acme/api", "dependencies": { "pg": "8.2.0" }, },
  },
  "packages": {
    "@acme/api": ["@acme/api@workspace:apps/api"],
    "@acme/api/pg": ["pg@8.2.0", "", {}, "sha512-x"],
    "@acme/api/pg/pg-connection-string": ["pg-connection-string@2.3.0", "", {}, "sha512-x"],
    "db": ["pg@7.18.2", "", {}, "sha512-x"],
    "db/pg-connection-string": ["pg-connection-string@0.1.3", "", {}, "sha512-x"],
    "pg": ["pg@8.11.3", "", { "dependencies": { "pg-connection-string": "^2.6.2" } }, "sha512-x"],
    "pg-connection-string": ["pg-connection-string@2.6.2", "", {}, "sha512-x"],
  }
}
`;

describe('lockfiles', () => {
  it.for<[what: string, kind: LockKind, text: string, importer: string, dependency: Dependency, expected: Record<string, string> | null]>([
    ['package-lock', packageLock, PACKAGE_LOCK, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['package-lock, alias', packageLock, PACKAGE_LOCK, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['package-lock, hoisted', packageLock, PACKAGE_LOCK, 'apps/web', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['package-lock, nested', packageLock, PACKAGE_LOCK, 'apps/api', PG, { pg: '8.2.0', 'pg-connection-string': '2.3.0' }],
    ['package-lock, no workspace', packageLock, PACKAGE_LOCK, 'apps/cron', PG, null],
    ['package-lock, a link', packageLock, PACKAGE_LOCK, '', { name: 'web', as: 'web', range: '*' }, null],
    [
      'package-lock version 1',
      packageLock,
      JSON.stringify({ lockfileVersion: 1, dependencies: { pg: { version: '8.2.0', dependencies: { 'pg-connection-string': { version: '2.3.0' } } }, 'pg-connection-string': { version: '0.1.3' } } }),
      '',
      PG,
      { pg: '8.2.0', 'pg-connection-string': '2.3.0' },
    ],
    ['pnpm 9', pnpmLock, PNPM_9, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['pnpm 9, alias', pnpmLock, PNPM_9, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['pnpm 9, importer', pnpmLock, PNPM_9, 'apps/api', PG, { pg: '8.2.0', 'pg-connection-string': '2.3.0' }],
    ['pnpm 9, a link', pnpmLock, PNPM_9, 'apps/api', { name: 'shared', as: 'shared', range: 'workspace:*' }, null],
    ['pnpm 9, no importer', pnpmLock, PNPM_9, 'apps/web', PG, null],
    ['pnpm 9, CRLF', pnpmLock, PNPM_9.replaceAll('\n', '\r\n'), '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['pnpm 11, two documents', pnpmLock, `---\nlockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    configDependencies: {}\n\n---\n${PNPM_9}`, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['pnpm 6', pnpmLock, PNPM_6, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['pnpm 6, alias', pnpmLock, PNPM_6, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['pnpm 5', pnpmLock, PNPM_5, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['pnpm 5, alias', pnpmLock, PNPM_5, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['pnpm 5, importer', pnpmLock, PNPM_5, 'apps/api', PG, { pg: '8.2.0', 'pg-connection-string': '2.3.0' }],
    ['yarn 1', yarnLock, YARN_1, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['yarn 1, alias', yarnLock, YARN_1, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['yarn 1, a range that was replaced', yarnLock, YARN_1, '', { ...PG, range: '^8.5.0' }, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['yarn 1, a folder with the same range', yarnLock, YARN_1, 'apps/web', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['yarn 1, a folder with another range', yarnLock, YARN_1, 'apps/web', { ...PG, range: '^7.0.0' }, null],
    ['yarn 4, workspace, a catalog', yarnLock, YARN_4, 'apps/web', { ...PG, range: 'catalog:' }, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['yarn 4, no workspace', yarnLock, YARN_4, 'apps/api', PG, null],
    ['yarn 1, unknown', yarnLock, YARN_1, '', { name: 'postgres', as: 'postgres', range: '3' }, null],
    ['yarn 4', yarnLock, YARN_4, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['yarn 4, alias', yarnLock, YARN_4, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['bun', bunLock, BUN, '', PG, { pg: '8.11.3', 'pg-connection-string': '2.6.2' }],
    ['bun, alias', bunLock, BUN, '', ALIAS, { pg: '7.18.2', 'pg-connection-string': '0.1.3' }],
    ['bun, workspace', bunLock, BUN, 'apps/api', PG, { pg: '8.2.0', 'pg-connection-string': '2.3.0' }],
    ['bun, no workspace', bunLock, BUN, 'apps/web', PG, null],
  ])('%s', ([, kind, text, importer, dependency, expected]) => {
    expect(kind.read(text)?.versions(importer, dependency, WITH) ?? null).toEqual(expected);
  });

  it('lead from pg-pool to the pg that it is used with', () => {
    const text = PNPM_9.replace('      pg:\n        specifier: ^8.11.0\n        version: 8.11.3(pg-native@3.0.0)', '      pg-pool:\n        specifier: ^3\n        version: 3.6.1(pg@8.11.3(pg-native@3.0.0))').concat(
      '\n  pg-pool@3.6.1(pg@8.11.3(pg-native@3.0.0)):\n    dependencies:\n      pg: 8.11.3(pg-native@3.0.0)\n',
    );
    expect(pnpmLock.read(text)?.versions('', { name: 'pg-pool', as: 'pg-pool', range: '^3' }, ['pg', 'pg-connection-string'])).toEqual({ 'pg-pool': '3.6.1', pg: '8.11.3', 'pg-connection-string': '2.6.2' });
  });

  it.for<[kind: LockKind, text: string]>([
    [packageLock, '{"packages": []}'],
    [packageLock, '{'],
    [packageLock, '{"packages": {"": null, "node_modules/pg": "8"}}'],
    [packageLock, '{"packages": {"": {}, "node_modules/pg": {"version": 8}}}'],
    [pnpmLock, '\0\n: \n- a\n  - b: c\n'],
    [yarnLock, 'pg@^8.11.0:\n  version'],
    [bunLock, '{"workspaces": {"": 1}, "packages": {"pg": []}}'],
    [bunLock, '{"workspaces": {"": 1}, "packages": {"pg": ["pg@workspace:x"]}}'],
  ])('that are broken tell nothing: %o', ([kind, text]) => {
    expect(kind.read(text)?.versions('', PG, WITH) ?? null).toBeNull();
  });

  it.for<[what: string, kind: LockKind, text: string]>([
    ['pnpm', pnpmLock, PNPM_9 + Array.from({ length: 20_000 }, (_, i) => `  x${i}@1.0.0:\n    dependencies:\n      pg: 8.0.0\n`).join('')],
    ['pnpm, deeply indented', pnpmLock, Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i * 2)}a:\n`).join('')],
    ['yarn', yarnLock, YARN_1 + 'pg@^9.0.0:\n  version "9.0.0"\n'.repeat(50_000)],
    ['yarn, one long line', yarnLock, `${'pg@1, '.repeat(300_000)}:\n`],
    ['bun', bunLock, BUN.replace('"packages": {', `"packages": {${Array.from({ length: 20_000 }, (_, i) => `"x${i}": ["x@1.0.0"],`).join('\n')}`)],
    ['package-lock, deep', packageLock, JSON.stringify({ packages: { ['a/'.repeat(50_000)]: {} } })],
  ])('are read in linear time: %s', ([, kind, text]) => {
    const start = performance.now();
    kind.read(text)?.versions('', PG, WITH);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
