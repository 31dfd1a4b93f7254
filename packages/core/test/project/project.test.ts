import { describe, expect, it } from 'vitest';
import { readFileSync } from '../../src/files/sync.ts';
import type { Evidence } from '../../src/judge/judgement.ts';
import { formatPolicyProblem, openProject, type ProjectOptions, type ProjectReader } from '../../src/project/index.ts';
import { parseYaml } from '../../src/project/yaml.ts';
import { tree } from './files.ts';

function open(files: Readonly<Record<string, string>>, options: Partial<ProjectOptions> = {}) {
  return openProject(tree(files), { base: '/repo', parseYaml, ...options });
}

/** `lockfile /repo/package-lock.json: node-postgres@8.11.3` */
function short(evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ kind, file, candidates }) => `${kind} ${file ?? '-'}: ${candidates.map(({ id, version }) => `${id}@${version ?? '?'}`).join(' ')}`);
}

describe('the project root', () => {
  it.for<[what: string, files: Record<string, string>, file: string, root: string]>([
    ['the nearest folder with .git', { '/repo/.git/HEAD': '', '/repo/a/b/.env': '' }, '/repo/a/b/.env', '/repo'],
    ['also where .git is a file, as in a worktree', { '/repo/a/.git': 'gitdir: x', '/repo/.git/HEAD': '' }, '/repo/a/b/.env', '/repo/a'],
    ['the path that was given', { '/repo/a/.env': '' }, '/repo/a/.env', '/repo'],
    ['above the path that was given', { '/.git/HEAD': '' }, '/repo/a/.env', '/'],
    ["the file's folder, outside of the path that was given", {}, '/other/a/.env', '/other/a'],
  ])('%s', ([, files, file, root]) => {
    expect(open(files).rootFor(file)).toBe(root);
  });

  it('on Windows', () => {
    const project = open({ 'C:/work/.git/HEAD': '', 'C:/work/sslmode.config.json': '{"minimum": "verify-ca"}' }, { base: String.raw`c:\work\apps` });
    expect(project.rootFor(String.raw`c:\work\apps\web\.env`)).toBe('C:/work');
    expect(project.policyFor(String.raw`c:\work\apps\web\.env`)).toMatchObject({ ok: true, path: 'apps/web/.env', policy: { file: 'C:/work/sslmode.config.json' } });
  });

  it('is found once for all files of a folder', () => {
    const reader = tree({ '/repo/.git/HEAD': '' });
    let asked = 0;
    const project = openProject({ read: reader.read, exists: (path) => (asked++, reader.exists(path)) }, { base: '/repo' });
    for (let i = 0; i < 1000; i++) project.rootFor(`/repo/a/b/c/${i}.env`);
    expect(asked).toBeLessThan(10);
  });
});

