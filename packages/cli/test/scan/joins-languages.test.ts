import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

interface Scanned {
  readonly findings: readonly { readonly file: string; readonly line: number; readonly rule: string; readonly driver: string | null; readonly related: readonly { readonly file: string; readonly line: number }[] }[];
  readonly connections: readonly { readonly file: string; readonly line: number; readonly effective: string; readonly host: string | null; readonly driver: string | null }[];
}

async function scan(files: Readonly<Record<string, string>>): Promise<Scanned & { readonly shown: readonly string[] }> {
  const { stdout, stderr } = await run(tree(files), ['scan', '--format', 'json', '--confidence', 'low']);
  expect(stdout + stderr).not.toContain(CANARY);
  const report = JSON.parse(stdout) as Scanned;
  return { ...report, shown: report.connections.map(({ file, line, effective, host, driver }) => `${file}:${line} ${effective} ${host ?? '-'} ${driver?.split('@')[0] ?? '-'}`) };
}

const url = (query = '', scheme = 'postgresql'): string => `${scheme}://app:${CANARY}@db.example.com/app${query}`;
const ENV = `DATABASE_URL=${url('?sslmode=disable')}\n`;

describe('a value that a program in another language reads', () => {
  it.for<[language: string, driver: string, files: Record<string, string>]>([
    ['Python', 'psycopg', { 'app/db.py': 'import os\nimport psycopg\nconnection = psycopg.connect(os.environ["DATABASE_URL"])\n' }],
    ['Python, os.getenv', 'psycopg2', { 'requirements.txt': 'psycopg2==2.9.9\n', 'app/db.py': 'import os\nurl = os.getenv("DATABASE_URL", "")\n' }],
    ['Python, dj-database-url', 'django', { 'app/settings.py': 'import dj_database_url\nDATABASES = {"default": dj_database_url.config(conn_max_age=600)}\n' }],
    ['Python, django-environ', 'django', { 'app/settings.py': 'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db()}\n' }],
    ['Python, pydantic', 'sqlalchemy', { 'pyproject.toml': '[project]\nname = "a"\ndependencies = ["sqlalchemy==2.0.30", "pydantic-settings"]\n', 'app/settings.py': 'from pydantic import PostgresDsn\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    database_url: PostgresDsn\n' }],
    ['Go', 'pgx', { 'app/main.go': 'package main\nimport "github.com/jackc/pgx/v5"\nfunc main() { pgx.Connect(ctx, os.Getenv("DATABASE_URL")) }\n' }],
    ['Go, tags', 'lib-pq', { 'go.mod': 'module a\nrequire github.com/lib/pq v1.10.9\n', 'app/config.go': 'package main\ntype C struct {\n\tURL string `env:"DATABASE_URL,required"`\n}\n' }],
    ['Ruby', 'ruby-pg', { 'app/db.rb': "require 'pg'\nconnection = PG.connect(ENV.fetch('DATABASE_URL'))\n" }],
    ['Ruby on Rails', 'rails', { Gemfile: "gem 'rails', '8.0.0'\ngem 'pg'\n", 'config/database.yml': 'production:\n  adapter: postgresql\n  url: <%= ENV["DATABASE_URL"] %>\n' }],
    ['PHP', 'php-pdo', { 'app/db.php': "<?php\n$url = getenv('DATABASE_URL');\n$pdo = new PDO($dsn);\n" }],
    ['Symfony', 'doctrine', { 'composer.json': '{ "require": { "doctrine/dbal": "^4.0" } }', 'config/packages/doctrine.yaml': "doctrine:\n  dbal:\n    url: '%env(resolve:DATABASE_URL)%'\n" }],
    ['Rust', 'sqlx', { 'src/main.rs': 'let pool = sqlx::PgPool::connect(&std::env::var("DATABASE_URL")?).await?;\n' }],
  ])('%s: %s', async ([, driver, files]) => {
    const { findings, shown } = await scan({ ...files, '.env': ENV });
    expect(shown).toEqual([`.env:1 disable db.example.com ${driver}`]);
    expect(findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toContain('.env:1 no-plaintext');
    expect(findings.find(({ rule }) => rule === 'no-plaintext')?.related).toHaveLength(1);
  });

  it.for<[language: string, driver: string, value: string, files: Record<string, string>]>([
    ['Java', 'pgjdbc', url('?sslmode=disable', 'jdbc:postgresql').replace(`app:${CANARY}@`, ''), { 'src/Main.java': 'class Main { String url = System.getenv("DATABASE_URL"); }\n' }],
    ['Spring', 'pgjdbc', url('?sslmode=disable', 'jdbc:postgresql').replace(`app:${CANARY}@`, ''), { 'src/main/resources/application.properties': 'spring.datasource.url=${DATABASE_URL}\n' }],
    ['Spring in YAML', 'pgjdbc', url('?sslmode=disable', 'jdbc:postgresql').replace(`app:${CANARY}@`, ''), { 'src/main/resources/application.yml': 'spring:\n  datasource:\n    url: ${DATABASE_URL}\n' }],
    ['C#', 'npgsql', `Host=db.example.com;Username=app;Password=${CANARY};SSL Mode=Disable`, { 'Program.cs': 'using Npgsql;\nvar s = Environment.GetEnvironmentVariable("DATABASE_URL");\n' }],
    ['Elixir', 'ecto', 'ecto://app@db.example.com/app?ssl=false', { 'config/runtime.exs': 'import Config\ndatabase_url = System.get_env("DATABASE_URL") || raise "no"\nconfig :app, App.Repo, url: database_url, adapter: Ecto.Adapters.Postgres\n' }],
  ])('%s: %s', async ([, driver, value, files]) => {
    const { shown } = await scan({ ...files, '.env': `DATABASE_URL='${value}'\n` });
    expect(shown).toEqual([`.env:1 disable db.example.com ${driver}`]);
  });

  it('fills in the parts of a string, which stands where it is put together', async () => {
    const { shown, findings } = await scan({
      '.env': `DB_HOST=db.example.com\nDB_PASSWORD=${CANARY}\nDB_MODE=disable\n`,
      'app/db.py': 'import os\nimport psycopg2\nhost = os.environ["DB_HOST"]\npsycopg2.connect(f"postgresql://app:{os.environ[\'DB_PASSWORD\']}@{host}/app?sslmode={os.getenv(\'DB_MODE\')}")\n',
    });
    expect(shown).toEqual(['app/db.py:4 disable db.example.com psycopg2']);
    expect(findings.map(({ rule }) => rule)).toEqual(['no-plaintext']);
    expect(findings[0]?.related.map(({ file, line }) => `${file}:${line}`)).toEqual(expect.arrayContaining(['.env:1', '.env:3']));
  });

  it('fills in the parts of Spring’s string', async () => {
    const { shown } = await scan({ '.env': 'DB_HOST=db.example.com\n', 'src/main/resources/application.properties': 'spring.datasource.url=jdbc:postgresql://${DB_HOST:localhost}:${DB_PORT:5432}/app?sslmode=disable\n' });
    expect(shown).toEqual(['src/main/resources/application.properties:1 disable db.example.com pgjdbc']);
  });

  it('is listed as unknown where nothing gives the variable', async () => {
    const { shown, findings } = await scan({ 'requirements.txt': 'psycopg2==2.9.9\n', 'app/db.py': 'import os\nurl = os.environ["DATABASE_URL"]\n"""Set os.environ["OTHER_DATABASE_URL"]\nbefore."""\n' });
    expect(shown).toEqual(['app/db.py:2 unknown - psycopg2']);
    expect(findings).toEqual([]);
  });
});

describe('what gives a program its variables', () => {
  const PG = '{ "dependencies": { "pg": "^8.13.0" } }';
  const pool = (rest = ''): string => `import { Pool } from 'pg';\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL${rest} });\n`;
  const deployment = (name: string, ...lines: readonly string[]): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  template:\n    spec:\n      containers:\n        - name: ${name}\n          image: registry.example.com/${name}:1\n${lines.map((line) => `          ${line}\n`).join('')}`;

  it('a manifest of Kubernetes beside it', async () => {
    const { shown, findings } = await scan({ 'package.json': PG, 'k8s/api.yaml': deployment('api', 'env:', '  - name: DATABASE_URL', `    value: ${url()}`), 'src/db.ts': pool(', ssl: { rejectUnauthorized: false }') });
    expect(shown).toEqual(['k8s/api.yaml:12 require db.example.com node-postgres']);
    expect(findings).toMatchObject([{ file: 'src/db.ts', line: 2, related: [{ file: 'k8s/api.yaml', line: 12 }] }]);
  });

  it('a ConfigMap that pods take in', async () => {
    const { shown } = await scan({
      'package.json': PG,
      'deploy/base/api.yaml': deployment('api', 'envFrom: [{ configMapRef: { name: config } }]'),
      'deploy/base/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\ndata:\n  DATABASE_URL: ${url()}\n`,
      'src/db.ts': pool(', ssl: true'),
    });
    expect(shown).toEqual(['deploy/base/config.yaml:5 verify-full db.example.com node-postgres']);
  });

  it('a job of a workflow, to whose service the name is local', async () => {
    const workflow = `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    services:\n      postgres: { image: 'postgres:16' }\n    env:\n      DATABASE_URL: postgres://app:x@postgres/app\n`;
    const { shown, findings } = await scan({ 'package.json': PG, '.github/workflows/ci.yml': workflow, 'src/db.ts': pool() });
    expect(shown).toEqual(['.github/workflows/ci.yml:8 disable postgres node-postgres']);
    expect(findings).toEqual([]);
  });

  it('is meant for the program that has its name', async () => {
    const { shown } = await scan({
      'package.json': PG,
      'k8s/all.yaml': `${deployment('api', 'env:', '  - name: DATABASE_URL', `    value: ${url('?sslmode=disable')}`)}---\n${deployment('web', 'env:', '  - name: DATABASE_URL', `    value: ${url('?sslmode=verify-full')}`)}`,
      'services/api/db.ts': pool(),
      'services/web/db.ts': pool(),
    });
    expect(shown).toEqual(['k8s/all.yaml:12 disable db.example.com node-postgres', 'k8s/all.yaml:25 verify-full db.example.com node-postgres']);
  });
});

