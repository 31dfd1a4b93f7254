import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/files/index.ts';
import { LANGUAGES } from '../../src/files/source/languages.ts';
import { readSource } from '../../src/files/source/reader.ts';

describe('the driver of a string in a program', () => {
  it.for<[path: string, text: string, expected: string]>([
    ['a.go', 'import (\n\t_ "github.com/lib/pq"\n)\nvar x = "postgres://h.example.net/d"', 'lib-pq line 2'],
    ['a.go', 'import "github.com/jackc/pgx/v5/pgxpool"\nvar x = "postgres://h.example.net/d"', 'pgx line 1'],
    ['a.go', 'import "gorm.io/driver/postgres"\nvar x = "host=h user=u dbname=d"', 'pgx line 1'],
    ['a.go', 'import (\n"github.com/lib/pq"\n"github.com/jackc/pgx/v5"\n)\nvar x = "postgres://h.example.net/d"', 'hints pgx, lib-pq'],
    ['a.go', 'import "database/sql"\nvar x = "postgres://h.example.net/d"', 'none'],
    ['a.py', 'import psycopg2\nx = "postgres://h.example.net/d"', 'psycopg2 line 1'],
    ['a.py', 'from psycopg import connect\nx = "postgres://h.example.net/d"', 'psycopg line 1'],
    ['a.py', 'import os\n\nimport asyncpg\nx = "postgres://h.example.net/d"', 'asyncpg line 3'],
    ['a.py', 'import asyncpg\nx = "postgresql+psycopg2://h.example.net/d"', 'none'],
    ['A.java', 'import org.postgresql.Driver;\nString x = "jdbc:postgresql://h/d";', 'none'],
    ['A.kt', 'import io.r2dbc.spi.*\nval x = "r2dbc:postgresql://h/d"', 'r2dbc-postgresql line 1'],
    ['a.cs', 'using Npgsql;\nvar x = "postgres://h.example.net/d";', 'npgsql line 1'],
    ['a.rb', "require 'pg'\nx = 'postgres://h.example.net/d'", 'ruby-pg line 1'],
    ['a.php', "<?php\n$x = pg_connect('host=h dbname=d');", 'php-pdo line 2'],
    ['a.rs', 'use tokio_postgres::NoTls;\nlet x = "host=h user=u dbname=d";', 'tokio-postgres line 1'],
    ['a.rs', 'sqlx::PgPool::connect("postgres://h.example.net/d")', 'sqlx line 1'],
    ['a.exs', 'Postgrex.start_link(url: "postgres://h.example.net/d")', 'postgrex line 1'],
    ['a.c', '#include <libpq-fe.h>\nchar *x = "host=h user=u dbname=d";', 'libpq line 1'],
    // What names its driver itself needs no import.
    ['a.php', "<?php\nuse Illuminate\\Support\\Str;\n$x = new PDO('pgsql:host=h;dbname=d');", 'none'],
    ['a.pl', 'use DBD::Pg;\nmy $name = "dbname=d host=h";', 'perl-dbd-pg line 1'],
    ['a.sql', "select * from dblink('host=h dbname=d', 'x')", 'libpq line 1'],
  ])('%s %j: %s', ([path, text, expected]) => {
    const { sites } = readSource(path, text);
    expect(sites).toHaveLength(1);
    const { driver, hints } = sites[0]!;
    expect(driver === null ? (hints.length === 0 ? 'none' : `hints ${hints.join(', ')}`) : `${driver.id} line ${String(driver.line)}`).toBe(expected);
    expect(driver?.kind ?? 'code').toBe('code');
  });
});

describe('what is no connection of the program', () => {
  it.for<[path: string, text: string]>([
    ['a.go', 'x := "postgres://"'],
    ['a.go', 'log.Fatal("cannot reach postgres://h.example.net/d, giving up")'],
    ['a.go', '// "postgres://h.example.net/d"\n/* "postgres://h.example.net/d" */'],
    ['a.go', "r := '\"' // \"postgres://h.example.net/d\""],
    ['a.py', '"""\nConnect to "postgres://h.example.net/d".\n"""'],
    ['a.py', 'Field(example="postgres://u:p@h.example.net/d")'],
    ['a.py', "add_argument('--url', help='postgres://u:p@h.example.net/d')"],
    ['a.java', 'String x = "jdbc:mysql://h/d";'],
    ['a.cs', 'var x = "Server=h;Database=d;Trusted_Connection=True";'],
    ['a.rb', "# 'postgres://h.example.net/d'"],
    ['a.sql', "-- 'host=h dbname=d'\nselect \"host=h dbname=d\""],
    ['a.php', "<?php $x = 'mysql:host=h;dbname=d';"],
    ['a.rs', "let x: &'a str = y; // \"postgres://h.example.net/d\""],
    ['a.ts', 'const x = "postgres://h.example.net/d"'],
  ])('%s %j', ([path, text]) => {
    expect(readSource(path, text).sites).toEqual([]);
  });
});

it('knows every language by the name of its files', () => {
  for (const { extensions } of LANGUAGES) for (const extension of extensions) expect(kindOf(`a.${extension}`)?.id, extension).toBe('source');
  const all = LANGUAGES.flatMap(({ extensions }) => extensions);
  expect(new Set(all).size).toBe(all.length);
});
