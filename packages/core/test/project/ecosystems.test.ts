import { describe, expect, it } from 'vitest';
import { MANIFEST_KINDS } from '../../src/project/manifests/kinds.ts';
import type { Ecosystem } from '../../src/project/manifests/manifest.ts';
import { ofBrackets, ofCargo, ofComposer, ofPython, ofRuby } from '../../src/project/manifests/ranges.ts';
import { openProject } from '../../src/project/project.ts';
import { tree } from './files.ts';

/** What the manifests of a tree say of a file: `pgx@5.5.1 asyncpg@? by lockfile go.mod`. */
function evidence(files: Readonly<Record<string, string>>, file: string): string | null {
  const project = openProject(tree({ '/p/.git/HEAD': '', ...files }), { base: '/p', policy: 'none' });
  const [found] = project.evidenceFor(file);
  if (found === undefined) return null;
  return `${found.candidates.map(({ id, version }) => `${id}@${version ?? '?'}`).join(' ')} by ${found.kind} ${String(found.file?.slice('/p/'.length))}`;
}

const POM = (inner: string): string => `<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">${inner}</project>`;
const DEPENDENCY = (version: string): string => `<dependencies><dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId>${version}</dependency></dependencies>`;
const CATALOG = `[versions]\npg = "42.5.1"\n[libraries]\npostgresql-jdbc = { module = "org.postgresql:postgresql", version.ref = "pg" }\nother = "a:b:1"\n[bundles]\ndb = ["postgresql-jdbc", "other"]\n`;