describe('the policy', () => {
  const CA = 'minimum: verify-ca';
  const JSON_CA = '{"minimum": "verify-ca"}';
  it.for<[what: string, files: Record<string, string>, file: string, from: string | null, path: string, minimum: string]>([
    ['none', { '/repo/.git/x': '' }, '/repo/a/.env', null, 'a/.env', 'require'],
    ['YAML', { '/repo/.git/x': '', '/repo/sslmode.config.yaml': CA }, '/repo/a/.env', '/repo/sslmode.config.yaml', 'a/.env', 'verify-ca'],
    ['yml', { '/repo/.git/x': '', '/repo/sslmode.config.yml': CA }, '/repo/a/.env', '/repo/sslmode.config.yml', 'a/.env', 'verify-ca'],
    ['JSON', { '/repo/.git/x': '', '/repo/sslmode.config.json': JSON_CA }, '/repo/a/.env', '/repo/sslmode.config.json', 'a/.env', 'verify-ca'],
    ['package.json', { '/repo/.git/x': '', '/repo/package.json': `{"sslmode": ${JSON_CA}}` }, '/repo/a/.env', '/repo/package.json', 'a/.env', 'verify-ca'],
    ['a package.json without a policy is passed by', { '/repo/.git/x': '', '/repo/sslmode.config.yml': CA, '/repo/a/package.json': '{"devDependencies": {"sslmode": "1"}}' }, '/repo/a/.env', '/repo/sslmode.config.yml', 'a/.env', 'verify-ca'],
    ['the nearest, alone', { '/repo/.git/x': '', '/repo/sslmode.config.yaml': CA, '/repo/a/sslmode.config.json': '{"minimum": {"local": "require"}}' }, '/repo/a/b/.env', '/repo/a/sslmode.config.json', 'b/.env', 'require'],
    ['none above the root', { '/repo/.git/x': '', '/sslmode.config.yaml': CA }, '/repo/a/.env', null, 'a/.env', 'require'],
    ['none below the file', { '/repo/.git/x': '', '/repo/a/sslmode.config.yaml': CA }, '/repo/.env', null, '.env', 'require'],
  ])('%s', ([, files, file, from, path, minimum]) => {
    const project = open(files);
    const found = project.policyFor(file);
    expect(found).toMatchObject({ ok: true, path, policy: { file: from } });
    expect(found.ok && found.policy.thresholds('public', null, path).minimum).toBe(minimum);
    expect(project.policyFileFor(file)).toBe(from);
  });

  const FILES = { '/repo/.git/x': '', '/repo/sslmode.config.yaml': CA, '/etc/policy/strict.yaml': 'extends: sslmode:strict\npaths: { "**/test/**": { minimum: disable } }' };
  it.for<[what: string, options: Partial<ProjectOptions>, minimum: string, inTest: string]>([
    ['--no-config', { policy: 'none' }, 'require', 'require'],
    ['--config', { policy: { file: '/etc/policy/strict.yaml' } }, 'verify-full', 'disable'],
    ['a value', { policy: { value: { minimum: 'prefer', paths: { 'a/test/**': { minimum: 'disable' } } } } }, 'prefer', 'disable'],
    ['a value with a file below it', { policy: { value: { extends: './sslmode.config.yaml' } } }, 'verify-ca', 'verify-ca'],
    ['a value, where nothing else is said from strict', { policy: { value: {} }, start: 'sslmode:strict' }, 'verify-full', 'verify-full'],
    ['no file, from strict', { policy: 'none', start: 'sslmode:strict' }, 'verify-full', 'verify-full'],
    ['--minimum', { minimum: 'verify-full' }, 'verify-full', 'verify-full'],
  ])('given by the caller: %s', ([, options, minimum, inTest]) => {
    const project = open(FILES, options);
    const asked = ['/repo/a/.env', '/repo/a/test/.env'].map((file) => {
      const found = project.policyFor(file);
      return found.ok ? found.policy.thresholds('public', null, found.path).minimum : found.problems;
    });
    expect(asked).toEqual([minimum, inTest]);
  });

  it('with another confidence', () => {
    const found = open(FILES, { confidence: 'high' }).policyFor('/repo/.env');
    expect(found.ok && found.policy.confidence).toBe('high');
  });

  it.for<[what: string, files: Record<string, string>, options: Partial<ProjectOptions>, problem: string]>([
    ['wrong', { '/repo/sslmode.config.yaml': '\nminimun: require' }, {}, '/repo/sslmode.config.yaml:2: minimun: Unknown key. Did you mean minimum?'],
    ['wrong in package.json', { '/repo/package.json': '{\n  "name": "x",\n  "sslmode": {\n    "minimun": "require"\n  }\n}' }, {}, '/repo/package.json:4: sslmode.minimun: Unknown key. Did you mean minimum?'],
    ['no policy in package.json', { '/repo/package.json': '{\n  "name": "x",\n  "sslmode": "strict"\n}' }, {}, '/repo/package.json:3: sslmode: Expected a policy, not a text.'],
    ['a list in package.json', { '/repo/package.json': '{ "sslmode": { "ignore": [{ "rule": "no-plaintext" }] } }' }, {}, '/repo/package.json:1: sslmode.ignore[0]: The key reason is missing.'],
    ['not there', {}, { policy: { file: '/repo/x.yaml' } }, '/repo/x.yaml: Expected a policy file that can be read.'],
    ['a package.json without one', { '/repo/package.json': '{}' }, { policy: { file: '/repo/package.json' } }, '/repo/package.json:1: sslmode: Expected a policy, not nothing.'],
    ['a wrong value', {}, { policy: { value: { minimun: 'require' } } }, 'policy: minimun: Unknown key. Did you mean minimum?'],
    ['broken', { '/repo/sslmode.config.json': '{ "hunter2' }, {}, '/repo/sslmode.config.json:1: Expected a policy: not valid JSON (the end of a string expected).'],
  ])('that is %s is a problem', ([, files, options, problem]) => {
    const found = open({ '/repo/.git/x': '', ...files }, options).policyFor('/repo/a/.env');
    expect(found.ok ? [] : found.problems.map(formatPolicyProblem)).toEqual([problem]);
  });

  it('tells beforehand whether it takes YAML', () => {
    const of = (files: Record<string, string>, options: Partial<ProjectOptions> = {}) => {
      const reader = tree({ '/repo/.git/x': '', ...files });
      return openProject(reader, { base: '/repo', ...options }).needsYaml('/repo/a/.env');
    };
    expect(of({})).toBe(false);
    expect(of({ '/repo/sslmode.config.yml': '' })).toBe(true);
    expect(of({ '/repo/sslmode.config.json': '{}' })).toBe(false);
    expect(of({ '/repo/sslmode.config.json': '{"extends": "./base.yaml"}' })).toBe(true);
    expect(of({ '/repo/sslmode.config.yml': '' }, { policy: 'none' })).toBe(false);
    expect(of({}, { policy: { value: { extends: ['sslmode:strict', './base.yml'] } } })).toBe(true);
    expect(of({}, { policy: { value: { extends: 'sslmode:strict' } } })).toBe(false);
  });
});

