import { DRIVERS, type Driver } from '../../packages/core/src/index.ts';
import { table } from './markdown.ts';
import type { LabCell, MeasuredFile } from './measured.ts';

/** A kind of setting that every driver is asked about, and how often it was: 0 where a part of it is missing. */
interface Kind {
  readonly id: string;
  /** Markdown. */
  readonly title: string;
  asked(cells: readonly LabCell[]): number;
}

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
/** What turns TLS or its checks off. */
const WEAK = /disable|no-verify|false|\b0\b/;

const inString = ({ string, service }: LabCell): string => [string, ...(service ?? [])].join(' ');
const inOptions = ({ options }: LabCell): string => JSON.stringify(options ?? {});
const written = (cell: LabCell): string => `${inString(cell)} ${inOptions(cell)}`;
/** Whether a text says anything about TLS. */
const speaks = (text: string): boolean => /ssl|tls|auth|gss|channel|compat|unheard|\bCA=/i.test(text);

/** Cells whose text matches. */
const matching =
  (pattern: RegExp, text = written) =>
  (cells: readonly LabCell[]): number =>
    cells.filter((cell) => pattern.test(text(cell))).length;

/** The sum, where each of these is asked. */
function all(cells: readonly LabCell[], ...kinds: readonly ((cell: LabCell) => boolean)[]): number {
  const counts = kinds.map((is) => cells.filter(is).length);
  return counts.includes(0) ? 0 : counts.reduce((sum, count) => sum + count, 0);
}

const sets = (name: string) => (cell: LabCell): boolean => cell.environment !== undefined && Object.hasOwn(cell.environment, name);

/** A variable alone, and against what is written. */
function variable(name: string): Kind {
  return { id: name, title: `\`${name}\``, asked: (cells) => all(cells.filter(sets(name)), (cell) => !speaks(written(cell)), (cell) => speaks(written(cell))) };
}