describe('drivers in manifests', () => {
  it.for<[name: string, files: Record<string, string>, expected: string | null]>([
    ['go.mod pins', { 'go.mod': 'module x\n\nrequire github.com/lib/pq v1.10.9\n' }, 'lib-pq@1.10.9 by lockfile go.mod'],
    ['go.mod in a block, with Windows line ends', { 'go.mod': 'module x\r\n\r\nrequire (\r\n\tgithub.com/jackc/pgx/v5 v5.5.1 // pinned\r\n)\r\n' }, 'pgx@5.5.1 by lockfile go.mod'],
    ['an older pgx', { 'go.mod': 'require (\n\tgithub.com/jackc/pgx/v4 v4.18.1\n)\n' }, 'pgx@4.15 by lockfile go.mod'],
    ['what others brought is none', { 'go.mod': 'require (\n\tgithub.com/lib/pq v1.10.9 // indirect\n\tgorm.io/gorm v1.25.0\n)\n' }, null],
    ['what gorm brought is in it, not beside it', { 'go.mod': 'require gorm.io/driver/postgres v1.5.2\n\nrequire github.com/jackc/pgx/v5 v5.3.1 // indirect\n' }, 'gorm@1.5.2 by lockfile go.mod'],
    ['a replaced, excluded or retracted module is none', { 'go.mod': 'replace github.com/lib/pq => ../pq\nexclude (\n\tgithub.com/lib/pq v1.0.0\n)\n' }, null],
    ['two drivers of Go', { 'go.mod': 'require github.com/lib/pq v1.10.9\nrequire github.com/jackc/pgx/v5 v5.7.2\n' }, 'pgx@5.7.2 lib-pq@1.10.9 by lockfile go.mod'],

    ['requirements.txt', { 'requirements.txt': '# db\nDjango>=4\nasyncpg==0.29.0  # fast\n' }, 'asyncpg@0.29.0 django@4 by manifest requirements.txt'],
    ['other names of it', { 'requirements-dev.in': 'asyncpg[gssapi]~=0.29.0; python_version > "3.8"\n' }, 'asyncpg@0.29 by manifest requirements-dev.in'],
    ['in a folder', { 'requirements/base.txt': 'AsyncPG\n' }, 'asyncpg@? by manifest requirements/base.txt'],
    ['setup.py', { 'setup.py': 'from setuptools import setup\n\nREQUIRES = [\n    "asyncpg>=0.29",  # not "psycopg2"\n]\nsetup(name="psycopg-tools", install_requires=REQUIRES, extras_require={"web": ["django"]})\n' }, 'asyncpg@0 django@? by manifest setup.py'],
    ['setup.cfg', { 'setup.cfg': '[metadata]\nname = psycopg-tools\n\n[options]\npackages = asyncpg\ninstall_requires =\n    # the database\n    psycopg2-binary>=2.9 ; python_version > "3"\n    requests\n\n[options.extras_require]\nweb = django>=4\n' }, 'psycopg2@? django@4 by manifest setup.cfg'],
    ['what pip-compile wrote for others is none', { 'requirements.txt': 'asyncpg==0.29.0 \\\n    --hash=sha256:00\n    # via\n    #   gino\n    #   other\ngino==1.0\n    # via -r requirements.in\n' }, null],
    ['what pip-compile wrote for us', { 'requirements.txt': 'asyncpg==0.29.0\n    # via\n    #   -r requirements.in\n    #   gino\n' }, 'asyncpg@0.29.0 by manifest requirements.txt'],
    ['what uv wrote for us', { 'requirements.txt': 'asyncpg==0.29.0\n    # via orders (pyproject.toml)\n' }, 'asyncpg@0.29.0 by manifest requirements.txt'],
    ['PEP 621', { 'pyproject.toml': '[project]\ndependencies = [\n  "asyncpg>=0.27,<1", # x\n]\n' }, 'asyncpg@0 by manifest pyproject.toml'],
    ['an extra and a group', { 'pyproject.toml': '[dependency-groups]\ntest = [{ include-group = "dev" }, "asyncpg (==0.28.0)"]\n' }, 'asyncpg@0.28.0 by manifest pyproject.toml'],
    ['Poetry', { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.12"\nasyncpg = { version = "^0.29", extras = ["x"] }\n' }, 'asyncpg@0.29 by manifest pyproject.toml'],
    ['Poetry, locked', { 'pyproject.toml': '[tool.poetry.group.main.dependencies]\nasyncpg = "*"\n', 'poetry.lock': '[[package]]\nname = "Asyncpg"\nversion = "0.29.0"\n\n[package.dependencies]\nversion = "9"\n' }, 'asyncpg@0.29.0 by lockfile poetry.lock'],
    ['Pipfile, locked', { Pipfile: '[packages]\nasyncpg = "*"\n', 'Pipfile.lock': '{"default": {"asyncpg": {"version": "==0.28.0"}}}' }, 'asyncpg@0.28.0 by lockfile Pipfile.lock'],
    ['a broken one beside another', { 'pyproject.toml': '[project\n', 'requirements.txt': 'asyncpg\n' }, 'asyncpg@? by manifest requirements.txt'],
    ['what is locked counts', { 'requirements.txt': 'asyncpg\n', 'pyproject.toml': '[project]\ndependencies = ["asyncpg"]\n', 'uv.lock': '[[package]]\nname = "x"\nversion = "1.0.0"\nsource = { virtual = "." }\n\n[[package]]\nname = "asyncpg"\nversion = "0.30.0"\nsource = { registry = "r" }\n' }, 'asyncpg@0.30.0 by lockfile uv.lock'],

    ['pom.xml', { 'pom.xml': POM(DEPENDENCY('<version>42.7.3</version>')) }, 'pgjdbc@42.7.3 by manifest pom.xml'],
    ['a property', { 'pom.xml': POM(`<properties><pg.version>42.2.5.jre7</pg.version></properties>${DEPENDENCY('<version>${pg.version}</version>')}`) }, 'pgjdbc@42.2.5 by manifest pom.xml'],
    ['managed by others', { 'pom.xml': POM(DEPENDENCY('<scope>runtime</scope>')) }, 'pgjdbc@? by manifest pom.xml'],
    ['managed only', { 'pom.xml': POM(`<dependencyManagement>${DEPENDENCY('<version>42.7.3</version>')}</dependencyManagement>`) }, null],
    ['commented out', { 'pom.xml': POM(`<!-- ${DEPENDENCY('')} -->`) }, null],
    ['Gradle', { 'build.gradle': "dependencies {\n  // runtimeOnly 'x:y:1'\n  runtimeOnly 'org.postgresql:postgresql:42.6.0'\n}\n" }, 'pgjdbc@42.6.0 by manifest build.gradle'],
    ['Gradle in Kotlin, a variable', { 'build.gradle.kts': 'val pg = "42.6.0"\ndependencies { runtimeOnly("org.postgresql:postgresql:$pg") }\n' }, 'pgjdbc@42.6.0 by manifest build.gradle.kts'],
    ['Gradle, a map', { 'build.gradle': "ext {\n  pgVersion = '42.5.0'\n}\nruntimeOnly group: 'org.postgresql', name: 'postgresql', version: pgVersion\n" }, 'pgjdbc@42.5.0 by manifest build.gradle'],
    ['Gradle, locked', { 'build.gradle': "runtimeOnly 'org.postgresql:postgresql:42.+'", 'gradle.lockfile': '# x\norg.postgresql:postgresql:42.7.1=runtimeClasspath\n' }, 'pgjdbc@42.7.1 by lockfile gradle.lockfile'],
    ['a catalog', { 'gradle/libs.versions.toml': CATALOG }, 'pgjdbc@42.5.1 by manifest gradle/libs.versions.toml'],

    ['a project of .NET', { 'Api.csproj': '<Project Sdk="x"><ItemGroup><PackageReference Include="npgsql" Version="8.0.3" /></ItemGroup></Project>' }, 'npgsql@8.0.3 by manifest Api.csproj'],
    ['locked', { 'Api.csproj': '<Project><ItemGroup><PackageReference Include="Npgsql"><Version>8.*</Version></PackageReference></ItemGroup></Project>', 'packages.lock.json': '{"version":1,"dependencies":{"net8.0":{"Npgsql":{"type":"Direct","resolved":"8.0.5"}}}}' }, 'npgsql@8.0.5 by lockfile packages.lock.json'],
    ['packages.config', { 'packages.config': '<packages><package id="Npgsql" version="4.1.3" targetFramework="net48" /></packages>' }, 'npgsql@4.1.3 by manifest packages.config'],

    ['two ecosystems together', { 'go.mod': 'require github.com/lib/pq v1.10.9\n', 'package.json': '{"dependencies":{"pg":"^8"}}' }, 'node-postgres@8 lib-pq@1.10.9 by manifest package.json'],
    ['frameworks alone', { 'requirements.txt': 'django\n', Gemfile: 'gem "rails"' }, 'django@? rails@? by manifest requirements.txt'],
    ['nothing of ours', { 'requirements.txt': 'flask\n', 'pom.xml': '<project/>', Gemfile: 'gem "sinatra"', 'Cargo.toml': '[package]\nname = "x"\n' }, null],
  ])('%s', ([, files, expected]) => {
    expect(evidence(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/p/${name}`, text])), '/p/config/app.yaml')).toBe(expected);
  });

  it.for<[name: string, files: Record<string, string>, expected: string | null]>([
    ['a parent has the version', { '/p/pom.xml': POM(`<properties><v>42.1.0</v></properties><dependencyManagement>${DEPENDENCY('<version>${v}</version>')}</dependencyManagement>`), '/p/a/pom.xml': POM(`<parent><groupId>x</groupId></parent>${DEPENDENCY('')}`) }, 'pgjdbc@42.1.0 by manifest a/pom.xml'],
    ['a catalog above', { '/p/gradle/libs.versions.toml': CATALOG, '/p/a/build.gradle.kts': 'dependencies {\n  runtimeOnly(libs.postgresql.jdbc)\n}' }, 'pgjdbc@42.5.1 by manifest a/build.gradle.kts'],
    ['a bundle', { '/p/gradle/libs.versions.toml': CATALOG, '/p/a/build.gradle': 'implementation libs.bundles.db' }, 'pgjdbc@42.5.1 by manifest a/build.gradle'],
    ['central versions of .NET', { '/p/Directory.Packages.props': '<Project><ItemGroup><PackageVersion Include="Npgsql" Version="7.0.6" /></ItemGroup></Project>', '/p/a/A.csproj': '<Project><ItemGroup><PackageReference Include="Npgsql" /></ItemGroup></Project>' }, 'npgsql@7.0.6 by manifest a/A.csproj'],
    ['the nearest', { '/p/go.mod': 'require github.com/lib/pq v1.10.9\n', '/p/a/requirements.txt': 'asyncpg==0.29.0\n' }, 'asyncpg@0.29.0 by manifest a/requirements.txt'],
    ['a member of a workspace of uv', { '/p/uv.lock': '[[package]]\nname = "a"\nversion = "1"\nsource = { editable = "a" }\n[[package]]\nname = "asyncpg"\nversion = "0.30.0"\n', '/p/a/pyproject.toml': '[project]\ndependencies = ["asyncpg"]\n' }, 'asyncpg@0.30.0 by lockfile uv.lock'],
    ['no member of it', { '/p/uv.lock': '[[package]]\nname = "b"\nversion = "1"\nsource = { editable = "b" }\n[[package]]\nname = "asyncpg"\nversion = "0.30.0"\n', '/p/a/pyproject.toml': '[project]\ndependencies = ["asyncpg"]\n' }, 'asyncpg@? by manifest a/pyproject.toml'],
    ['another project\'s lockfile above', { '/p/poetry.lock': '[[package]]\nname = "asyncpg"\nversion = "0.1.0"\n', '/p/a/pyproject.toml': '[project]\ndependencies = ["asyncpg"]\n' }, 'asyncpg@? by manifest a/pyproject.toml'],
  ])('from around: %s', ([, files, expected]) => {
    expect(evidence(files, '/p/a/config/app.yaml')).toBe(expected);
  });

  it('gives gorm the version of the pgx that it brought', () => {
    const project = openProject(tree({ '/p/.git/HEAD': '', '/p/go.mod': 'require gorm.io/driver/postgres v1.5.2\n\nrequire github.com/jackc/pgx/v5 v5.3.1 // indirect\n' }), { base: '/p', policy: 'none' });
    expect(project.evidenceFor('/p/.env')[0]?.candidates).toEqual([{ id: 'gorm', version: '1.5.2', packages: { 'gorm.io/driver/postgres': '1.5.2', 'github.com/jackc/pgx/v5': '5.3.1' } }]);
  });

  it('are looked for by their usual names where a folder cannot be listed', () => {
    const { read, exists } = tree({ '/p/.git/HEAD': '', '/p/go.mod': 'require github.com/lib/pq v1.10.9\n', '/p/requirements-dev.txt': 'asyncpg\n' });
    const [found] = openProject({ read, exists }, { base: '/p', policy: 'none' }).evidenceFor('/p/x.env');
    expect(found?.candidates.map(({ id }) => id)).toEqual(['lib-pq']);
  });

  it('tells of a manifest that cannot be read', () => {
    const project = openProject(tree({ '/p/.git/HEAD': '', '/p/pyproject.toml': '[[x\n', '/p/pom.xml': '<html/>', '/p/composer.json': '[' }), { base: '/p', policy: 'none' });
    project.evidenceFor('/p/x.env');
    expect(project.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual(['/p/pyproject.toml: not read: not a valid pyproject.toml', '/p/pom.xml: not read: not a valid pom.xml', '/p/composer.json: not read: not a valid composer.json']);
  });
});

describe('what a manifest lists', () => {
  it.for<[ecosystem: Ecosystem, file: string, text: string, expected: readonly string[]]>([
    ['gem', 'Gemfile', "source 'https://x'\ngem 'pg', '~> 1.5'\n  gem \"rails\", '>= 7', '< 8', require: false\n# gem 'mysql2'\ngem('a')\n", ['pg ~> 1.5', 'rails >= 7, < 8', 'a ']],
    ['gem', 'x.gemspec', "Gem::Specification.new do |s|\n  s.add_dependency 'pg', '= 1.5.4'\n  s.add_development_dependency(\"rake\")\nend\n", ['pg 1.5.4', 'rake ']],
    ['composer', 'composer.json', '{"require": {"php": "^8.2", "Doctrine/DBAL": "^3"}, "require-dev": {"ext-pdo_pgsql": "*"}}', ['php ^8.2', 'doctrine/dbal ^3', 'ext-pdo_pgsql *']],
    ['cargo', 'Cargo.toml', '[dependencies]\nsqlx = { version = "0.7", features = ["postgres"] }\npgdb = { package = "tokio-postgres", version = "0.7.10" }\n[dev-dependencies]\npostgres = "0.19"\n[target."cfg(unix)".dependencies]\ndiesel = { git = "x" }\n', ['sqlx 0.7', 'tokio-postgres as pgdb 0.7.10', 'postgres 0.19', 'diesel ']],
    ['cargo', 'Cargo.toml', '[workspace.dependencies]\nsqlx = "0.8"\n[dependencies]\nsqlx.workspace = true\n', ['sqlx 0.8', 'sqlx 0.8']],
    ['hex', 'mix.exs', 'defp deps do\n  [\n    {:ecto_sql, "~> 3.10"},\n    {:postgrex, ">= 0.0.0"}, {:x, path: "y"},\n    # {:myxql, "1"},\n  ]\nend', ['ecto_sql ~> 3.10', 'postgrex >= 0.0.0', 'x ']],
  ])('%s: %s', ([ecosystem, file, text, expected]) => {
    const kind = MANIFEST_KINDS.find((each) => each.ecosystem === ecosystem && (each.file === file || each.pattern?.test(file) === true));
    expect(kind?.dependencies(text)?.map(({ name, as, range }) => `${name}${as === name ? '' : ` as ${as}`} ${range}`)).toEqual(expected);
  });

  it.for<[file: string, text: string, name: string, range: string, version: string | undefined]>([
    ['Gemfile.lock', 'GEM\n  remote: x\n  specs:\n    pg (1.5.4-x86_64-linux)\n    rails (7.1.0)\n      pg (>= 1)\n', 'pg', '', '1.5.4'],
    ['composer.lock', '{"packages": [{"name": "Doctrine/DBAL", "version": "v3.7.1"}], "packages-dev": null}', 'doctrine/dbal', '', '3.7.1'],
    ['Cargo.lock', '[[package]]\nname = "sqlx"\nversion = "0.7.3"\nsource = "r"\n', 'sqlx', '0.7', '0.7.3'],
    ['Cargo.lock', '[[package]]\nname = "sqlx"\nversion = "0.6.2"\n\n[[package]]\nname = "sqlx"\nversion = "0.7.3"\n', 'sqlx', '0.6', '0.6.2'],
    ['Cargo.lock', '[[package]]\nname = "sqlx"\nversion = "0.6.2"\n\n[[package]]\nname = "sqlx"\nversion = "0.7.3"\n', 'sqlx', '', undefined],
    ['mix.lock', '%{\n  "postgrex": {:hex, :postgrex, "0.17.5", "00", [:mix], []},\n}\n', 'postgrex', '', '0.17.5'],
  ])('%s: %s', ([file, text, name, range, version]) => {
    const lock = MANIFEST_KINDS.flatMap(({ locks }) => locks).find((each) => each.file === file);
    expect(lock?.read(text)?.versions('', { name, as: name, range }, [])?.[name]).toBe(version);
  });
});

describe('the newest version of the lowest major that a range of another registry allows', () => {
  it.for<[of: (range: string) => string | null, range: string, version: string | null]>([
    [ofPython, '==3.1.2', '3.1.2'],
    [ofPython, '==3.1.*', '3.1'],
    [ofPython, '===3.1.2', '3.1.2'],
    [ofPython, '~=3.1', '3'],
    [ofPython, '~= 3.1.2', '3.1'],
    [ofPython, '>=2.9,<3,!=2.9.4', '2'],
    [ofPython, '^0.29', '0.29'],
    [ofPython, '==2.9.10.post1', '2.9.10'],
    [ofPython, '==3.2b1', '3.2'],
    [ofPython, '', null],
    [ofRuby, '~> 1.5', '1'],
    [ofRuby, '~> 1.5.3', '1.5'],
    [ofRuby, '>= 0.18, < 2.0', '0'],
    [ofRuby, '~> 0.17 and >= 0.17.2', '0'],
    [ofRuby, '1.5.4', '1.5.4'],
    [ofComposer, '~3.1', '3'],
    [ofComposer, '~3.1.2', '3.1'],
    [ofComposer, '^2.5|^3', '2'],
    [ofComposer, '3.1.*', '3.1'],
    [ofComposer, 'dev-main', null],
    [ofCargo, '0.7', '0.7'],
    [ofCargo, '1.2.3', '1'],
    [ofCargo, '=1.2.3', '1.2.3'],
    [ofCargo, '>=0.6, <0.8', '0'],
    [ofBrackets, '42.7.3', '42.7.3'],
    [ofBrackets, '42.2.5.jre7', '42.2.5'],
    [ofBrackets, '[42.2,43)', '42'],
    [ofBrackets, '[42.7.3]', '42.7.3'],
    [ofBrackets, '42.+', '42'],
    [ofBrackets, '8.*', '8'],
    [ofBrackets, '8.0.0-preview.1', '8.0.0'],
    [ofBrackets, '42.7.3!!', '42.7.3'],
    [ofBrackets, 'latest.release', null],
    [ofBrackets, '${version}', null],
    [ofBrackets, '', null],
  ])('%o %s: %s', ([of, range, version]) => {
    expect(of(range)).toBe(version);
  });
});

describe('hostile manifests', () => {
  const LONG = 200_000;
  it.for(['(', '[', '<', '"', "'", '{', '/*', '//', '<a ', '<a b', '<a>', 'a=', 'a"', '\n', ' ', '#', '"a:b', '<!--', '[[package]]\n', '{:', 'require (\n', 'libs.a', '\\', '~>1', '"""\n', "'''\n"].map((piece) => piece))('are read in linear time: %j', (piece) => {
    const text = piece.repeat(LONG / piece.length);
    const start = performance.now();
    for (const kind of MANIFEST_KINDS) {
      const dependencies = kind.dependencies(text) ?? [];
      for (const { range } of dependencies.slice(0, 10)) kind.versionOf(range);
      for (const lock of kind.locks) lock.read(text);
    }
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
