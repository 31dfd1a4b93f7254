import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/files/source/reader.ts';
import { mayHold, kindOf } from '../../src/files/index.ts';
import type { Value } from '../../src/value.ts';

/** What was found, as one would say it: driver, string or variable, members, options. */
function found(path: string, text: string): string[] {
  const { sites } = readSource(path, text);
  // Whatever is found, the pre-filter lets through.
  if (sites.length > 0) expect(mayHold(new TextEncoder().encode(text), kindOf(path))).toBe(true);
  return sites.map(({ driver, string, reads, members, options }) =>
    [
      driver?.id ?? '-',
      ...(string === null ? [] : [string === 'hidden' ? `$${reads ?? ''}` : string.text]),
      ...members.map(({ name, value, reads: from, span }) => `${name}=${value ?? `$${from ?? ''}`}${value !== null && !text.slice(span.start, span.end).toLowerCase().replaceAll(/[^a-z0-9]/g, '').includes(value.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) ? '!' : ''}`),
      ...(options === undefined ? [] : [shown(options)]),
    ].join(' '),
  );
}

function shown(value: Value): string {
  switch (value.kind) {
    case 'literal':
      return String(value.value);
    case 'object':
      return `{${value.entries.map((entry) => `${entry.name}:${shown(entry.value)}`).join(',')}${value.open ? ',…' : ''}}`;
    case 'hidden':
      return `$${value.name ?? ''}`;
    default:
      return value.kind;
  }
}