describe('TLS options from variables', () => {
  const pool = (ssl: string): string => `import { Pool } from 'pg';\nexport const pool = new Pool({ host: process.env.DB_HOST, user: 'app', ssl: ${ssl} });\n`;

  it.for<[ssl: string, value: string, effective: string]>([
    ["process.env.DB_SSL === 'true'", 'true', 'verify-full'],
    ["process.env.DB_SSL === 'true'", 'false', 'disable'],
    ["process.env.DB_SSL !== 'off'", 'off', 'disable'],
    ["process.env.DB_SSL === 'true' ? { rejectUnauthorized: false } : false", 'true', 'require'],
    ["process.env.DB_SSL === 'true' ? { rejectUnauthorized: false } : false", 'false', 'disable'],
    ['process.env.DB_SSL ? { rejectUnauthorized: false } : false', '1', 'require'],
    ["{ rejectUnauthorized: process.env.DB_SSL === 'strict' }", 'lax', 'require'],
  ])('%s with %s is %s', async ([ssl, value, effective]) => {
    const { shown } = await scan({ 'package.json': '{ "dependencies": { "pg": "^8.13.0" } }', '.env': `DB_HOST=db.example.com\nDB_SSL=${value}\n`, 'src/db.ts': pool(ssl) });
    expect(shown.filter((line) => line.includes('db.example.com'))).toEqual([`src/db.ts:2 ${effective} db.example.com node-postgres`]);
  });
});