/** What issue 4 asks of each driver. */
export const KINDS: readonly Kind[] = [
  { id: 'nothing', title: 'nothing', asked: (cells) => cells.filter((cell) => !speaks(written(cell)) && Object.keys(cell.environment ?? {}).length === 0 && cell.rootCertificate !== 'present').length },
  { id: 'modes', title: 'all six modes', asked: (cells) => all(cells, ...MODES.map((mode) => (cell: LabCell) => new RegExp(`(?:ssl_?mode|ssl)"?\\s?[=:]\\s?["']?${mode}\\b`, 'i').test(written(cell)))) },
  { id: 'ssl', title: '`ssl`', asked: matching(/(?:\bssl|"tls)"?[=:]/) },
  { id: 'typo', title: 'a typo', asked: matching(/requrie/) },
  { id: 'case', title: 'upper case', asked: matching(/[=:]["']?(?:Require|VERIFY-FULL)/) },
  { id: 'repeated', title: 'repeated', asked: matching(/\b(\w*ssl_?mode|ssl)=[^ &;]*[ &;](?:.*[ &;])?\1=/i, inString) },
  { id: 'root', title: 'a root file', asked: matching(/\{root\}/) },
  { id: 'default-root', title: "`root.crt` in its place", asked: (cells) => cells.filter(({ rootCertificate }) => rootCertificate === 'present').length },
  { id: 'system', title: '`system`', asked: matching(/(?:rootcert|ca_file)"?[=:]"?system/) },
  { id: 'direct', title: '`direct`', asked: matching(/sslnegotiation"?[=:]"?direct/i) },
  { id: 'channel-binding', title: 'channel binding', asked: matching(/channel_?binding/i) },
  {
    id: 'options',
    title: 'options against a string',
    asked: (cells) =>
      all(
        cells.filter((cell) => speaks(inString(cell)) && speaks(inOptions(cell))),
        (cell) => WEAK.test(inOptions(cell)) && !WEAK.test(inString(cell)),
        (cell) => WEAK.test(inString(cell)) && !WEAK.test(inOptions(cell)),
      ),
  },
  variable('PGSSLMODE'),
  variable('PGSSLROOTCERT'),
  variable('PGSSL'),
  {
    id: 'NODE_TLS_REJECT_UNAUTHORIZED',
    title: '`NODE_TLS_REJECT_UNAUTHORIZED`',
    // Alone it turns nothing on: what it takes away is asked with a string and with options.
    asked: (cells) => all(cells.filter(sets('NODE_TLS_REJECT_UNAUTHORIZED')), (cell) => speaks(inString(cell)), (cell) => speaks(inOptions(cell))),
  },
  { id: 'socket', title: 'Unix socket', asked: matching(/\{socket\}/) },
];

/** Why a driver is not asked about a kind of setting. */
interface Exception {
  readonly kinds: readonly string[];
  /** Of models that this holds for. */
  readonly holds: (driver: Driver) => boolean;
  readonly why: string;
}

const isOfJavaScript = ({ id, packages }: Driver): boolean => packages.npm !== undefined || id === 'bun';
const of =
  (...ids: readonly string[]) =>
  ({ id }: Driver): boolean =>
    ids.includes(id);

/** All that is not asked, and why. */
export const EXCEPTIONS: readonly Exception[] = [
  { kinds: ['NODE_TLS_REJECT_UNAUTHORIZED', 'PGSSL'], holds: (driver) => !isOfJavaScript(driver), why: 'only drivers of JavaScript have to do with it' },
  { kinds: ['default-root'], holds: (driver) => isOfJavaScript(driver) && driver.id !== 'pg-native', why: 'JavaScript\'s own drivers never look there' },
  { kinds: ['default-root'], holds: of('pgx', 'lib-pq', 'tokio-postgres'), why: 'Go takes the home from the list of users, where the lab may put nothing; Rust never looks there' },
  { kinds: ['options'], holds: of('libpq', 'php-pdo', 'perl-dbd-pg', 'psqlodbc', 'pgx', 'lib-pq', 'tokio-postgres', 'pgbouncer'), why: 'it takes one string and nothing beside it that speaks of TLS' },
  { kinds: ['options'], holds: of('pgjdbc'), why: "Java's Properties, beside a URL, have the names of its parameters: the model does not tell them apart" },
  { kinds: ['socket'], holds: of('pgjdbc'), why: 'Java needs a socket factory of somebody else\'s for that' },
  { kinds: ['repeated', 'options', 'default-root'], holds: of('pg8000'), why: 'it has arguments alone, which cannot be said twice, and never looks for a file' },
];

/** Why a kind is not asked of a driver; `undefined` where it has to be. */
export function exceptionOf(kind: string, driver: Driver): Exception | undefined {
  return EXCEPTIONS.find(({ kinds, holds }) => kinds.includes(kind) && holds(driver));
}

/** What has a model and is never measured, so that a whole run says it, with why it is not to be had. */
export const NOT_TO_BE_HAD: readonly (readonly [what: string, why: string])[] = [
  ['npgsql, ef-core, sqlx, sea-orm, diesel, postgrex, ecto, r2dbc-postgresql, deno-postgres', 'neither npm nor Debian 12 brings them to run against a server of ours'],
  ['neon-serverless', "it speaks to a proxy of Neon's over a WebSocket"],
  ['prisma (its schema engine)', 'npm brings only a program that its own server hands out'],
  ['pgx 5, lib/pq after 1.10, pgjdbc other than 42.5.5, tokio-postgres after 0.7.7', 'Debian 12 has pgx 4.15.0, lib/pq 1.10.7, pgjdbc 42.5.5 and tokio-postgres 0.7.7'],
  ['SQLAlchemy over psycopg 3', 'Debian 12 has SQLAlchemy 1.4.46, and that dialect came with 2.0'],
  ['SQLAlchemy over pg8000', 'Debian 12 has pg8000 1.10.6, and SQLAlchemy 1.4 asks for 1.16.6 or later'],
];

/** docs/measured.md: how often each driver was asked about each kind of setting. */
export function sweptTable(files: readonly MeasuredFile[]): string {
  const rows = files.flatMap(({ name, driver: id, measured, cells }) => {
    const driver = DRIVERS.find((candidate) => candidate.id === id);
    if (driver === undefined) return [];
    const asked = KINDS.map((kind) => {
      const exception = exceptionOf(kind.id, driver);
      return exception === undefined ? String(kind.asked(cells)) : markOf(exception);
    });
    const [, variant] = name.split('+');
    return [[`[${driver.title}](drivers/${id}.md) ${measured}${variant === undefined ? '' : `, ${variant}`}`, String(cells.length), ...asked]];
  });
  const total = files.reduce((sum, { cells }) => sum + cells.length, 0);
  const notes = EXCEPTIONS.map((exception) => `- ${markOf(exception)}: ${exception.why}\n`).join('');
  return `${String(files.length)} drivers and versions, ${String(total)} settings:\n\n${table(['driver', 'all', ...KINDS.map(({ title }) => title)], rows)}\n${notes}`;
}

/** The letter that stands for an exception in the table. */
function markOf(exception: Exception): string {
  return String.fromCodePoint(0x61 + EXCEPTIONS.indexOf(exception));
}

/** What is read from sources alone. */
export function neverMeasured(): string {
  return table(['read, never measured', 'why'], NOT_TO_BE_HAD.map(([what, why]) => [what, why]));
}
