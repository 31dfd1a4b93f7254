import type { DriverId } from '../../drivers/driver.ts';
import type { Hole, Import, Language, Quote } from './language.ts';

const DOUBLE: Quote = { open: /"/y, close: '"', escapes: 'backslash', lines: false };
const SINGLE: Quote = { ...DOUBLE, open: /'/y, close: "'" };
/** A character, or in Rust and Haskell only a quote: a lifetime, a name that ends in one. */
const CHARACTER: Quote = { open: /'(?=(?:\\[^\r\n]{1,10}|[^'\\\r\n]{1,2})')/y, close: "'", escapes: 'backslash', lines: false, ignored: true };
const TRIPLE: Quote = { open: /"""/y, close: '"""', escapes: 'backslash', lines: true };
const TRIPLE_RAW: Quote = { ...TRIPLE, escapes: 'none' };
/** `$x` and `${x}`. */
const DOLLAR: readonly Hole[] = [['${', '}'], /\$[A-Za-z_]\w*/y];
const BRACES: readonly Hole[] = [['{', '}']];
const NUMBER_SIGN: readonly Hole[] = [['#{', '}']];
const PARENTHESES: readonly Hole[] = [['\\(', ')']];

const lines = (quote: Quote): Quote => ({ ...quote, lines: true });

function imports(...all: readonly (readonly [RegExp, DriverId])[]): readonly Import[] {
  return all.map(([pattern, driver]) => ({ pattern, driver }));
}

/** Java's drivers have a form of their own (`jdbc:`); what is imported tells only of r2dbc. */
const OF_THE_JVM = imports([/^\s*import\s+(?:static\s+)?io\.r2dbc\b/m, 'r2dbc-postgresql'], [/^\s*import\s+(?:static\s+)?org\.postgresql\b/m, 'pgjdbc']);

const C_COMMENTS = { lineComments: ['//'], blockComments: [['/*', '*/']] } as const;
const HASH = { lineComments: ['#'], blockComments: [] } as const;

/** Every language whose strings are looked at. JavaScript and TypeScript have an analysis of their own (/code). */
export const LANGUAGES: readonly Language[] = [
  {
    ...C_COMMENTS,
    extensions: ['go'],
    ecosystem: 'go',
    quotes: [DOUBLE, { open: /`/y, close: '`', escapes: 'none', lines: true }, CHARACTER],
    joins: ['+'],
    imports: imports([/"github\.com\/jackc\/pg(?:x|conn|xpool)\b|"gorm\.io\/driver\/postgres"/, 'pgx'], [/"github\.com\/lib\/pq"/, 'lib-pq']),
  },
  {
    ...HASH,
    extensions: ['py', 'pyw'],
    ecosystem: 'pypi',
    quotes: [
      { open: /[rR][fFbB]?"""|[fFbB][rR]"""/y, close: '"""', escapes: 'none', lines: true },
      { open: /[rR][fFbB]?'''|[fFbB][rR]'''/y, close: "'''", escapes: 'none', lines: true },
      { open: /[rR][fFbB]?"|[fFbB][rR]"/y, close: '"', escapes: 'none', lines: false },
      { open: /[rR][fFbB]?'|[fFbB][rR]'/y, close: "'", escapes: 'none', lines: false },
      { ...TRIPLE, open: /[fF]"""/y, holes: BRACES },
      { ...TRIPLE, open: /[fF]'''/y, close: "'''", holes: BRACES },
      { ...DOUBLE, open: /[fF]"/y, holes: BRACES },
      { ...SINGLE, open: /[fF]'/y, holes: BRACES },
      TRIPLE,
      { ...TRIPLE, open: /'''/y, close: "'''" },
      DOUBLE,
      SINGLE,
    ],
    joins: ['', '+'],
    imports: imports(
      [/^\s*(?:import|from)\s+psycopg2\b/m, 'psycopg2'],
      [/^\s*(?:import|from)\s+psycopg(?:_pool)?\b/m, 'psycopg'],
      [/^\s*(?:import|from)\s+asyncpg\b/m, 'asyncpg'],
      [/^\s*(?:import|from)\s+pg8000\b/m, 'pg8000'],
      [/^\s*(?:import|from)\s+(?:sqlalchemy|sqlmodel|flask_sqlalchemy)\b|\bSQLALCHEMY_DATABASE_URI\b/m, 'sqlalchemy'],
      [/^\s*(?:import|from)\s+(?:django|dj_database_url|environ)\b/m, 'django'],
    ),
  },
  { ...C_COMMENTS, extensions: ['java'], ecosystem: 'maven', quotes: [TRIPLE, DOUBLE, CHARACTER], joins: ['+'], imports: OF_THE_JVM },
  { ...C_COMMENTS, extensions: ['kt', 'kts'], ecosystem: 'maven', quotes: [{ ...TRIPLE_RAW, holes: DOLLAR }, { ...DOUBLE, holes: DOLLAR }, CHARACTER], joins: ['+'], imports: OF_THE_JVM },
  { ...C_COMMENTS, extensions: ['scala', 'sc', 'sbt'], ecosystem: 'maven', quotes: [{ ...TRIPLE_RAW, holes: DOLLAR }, { ...DOUBLE, holes: DOLLAR }, CHARACTER], joins: ['+'], imports: OF_THE_JVM },
  {
    ...C_COMMENTS,
    extensions: ['groovy', 'gradle', 'gvy'],
    ecosystem: 'maven',
    quotes: [{ ...TRIPLE, holes: DOLLAR }, { ...TRIPLE, open: /'''/y, close: "'''" }, { ...DOUBLE, holes: DOLLAR }, SINGLE],
    joins: ['+'],
    imports: OF_THE_JVM,
  },
  { lineComments: [';'], blockComments: [], extensions: ['clj', 'cljc', 'edn'], ecosystem: 'maven', quotes: [lines(DOUBLE)], joins: [], imports: [] },
  {
    ...C_COMMENTS,
    extensions: ['cs', 'csx', 'cshtml', 'razor'],
    ecosystem: 'nuget',
    quotes: [
      { ...TRIPLE_RAW, open: /\$+"""/y, holes: BRACES },
      TRIPLE_RAW,
      { open: /(?:\$@|@\$)"/y, close: '"', escapes: 'doubled', lines: true, holes: BRACES },
      { open: /@"/y, close: '"', escapes: 'doubled', lines: true },
      { ...DOUBLE, open: /\$"/y, holes: BRACES },
      DOUBLE,
      CHARACTER,
    ],
    joins: ['+'],
    imports: imports([/^\s*(?:global\s+)?using\s+Npgsql\b/m, 'npgsql']),
  },
  {
    lineComments: ['//'],
    blockComments: [['(*', '*)']],
    extensions: ['fs', 'fsx'],
    ecosystem: 'nuget',
    quotes: [{ ...TRIPLE_RAW, open: /\$*"""/y, holes: BRACES }, { open: /\$?@"/y, close: '"', escapes: 'doubled', lines: true }, { ...lines(DOUBLE), open: /\$"/y, holes: BRACES }, lines(DOUBLE), CHARACTER],
    joins: ['+'],
    imports: imports([/^\s*open\s+Npgsql\b/m, 'npgsql']),
  },
  { lineComments: ["'"], blockComments: [], extensions: ['vb'], ecosystem: 'nuget', quotes: [{ ...DOUBLE, open: /\$?"/y, escapes: 'doubled' }], joins: ['&', '+'], imports: imports([/^\s*Imports\s+Npgsql\b/m, 'npgsql']) },
  {
    lineComments: ['#'],
    blockComments: [['\n=begin', '\n=end']],
    extensions: ['rb', 'rake', 'ru', 'gemspec'],
    ecosystem: 'gem',
    quotes: [
      { ...lines(DOUBLE), holes: NUMBER_SIGN },
      { ...lines(SINGLE), escapes: 'single' },
      { open: /%[qQ]?([({[<|!])/y, close: closing, escapes: 'backslash', lines: true, holes: NUMBER_SIGN },
      { open: /`/y, close: '`', escapes: 'backslash', lines: true },
    ],
    joins: ['', '+', '\\'],
    imports: imports([/^\s*require\s*\(?["'](?:pg|sequel)["']|\bPG(?:::Connection)?\.(?:connect|new|open)\b/m, 'ruby-pg'], [/\bActiveRecord::/, 'rails']),
  },
  {
    lineComments: ['//', '#'],
    blockComments: [['/*', '*/']],
    extensions: ['php', 'phtml', 'inc'],
    ecosystem: 'composer',
    quotes: [{ ...lines(DOUBLE), holes: [['{$', '}'], ['${', '}'], /\$[A-Za-z_]\w*(?:->\w+|\[[^\]"']*\])?/y] }, { ...lines(SINGLE), escapes: 'single' }],
    joins: ['.'],
    imports: imports([/\bnew\s+\\?PDO\s*\(|\bpg_p?connect\s*\(/, 'php-pdo'], [/^\s*use\s+Doctrine\\DBAL\b/m, 'doctrine'], [/^\s*use\s+Illuminate\\/m, 'laravel']),
  },
  {
    ...C_COMMENTS,
    extensions: ['rs'],
    // `#[test]`, `#[tokio::test]`, `#[rstest]`; the module that is there for tests alone.
    tests: /^([ \t]*)#\[(?:cfg\(test\)|(?:\w+::)*(?:test|rstest)\b)/gm,
    ecosystem: 'cargo',
    quotes: [{ open: /b?r(#*)"/y, close: (hashes) => `"${hashes}`, escapes: 'none', lines: true }, { ...lines(DOUBLE), folds: true }, CHARACTER],
    joins: [],
    imports: imports([/\b(?:tokio_postgres|deadpool_postgres|bb8_postgres|postgres)::/, 'tokio-postgres'], [/\bsqlx::/, 'sqlx'], [/\bdiesel(?:_async)?::/, 'diesel'], [/\bsea_orm::/, 'sea-orm']),
  },
  {
    ...HASH,
    extensions: ['ex', 'exs', 'eex', 'heex'],
    ecosystem: 'hex',
    quotes: [{ ...TRIPLE, holes: NUMBER_SIGN }, { ...TRIPLE, open: /'''/y, close: "'''", holes: NUMBER_SIGN }, { ...lines(DOUBLE), holes: NUMBER_SIGN }, lines(SINGLE), { open: /~[sScC]([({[<|/"'])/y, close: closing, escapes: 'backslash', lines: true, holes: NUMBER_SIGN }],
    joins: ['<>'],
    imports: imports([/\bPostgrex\b/, 'postgrex'], [/\bEcto\.Repo\b|Ecto\.Adapters\.Postgres\b/, 'ecto']),
  },
  { ...C_COMMENTS, extensions: ['swift'], ecosystem: null, quotes: [{ ...TRIPLE, holes: PARENTHESES }, { ...DOUBLE, holes: PARENTHESES }], joins: ['+'], imports: [] },
  {
    ...C_COMMENTS,
    extensions: ['dart'],
    ecosystem: null,
    quotes: [
      { open: /r"""/y, close: '"""', escapes: 'none', lines: true },
      { open: /r"/y, close: '"', escapes: 'none', lines: false },
      { open: /r'/y, close: "'", escapes: 'none', lines: false },
      { ...TRIPLE, holes: DOLLAR },
      { ...TRIPLE, open: /'''/y, close: "'''", holes: DOLLAR },
      { ...DOUBLE, holes: DOLLAR },
      { ...SINGLE, holes: DOLLAR },
    ],
    joins: ['', '+'],
    imports: [],
  },
  {
    ...C_COMMENTS,
    extensions: ['c', 'h', 'cc', 'cpp', 'cxx', 'hpp', 'hh', 'm', 'mm'],
    ecosystem: null,
    quotes: [{ open: /R"([^()\s\\]{0,16})\(/y, close: (name) => `)${name}"`, escapes: 'none', lines: true }, DOUBLE, CHARACTER],
    joins: ['', '+'],
    imports: imports([/^\s*#\s*include\s*[<"](?:postgresql\/)?(?:libpq-fe\.h|pqxx\b)/m, 'libpq']),
  },
  {
    ...HASH,
    extensions: ['pl', 'pm', 't'],
    ecosystem: null,
    quotes: [{ ...lines(DOUBLE), holes: DOLLAR }, { ...lines(SINGLE), escapes: 'single' }, { open: /\bqq?([({[<|!])/y, close: closing, escapes: 'backslash', lines: true }],
    joins: ['.'],
    imports: imports([/\bdbi:Pg:|\bDBD::Pg\b/, 'perl-dbd-pg']),
  },
  { ...HASH, extensions: ['r', 'jl'], ecosystem: null, quotes: [{ ...TRIPLE, holes: DOLLAR }, { ...lines(DOUBLE), holes: DOLLAR }, lines(SINGLE)], joins: ['*'], imports: imports([/\bRPostgre(?:s|SQL)\b|\bLibPQ\b/, 'libpq']) },
  {
    lineComments: ['--'],
    blockComments: [['--[[', ']]']],
    extensions: ['lua'],
    ecosystem: null,
    quotes: [{ open: /\[(=*)\[/y, close: (equals) => `]${equals}]`, escapes: 'none', lines: true }, DOUBLE, SINGLE],
    joins: ['..'],
    imports: [],
  },
  { lineComments: ['--'], blockComments: [['{-', '-}']], extensions: ['hs', 'elm'], ecosystem: null, quotes: [DOUBLE, CHARACTER], joins: ['<>', '++'], imports: imports([/^\s*import\s+(?:qualified\s+)?(?:Database\.PostgreSQL|Hasql)\b/m, 'libpq']) },
  {
    lineComments: ['--'],
    blockComments: [['/*', '*/']],
    extensions: ['sql', 'psql', 'pgsql'],
    ecosystem: null,
    quotes: [{ open: /'/y, close: "'", escapes: 'doubled', lines: true }, { open: /"/y, close: '"', escapes: 'doubled', lines: true, ignored: true }],
    joins: ['||'],
    // What a server connects to is reached through libpq: dblink, postgres_fdw, subscriptions.
    imports: imports([/\b(?:dblink|postgres_fdw|subscription)/i, 'libpq']),
  },
  {
    lineComments: ['#'],
    blockComments: [['<#', '#>']],
    extensions: ['ps1', 'psm1', 'psd1'],
    ecosystem: 'nuget',
    quotes: [{ open: /@"/y, close: '\n"@', escapes: 'backtick', lines: true, holes: DOLLAR }, { open: /@'/y, close: "\n'@", escapes: 'none', lines: true }, { open: /"/y, close: '"', escapes: 'backtick', lines: true, holes: DOLLAR }, { open: /'/y, close: "'", escapes: 'doubled', lines: true }],
    joins: ['+'],
    imports: imports([/\bNpgsql\b/, 'npgsql']),
  },
];

/** The bracket that closes what this one opens; any other letter closes itself. */
function closing(open: string): string {
  return { '(': ')', '{': '}', '[': ']', '<': '>' }[open] ?? open;
}