const MANIFEST = (dependencies: Record<string, string>) => JSON.stringify({ dependencies });
const LOCK = (version: string, reader: string) =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/pg': { version }, 'node_modules/pg-connection-string': { version: reader } } });

describe('evidence', () => {
  it.for<[what: string, files: Record<string, string>, expected: readonly string[]]>([
    ['nothing', {}, []],
    ['a range, worked example (a)', { '/repo/a/package.json': MANIFEST({ pg: '^8' }) }, ['manifest /repo/a/package.json: node-postgres@8']],
    ['a range of two majors', { '/repo/a/package.json': MANIFEST({ pg: '^7 || ^8' }) }, ['manifest /repo/a/package.json: node-postgres@7']],
    ['any version', { '/repo/a/package.json': MANIFEST({ pg: '*' }) }, ['manifest /repo/a/package.json: node-postgres@?']],
    ['a lockfile', { '/repo/a/package.json': MANIFEST({ pg: '^8' }), '/repo/a/package-lock.json': LOCK('8.11.3', '2.6.2') }, ['lockfile /repo/a/package-lock.json: node-postgres@8.11.3']],
    ['a shrinkwrap first', { '/repo/a/package.json': MANIFEST({ pg: '^8' }), '/repo/a/npm-shrinkwrap.json': LOCK('8.2.0', '2.3.0'), '/repo/a/package-lock.json': LOCK('8.11.3', '2.6.2') }, ['lockfile /repo/a/npm-shrinkwrap.json: node-postgres@8.2.0']],
    [
      'a lockfile above that knows the folder',
      { '/repo/a/package.json': MANIFEST({ pg: '^8' }), '/repo/pnpm-lock.yaml': "lockfileVersion: '9.0'\nimporters:\n  a:\n    dependencies:\n      pg:\n        specifier: ^8\n        version: 8.5.1\n" },
      ['lockfile /repo/pnpm-lock.yaml: node-postgres@8.5.1'],
    ],
    ['a lockfile above that does not', { '/repo/a/package.json': MANIFEST({ pg: '^8' }), '/repo/package-lock.json': LOCK('8.11.3', '2.6.2') }, ['manifest /repo/a/package.json: node-postgres@8']],
    ['a lockfile above the root', { '/repo/a/package.json': MANIFEST({ pg: '^8' }), '/yarn.lock': 'pg@^8:\n  version "8.11.3"\n' }, ['manifest /repo/a/package.json: node-postgres@8']],
    ['the nearest that names a driver', { '/repo/a/package.json': MANIFEST({ express: '4' }), '/repo/package.json': MANIFEST({ postgres: '^3.4.0' }) }, ['manifest /repo/package.json: postgres.js@3']],
    ['not one above the nearest', { '/repo/a/package.json': MANIFEST({ pg: '^8' }), '/repo/package.json': MANIFEST({ postgres: '^3' }) }, ['manifest /repo/a/package.json: node-postgres@8']],
    ['not one above the root', { '/package.json': MANIFEST({ postgres: '^3' }) }, []],
    ['not what is only transitive', { '/repo/a/package.json': MANIFEST({ express: '4' }), '/repo/a/package-lock.json': LOCK('8.11.3', '2.6.2') }, []],
    ['two drivers', { '/repo/a/package.json': MANIFEST({ postgres: '3.4.0', pg: '^8' }) }, ['manifest /repo/a/package.json: node-postgres@8 postgres.js@3.4.0']],
    ['two drivers, of which the lockfile knows one', { '/repo/a/package.json': MANIFEST({ postgres: '3.4.0', pg: '^8' }), '/repo/a/package-lock.json': LOCK('8.11.3', '2.6.2') }, ['manifest /repo/a/package.json: node-postgres@8.11.3 postgres.js@3.4.0']],
    ['aliases after the name itself', { '/repo/a/package.json': MANIFEST({ 'pg-old': 'npm:pg@^7', pg: '^8', 'pg-pool': '^3' }) }, ['manifest /repo/a/package.json: node-postgres@8']],
    ['an alias alone', { '/repo/a/package.json': MANIFEST({ db: 'npm:pg@^7' }) }, ['manifest /repo/a/package.json: node-postgres@7']],
    ['pg-pool alone', { '/repo/a/package.json': MANIFEST({ 'pg-pool': '^3' }) }, ['manifest /repo/a/package.json: node-postgres@?']],
    ['pg-pool with the pg of the lockfile', { '/repo/a/package.json': MANIFEST({ 'pg-pool': '^3' }), '/repo/a/package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/pg-pool': { version: '3.6.1' }, 'node_modules/pg': { version: '8.11.3' } } }) }, ['lockfile /repo/a/package-lock.json: node-postgres@8.11.3']],
    ['types are no driver', { '/repo/a/package.json': MANIFEST({ '@types/pg': '^8' }) }, []],
    ['the policy, by path', { '/repo/sslmode.config.yaml': 'drivers: { paths: { "a/**": node-postgres@8, "b/**": libpq } }', '/repo/a/package.json': MANIFEST({ postgres: '3' }) }, ['policy-path /repo/sslmode.config.yaml: node-postgres@8', 'manifest /repo/a/package.json: postgres.js@3']],
    ['the policy, as default', { '/repo/sslmode.config.yaml': 'drivers: { default: lib/pq }', '/repo/a/package.json': MANIFEST({ postgres: '3' }) }, ['manifest /repo/a/package.json: postgres.js@3', 'default /repo/sslmode.config.yaml: lib-pq@?']],
  ])('%s', ([, files, expected]) => {
    expect(short(open({ '/repo/.git/x': '', ...files }).evidenceFor('/repo/a/.env'))).toEqual(expected);
  });

  it('holds the versions of the packages that decide', () => {
    const [evidence] = open({ '/repo/package.json': MANIFEST({ pg: '^8' }), '/repo/package-lock.json': LOCK('8.2.0', '2.3.0') }).evidenceFor('/repo/.env');
    expect(evidence?.candidates).toEqual([{ id: 'node-postgres', version: '8.2.0', packages: { pg: '8.2.0', 'pg-connection-string': '2.3.0' } }]);
  });

  it.for<[what: string, files: Record<string, string>, problems: readonly object[], expected: readonly string[]]>([
    ['manifest', { '/repo/package.json': '{"dependencies": {"pg": "hunter2' }, [{ file: '/repo/package.json', line: null, message: 'not read: not a valid package.json' }], []],
    ['lockfile', { '/repo/package.json': MANIFEST({ pg: '^8' }), '/repo/package-lock.json': '<<<<<<< HEAD' }, [{ file: '/repo/package-lock.json', line: null, message: 'not read: not a valid package-lock.json' }], ['manifest /repo/package.json: node-postgres@8']],
  ])('a broken %s is a problem, told once, and no evidence', ([, files, problems, expected]) => {
    const project = open({ '/repo/.git/x': '', ...files });
    for (let i = 0; i < 3; i++) expect(short(project.evidenceFor('/repo/.env'))).toEqual(expected);
    expect(project.problems).toEqual(problems);
  });

  it('comes through a reader that has a state', () => {
    class Disk implements ProjectReader {
      readonly #files = tree({ '/repo/.git/x': '', '/repo/package.json': MANIFEST({ pg: '^8' }), '/repo/compose.yaml': 'services: { db: { image: postgres } }' });
      read(path: string) {
        return this.#files.read(path);
      }
      exists(path: string) {
        return this.#files.exists(path);
      }
      list(folder: string) {
        return this.#files.list?.(folder) ?? [];
      }
    }
    const project = openProject(new Disk(), { base: '/repo', localNames: () => ['db'] });
    expect(short(project.evidenceFor('/repo/.env'))).toEqual(['manifest /repo/package.json: node-postgres@8']);
    expect(project.localNamesFor('/repo/.env')).toEqual(['db']);
  });

  it('reads every file once', () => {
    const reader = tree({ '/repo/.git/x': '', '/repo/package.json': MANIFEST({ pg: '^8' }), '/repo/package-lock.json': LOCK('8.11.3', '2.6.2') });
    const project = openProject(reader, { base: '/repo' });
    for (let i = 0; i < 100; i++) project.evidenceFor(`/repo/a/${i}.env`);
    expect(new Set(reader.reads).size).toBe(reader.reads.length);
  });
});