describe('connections that programs describe by names', () => {
  it.for<[path: string, text: string, expected: string[]]>([
    // pgx: the program's own TLSConfig
    ['a.go', 'func a() {\n\tconfig, err := pgx.ParseConfig("postgres://h/d?sslmode=verify-full")\n\tconfig.TLSConfig = nil\n}', ['pgx postgres://h/d?sslmode=verify-full {TLSConfig:null}']],
    ['a.go', 'func a() {\n\tc, err := pgxpool.ParseConfig(os.Getenv("DATABASE_URL"))\n\tc.ConnConfig.TLSConfig = &tls.Config{\n\t\tInsecureSkipVerify: true,\n\t}\n}', ['pgx $DATABASE_URL {TLSConfig:{InsecureSkipVerify:true}}']],
    ['a.go', 'func a() {\n\tc, err := pgx.ParseConfig(dsn)\n\tc.TLSConfig.InsecureSkipVerify = true\n}', ['pgx $ {TLSConfig:{InsecureSkipVerify:true}}']],
    ['a.go', 'func a() {\n\tt := &tls.Config{ServerName: "h"}\n\tc, err := pgx.ParseConfig("postgres://h/d")\n\tc.TLSConfig = t\n}', ['pgx postgres://h/d {TLSConfig:{ServerName:h}}']],
    // It may be taken or not, or checks by itself: unknown.
    ['a.go', 'func a() {\n\tc, err := pgx.ParseConfig("postgres://h/d")\n\tif lax {\n\t\tc.TLSConfig = nil\n\t}\n}', ['pgx postgres://h/d {TLSConfig:$}']],
    ['a.go', 'func a() {\n\tc, err := pgx.ParseConfig("postgres://h/d")\n\tc.TLSConfig = &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: check}\n}', ['pgx postgres://h/d {TLSConfig:$}']],
    ['a.go', 'func a() {\n\tc, err := pgx.ParseConfig("postgres://h/d")\n}\nfunc b() {\n\tserver.TLSConfig = nil\n}', ['- postgres://h/d']],
    // Kotlin's properties, and blocks that are applied
    ['a.kt', 'val s = HikariDataSource()\ns.jdbcUrl = "jdbc:postgresql://h/d"\ns.addDataSourceProperty("sslmode", "disable")', ['pgjdbc jdbc:postgresql://h/d sslmode=disable']],
    ['a.kt', 'val c = HikariConfig().apply {\n    jdbcUrl = "jdbc:postgresql://h/d"\n    addDataSourceProperty("sslmode", "require")\n}', ['pgjdbc jdbc:postgresql://h/d sslmode=require']],
    ['a.kt', 'val s = PGSimpleDataSource()\ns.serverNames = arrayOf("h")\ns.databaseName = "d"\ns.sslMode = "require"', ['pgjdbc host=h dbname=d sslmode=require']],
    // Django
    ['a.py', "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'd', 'HOST': 'h', 'OPTIONS': {'sslmode': 'require'}}}", ['django dbname=d host=h {ENGINE:django.db.backends.postgresql,OPTIONS:{sslmode:require}}']],
    ['a.py', "DATABASES = {'default': {'ENGINE': 'django.db.backends.mysql', 'NAME': 'd', 'HOST': 'h'}}", []],
    ['a.py', "DATABASES = {'default': {'ENGINE': os.environ.get('E', 'django.db.backends.postgresql'), 'HOST': os.environ['H']}}", ['django host=$H {ENGINE:django.db.backends.postgresql}']],
    ['a.py', "OPTS = {'sslmode': 'prefer'}\nDATABASES = {'default': {'ENGINE': 'django.contrib.gis.db.backends.postgis', 'HOST': 'h', 'OPTIONS': OPTS}}", ['django host=h {ENGINE:django.contrib.gis.db.backends.postgis,OPTIONS:{sslmode:prefer}}']],
    ['a.py', "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'h'}}\nDATABASES['default']['OPTIONS'] = {'sslmode': os.getenv('M', 'allow')}", ['django host=h {ENGINE:django.db.backends.postgresql,OPTIONS:{sslmode:allow}}']],
    ['a.py', "import dj_database_url\nDATABASES = {'default': dj_database_url.config(ssl_require=True)}", ['django $DATABASE_URL {OPTIONS:{sslmode:require}}']],
    ['a.py', "# DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'h'}}", []],
    // SQLAlchemy
    ['a.py', 'e = create_engine("postgresql://h/d", connect_args={"sslmode": "disable"})', ['sqlalchemy postgresql://h/d {connect_args:{sslmode:disable}}']],
    ['a.py', 'e = create_engine("mysql://h/d", connect_args={"ssl": {}})', []],
    ['a.py', 'e = create_engine(os.environ["DATABASE_URL"], connect_args={"sslmode": "disable"})', ['sqlalchemy $DATABASE_URL {connect_args:{sslmode:disable}}']],
    ['a.py', 'u = URL.create("postgresql+psycopg", host="h", database="d", query={"sslmode": "prefer"})', ['sqlalchemy host=h dbname=d sslmode=prefer']],
    ['a.py', 'SQLALCHEMY_DATABASE_URI = "postgresql://h/d"\nSQLALCHEMY_ENGINE_OPTIONS = {"connect_args": {"sslmode": "allow"}}', ['sqlalchemy postgresql://h/d {connect_args:{sslmode:allow}}']],
    // Drivers of Python
    ['a.py', 'psycopg2.connect(host="h", dbname="d", password="x", sslmode="allow")', ['psycopg2 host=h dbname=d sslmode=allow']],
    ['a.py', 'psycopg.connect(**kwargs)', []],
    ['a.py', 'await asyncpg.connect(host="h", database="d", ssl=False)', ['asyncpg host=h dbname=d {ssl:false}']],
    ['a.py', 'pg8000.dbapi.connect(user="u", host="h", ssl_context=True)', ['pg8000 user=u host=h {ssl_context:true}']],
    ['a.py', 'db = PostgresqlDatabase("d", host="h", sslmode="prefer")', ['psycopg2 host=h sslmode=prefer']],
    ['a.py', 'ctx = ssl.create_default_context(cafile="ca.pem")\nctx.check_hostname = False\nctx.verify_mode = ssl.CERT_NONE\nasyncpg.connect("postgres://h/d", ssl=ctx)', ['asyncpg postgres://h/d {ssl:{check_hostname:false,verify_mode:CERT_NONE}}']],
    ['a.py', 'ctx = ssl.create_default_context()\nif lax:\n    ctx.check_hostname = False\nasyncpg.connect("postgres://h/d", ssl=ctx)', ['asyncpg postgres://h/d {ssl:$}']],
    ['a.py', 'create_async_engine("postgresql+asyncpg://h/d", connect_args={"ssl": ssl._create_unverified_context()})', ['sqlalchemy postgresql+asyncpg://h/d {connect_args:{ssl:{verify_mode:CERT_NONE}}}']],
    ['a.py', 'asyncpg.connect("postgres://h/d", ssl=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))', ['asyncpg postgres://h/d {ssl:{}}']],
    ['a.py', "import dj_database_url\nDATABASES = {'default': dj_database_url.config(default='postgres://h/d', ssl_require=True)}", ['django $DATABASE_URL {OPTIONS:{sslmode:require}}', 'django postgres://h/d {OPTIONS:{sslmode:require}}']],
    ['a.py', "DATABASES = {'default': dj_database_url.parse('postgres://h/d', ssl_require=True)}", ['django postgres://h/d {OPTIONS:{sslmode:require}}']],
    ['a.py', 'app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://h/d"', ['sqlalchemy postgresql://h/d']],
    // R
    ['a.R', 'con <- DBI::dbConnect(RPostgres::Postgres(), host = "h", dbname = "d", password = "x", sslmode = "disable")', ['libpq host=h dbname=d sslmode=disable']],
    ['a.R', 'con <- dbConnect(RMariaDB::MariaDB(), host = "h", dbname = "d")', []],
    // Elixir
    ['config/runtime.exs', 'url =\n  System.get_env("DATABASE_URL") ||\n    raise "no"\nconfig :a, A.Repo,\n  # ssl: true,\n  url: url,\n  ssl_opts: [verify: :verify_none]\n', ['ecto $DATABASE_URL {ssl_opts:{verify:verify_none}}']],
    ['config/prod.exs', 'config :a, A.Repo, hostname: "h", database: "d", password: "x"\nconfig :a, A.Repo, ssl: true\n', ['ecto host=h dbname=d {ssl:true}']],
    ['config/prod.exs', 'config :a, A.Repo, adapter: Ecto.Adapters.MyXQL, hostname: "h", database: "d"\n', []],
    ['a.ex', 'Postgrex.start_link(hostname: "h", ssl: [verify: :verify_none])', ['postgrex host=h {ssl:{verify:verify_none}}']],
    // PHP
    ['a.php', "<?php return ['default' => env('DB_CONNECTION', 'pgsql'), 'connections' => ['pgsql' => ['driver' => 'pgsql', 'host' => env('DB_HOST', '127.0.0.1'), 'sslmode' => 'prefer']]];", ['laravel host=$DB_HOST {sslmode:prefer}']],
    ['a.php', "<?php return ['default' => env('DB_CONNECTION', 'mysql'), 'connections' => ['pgsql' => ['driver' => 'pgsql', 'host' => 'h', 'sslmode' => 'prefer']]];", []],
    ['a.php', "<?php $c = DriverManager::getConnection(array('driver' => 'pdo_pgsql', 'host' => 'h', 'sslmode' => 'allow'));", ['doctrine host=h {driver:pdo_pgsql,sslmode:allow}'.replace('driver:pdo_pgsql,', '')]],
    // Ruby
    ['a.rb', "PG.connect(host: 'h', dbname: 'd', sslmode: 'allow')", ['ruby-pg host=h dbname=d sslmode=allow']],
    ['a.rb', "PG.connect :host => 'h', :dbname => 'd'\nputs 1, a: 2", ['ruby-pg host=h dbname=d']],
    ['a.rb', "ActiveRecord::Base.establish_connection(adapter: 'postgresql', host: 'h', sslmode: 'allow')", ['rails host=h {sslmode:allow}']],
    ['a.rb', "ActiveRecord::Base.establish_connection(adapter: 'mysql2', host: 'h')", []],
    // Typed languages
    ['a.rs', 'PgConnectOptions::new().host("h").ssl_mode(PgSslMode::VerifyFull)', ['sqlx host=h sslmode=verify-full']],
    ['a.cs', 'var b = new NpgsqlConnectionStringBuilder { Host = "h", SslMode = SslMode.Prefer };', ['npgsql host=h sslmode=Prefer']],
    ['a.cs', 'var b = new NpgsqlConnectionStringBuilder("Host=h;Database=d");\nb.SslMode = SslMode.Disable;', ['npgsql Host=h;Database=d sslmode=Disable']],
    ['A.java', 'PGSimpleDataSource s; s.setServerNames(new String[]{"h"}); s.setDatabaseName("d"); s.setSslMode("allow");', ['pgjdbc host=h dbname=d sslmode=allow']],
    ['A.java', 'p.setProperty("sslmode", "require"); DriverManager.getConnection("jdbc:postgresql://h/d", p);', ['pgjdbc jdbc:postgresql://h/d sslmode=require']],
    ['A.java', 'p.setProperty("sslMode", "REQUIRED"); DriverManager.getConnection("jdbc:mysql://h/d", p);', []],
  ])('%s %j', ([path, text, expected]) => {
    expect(found(path, text)).toEqual(expected);
  });

  it('asks mix.exs which database a Repo is of', () => {
    const text = 'config :a, A.Repo, hostname: "h", database: "d", username: "root"\n';
    const read = (manifest: string): number => readSource('/p/config/prod.exs', text, { read: (path) => (path === '/p/mix.exs' ? manifest : null) }).sites.length;
    expect(read('{:myxql, ">= 0.0.0"}')).toBe(0);
    expect(read('{:postgrex, ">= 0.0.0"}')).toBe(1);
  });

  it('goes on where brackets are not closed, and ends where names give each other', () => {
    for (const text of ['DATABASES = {"default": {"ENGINE": "postgres', `psycopg2.connect(${'('.repeat(5000)}`, 'a = b\nb = a\npsycopg2.connect(host=a, dbname="d")', `config :a, A.Repo,${' x: ['.repeat(3000)}`]) {
      for (const path of ['a.py', 'a.exs', 'a.rb', 'a.php']) expect(() => readSource(path, text)).not.toThrow();
    }
  });
});
