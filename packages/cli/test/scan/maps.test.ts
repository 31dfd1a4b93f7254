import { expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

const FILES = {
  'settings.py': `import os\nimport dj_database_url\nDATABASES = {\n  "default": {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example.com", "PASSWORD": "${CANARY}", "OPTIONS": {"sslmode": "require"}},\n  "other": dj_database_url.config(default="postgres://app:${CANARY}@other.example.com/app", ssl_require=True),\n}\n`,
  'engine.py': `import os\nfrom sqlalchemy import create_engine\nengine = create_engine(os.environ["DATABASE_URL"], connect_args={"password": "${CANARY}", "sslmode": "disable"})\nother = create_engine(url, connect_args={"password": "${CANARY}", "sslmode": "disable"})\n`,
  'db.py': `import psycopg2\npsycopg2.connect(password="${CANARY}", host="db.example.com", sslmode="allow")\npsycopg2.connect("postgres://app:${CANARY}@db.example.com/app", sslmode="allow", dbname="x")\n`,
  'runtime.exs': `config :app, App.Repo, password: "${CANARY}", url: System.get_env("DATABASE_URL") || "ecto://app:${CANARY}@db.example.com/app", ssl: false\n`,
  'database.php': `<?php return ['connections' => ['pgsql' => ['driver' => 'pgsql', 'host' => 'db.example.com', 'password' => env('PW', '${CANARY}'), 'sslmode' => 'prefer']]];\n`,
  'a.rb': `PG.connect(host: 'db.example.com', password: '${CANARY}', sslmode: 'allow')\n`,
  'a.cs': `using Npgsql;\nvar b = new NpgsqlConnectionStringBuilder("Host=db.example.com;Username=u;Password=${CANARY}") { SslMode = SslMode.Disable };\n`,
  'a.rs': `let o = PgConnectOptions::new().host("db.example.com").password("${CANARY}").ssl_mode(PgSslMode::Disable);\n`,
  'A.java': `class A { void f() { PGSimpleDataSource s = x; s.setUrl("jdbc:postgresql://db.example.com/d?password=${CANARY}"); s.setPassword("${CANARY}"); s.setSslMode("disable"); } }\n`,
};

it.for(['pretty', 'concise', 'json', 'sarif', 'html', 'github', 'markdown', 'csv'])('shows no secret of what stands beside the settings of a program: %s', async (format) => {
  const { stdout, stderr } = await run(tree(FILES), ['scan', '--confidence', 'low', '--format', format]);
  expect(stdout + stderr).not.toContain(CANARY);
  for (const file of Object.keys(FILES)) expect(stdout, file).toContain(file);
});

it('masks them in what --diff shows', async () => {
  const { stdout, stderr } = await run(tree(FILES), ['scan', '--fix', '--unsafe', '--diff']);
  expect(stdout + stderr).not.toContain(CANARY);
});