describe('local names', () => {
  const COMPOSE = 'services:\n  db:\n    image: postgres\n  web:\n    container_name: front\n    image: web\n';
  const localNames = (path: string, text: string) => readFileSync(path, text).localNames;

  it('are those of the compose files in the nearest folder that has some, worked example (c) and docker/awesome-compose', () => {
    const project = open({ '/repo/compose.dev.yaml': COMPOSE, '/repo/docker-compose.override.yml': 'services:\n  cache: { image: redis }\n', '/repo/values.yaml': 'services:\n  other: {}\n' }, { localNames });
    expect([...project.localNamesFor('/repo/.env')].sort()).toEqual(['cache', 'db', 'front', 'web']);
    expect(project.localNamesFor('/repo/a/.env')).toHaveLength(4);
  });

  it('are looked for by the usual names where a folder cannot be listed', () => {
    const { read, exists } = tree({ '/repo/docker-compose.yml': COMPOSE });
    expect(openProject({ read, exists }, { base: '/repo', localNames }).localNamesFor('/repo/.env')).toContain('db');
  });
});

describe('all of it together', () => {
  it('is what checkFile takes', () => {
    const project = open({ '/repo/.git/x': '', '/repo/apps/web/package.json': MANIFEST({ pg: '^8' }) });
    expect(project.contextFor('/repo/apps/web/.env', '2026-11-24')).toMatchObject({
      ok: true,
      context: { path: 'apps/web/.env', policy: { file: null }, evidence: [{ kind: 'manifest' }], localNames: [], today: '2026-11-24' },
    });
  });

  it('is the problems of a broken policy', () => {
    expect(open({ '/repo/sslmode.config.json': '{"x": 1}' }).contextFor('/repo/.env', '2026-11-24')).toMatchObject({ ok: false, problems: [{ keyPath: 'x' }] });
  });
});
