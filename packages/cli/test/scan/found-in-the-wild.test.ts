import { describe, expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

interface Scanned {
  readonly summary: { readonly skipped: { readonly empty: number } };
  readonly findings: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
  readonly connections: readonly { readonly file: string; readonly line: number; readonly effective: string; readonly host: string | null; readonly driver: string | null }[];
  readonly problems: readonly { readonly file: string; readonly message: string }[];
}

async function scan(files: Readonly<Record<string, string>>): Promise<Scanned & { readonly shown: readonly string[] }> {
  const { stdout } = await run(tree(files), ['scan', '--format', 'json']);
  expect(stdout).not.toContain(CANARY);
  const report = JSON.parse(stdout) as Scanned;
  return { ...report, shown: report.connections.map(({ file, line, effective, host, driver }) => `${file}:${line} ${effective} ${host ?? '-'} ${driver?.split('@')[0] ?? '-'}`) };
}

describe('real repositories', () => {
  it('teslamate: branches of config/runtime.exs that say ssl differently leave it unknown', async () => {
    const { shown, findings } = await scan({
      'mix.exs': 'defmodule A do\n  defp deps, do: [{:postgrex, "~> 0.17"}, {:ecto_sql, "~> 3.10"}]\nend\n',
      'config/runtime.exs': 'config :teslamate, TeslaMate.Repo,\n  hostname: Util.fetch_env!("DATABASE_HOST", all: "localhost")\n\ncase System.get_env("DATABASE_SSL") do\n  "true" ->\n    config :teslamate, TeslaMate.Repo,\n      ssl: true,\n      ssl_opts: [verify: :verify_peer]\n\n  _false ->\n    config :teslamate, TeslaMate.Repo, ssl: false\nend\n',
    });
    expect(shown).toEqual(['config/runtime.exs:2 unknown - ecto']);
    expect(findings).toEqual([]);
  });

  it('teslamate: a datasource of Grafana whose host and port are variables is listed', async () => {
    const { shown } = await scan({ 'grafana/datasource.yml': 'datasources:\n  - name: TeslaMate\n    type: postgres\n    url: $DATABASE_HOST:$DATABASE_PORT\n    user: $DATABASE_USER\n    jsonData:\n      sslmode: $DATABASE_SSL_MODE\n      database: $DATABASE_NAME\n' });
    expect(shown).toEqual([expect.stringMatching(/^grafana\/datasource\.yml:4 unknown - /)]);
  });

  it('django-cms-quickstart: .env-local is a .env', async () => {
    const { shown } = await scan({ '.env-local': `DATABASE_URL=postgres://postgres:${CANARY}@db.example.com:5432/db\n`, 'backend/settings.py': "import dj_database_url\nDATABASES = {'default': dj_database_url.config()}\n" });
    expect(shown).toEqual(['.env-local:1 prefer db.example.com django']);
  });

  it('miniflux: etc/default is sourced by init scripts', async () => {
    const { shown } = await scan({ 'contrib/sysvinit/etc/default/miniflux': `export DATABASE_URL='host=db.example.com user=miniflux password=${CANARY} dbname=miniflux sslmode=disable'\n` });
    expect(shown).toEqual([expect.stringMatching(/^contrib\/sysvinit\/etc\/default\/miniflux:1 disable db\.example\.com /)]);
  });

  it('maybe-finance: a .env that gives only a password completes no connection', async () => {
    const { shown } = await scan({ Gemfile: "gem 'rails'\n", '.env': `POSTGRES_PASSWORD=${CANARY}\n`, 'config/database.yml': 'production:\n  adapter: postgresql\n  host: <%= ENV.fetch("DB_HOST") %>\n  user: app\n  password: <%= ENV.fetch("POSTGRES_PASSWORD") %>\n  database: app\n' });
    expect(shown).toEqual([expect.stringMatching(/^config\/database\.yml:3 \w+ - rails$/)]);
  });

  it('awesome-compose, eShop: a variable of a program without any driver of PostgreSQL is no connection', async () => {
    const { shown } = await scan({
      'etl/Cargo.toml': '[dependencies]\nmysql_async = "0.31"\n',
      'etl/src/main.rs': 'let url = std::env::var("DATABASE_URL").unwrap();\n',
      'Catalog.API/Extensions.cs': 'var model = builder.Configuration.GetConnectionString("textEmbeddingModel");\n',
    });
    expect(shown).toEqual([]);
  });

  it('vikunja: a host of this machine with or without a port behind it is this machine', async () => {
    const workflow = (host: string): string => `on: push\njobs:\n  test:\n    steps:\n      - env:\n          VIKUNJA_DATABASE_TYPE: postgres\n          VIKUNJA_DATABASE_SSLMODE: disable\n          VIKUNJA_DATABASE_HOST: ${host}\n`;
    const here = await scan({ '.github/workflows/test.yml': workflow("localhost${{ matrix.db == 'paradedb' && ':5433' || '' }}") });
    expect(here.shown).toEqual(['.github/workflows/test.yml:8 disable localhost lib-pq']);
    expect(here.findings).toEqual([]);
    const anywhere = await scan({ '.github/workflows/test.yml': workflow("localhost${{ matrix.prod && '.example.com' || '' }}") });
    expect(anywhere.findings).toHaveLength(1);
  });

  it('monica: what says which connection Laravel uses is none', async () => {
    const { shown } = await scan({ 'composer.json': '{ "require": { "laravel/framework": "^11.0" } }', 'config/cache.php': "<?php return ['connection' => env('DB_CACHE_CONNECTION')];\n" });
    expect(shown).toEqual([]);
  });

  it('azure-quickstarts, keycloak-quickstarts: empty files are counted, and only empty .env files are worth a word', async () => {
    const { problems, summary } = await scan({ 'modules/a/outputs.tf': '', 'META-INF/beans.xml': '', '.env': '' });
    expect(problems.map(({ file }) => file)).toEqual(['.env']);
    expect(summary.skipped.empty).toBe(3);
  });
});

it.for<[path: string, text: string]>([
  ['bin/setup', `#!/usr/bin/env bash\nexport DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n`],
  ['docker/docker-entrypoint', `#!/bin/sh\npsql "postgres://app:${CANARY}@db.example.com/app?sslmode=disable"\n`],
  ['bin/report', `#!/usr/bin/env python3\nimport psycopg2\npsycopg2.connect("postgres://app:${CANARY}@db.example.com/app?sslmode=disable")\n`],
  ['bin/console', `#!/usr/bin/env php\n<?php pg_connect("host=db.example.com user=app password=${CANARY} sslmode=disable");\n`],
  ['exe/worker', `#!/usr/bin/env ruby\nrequire 'pg'\nPG.connect(host: 'db.example.com', password: '${CANARY}', sslmode: 'disable')\n`],
])('reads a program without an extension: %s', async ([path, text]) => {
  const { shown } = await scan({ [path]: text, 'bin/LICENSE': 'postgres://not/a/program\n' });
  expect(shown).toEqual([expect.stringMatching(new RegExp(`^${path}:\\d+ disable db\\.example\\.com `))]);
});

it.for([
  ['app.py', "import asyncpg\nasyncpg.connect('postgres://db.example.com/d', ssl=False)\n", 'no-plaintext', 'Set `ssl=True`.'],
  ['app.ts', "import { Pool } from 'pg';\nnew Pool({ host: 'db.example.com', ssl: 'verify_full' });\n", 'no-unknown-sslmode', 'Set `ssl: true`.'],
] as const)('says what to write where it is written: in the argument `ssl` of %s', async ([path, text, rule, remedy]) => {
  const { stdout } = await run(tree({ [path]: text }), ['scan', '--format', 'concise']);
  expect(stdout).toContain(rule);
  expect(stdout.trim().endsWith(remedy)).toBe(true);
});
