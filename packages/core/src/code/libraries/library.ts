import type { DriverId } from '../../drivers/driver.ts';
import type { MappedText, Span } from '../../text.ts';
import { type Value, entryOf } from '../../value.ts';

/** What a call gives its driver. */
export interface Given {
  /** The connection string; `hidden` where there may be one that a variable holds; `null` where there is none. */
  readonly string: MappedText | 'hidden' | null;
  readonly options: Value | undefined;
}

/** An argument, and its text where it is a string, holes included. */
export interface Argument {
  readonly value: Value;
  readonly text: MappedText | undefined;
}

/** What can be asked about a value. */
export interface Look {
  /** The text of a string, holes included; `undefined` for what is no string. */
  readonly textOf: (value: Value) => MappedText | undefined;
  /** What stands in the source there. */
  readonly sourceOf: (place: { readonly span: Span }) => string;
  /** The file names PostgreSQL, and no other database. */
  readonly isAboutPostgres: boolean;
}

/** An object that a library is configured with, wherever it stands: `export default { client: 'pg', connection: … }`. */
export interface Shape {
  /** Property names, one of which each such object has: looked at before anything is worked out. */
  readonly names: readonly string[];
  /** Others, one of which it has too, where the first are not telling enough. */
  readonly beside?: readonly string[];
  /** What it gives the driver; nothing where it is none of the library's, or of another database. */
  read(object: Value, look: Look): readonly Given[];
}

/** A package of JavaScript that opens connections. One file a library, one line in libraries/index.ts. */
export interface Library {
  readonly driver: DriverId;
  /**
   * Its modules (a package, or a path in one), each with the exports whose call or construction opens a connection; the
   * empty name is the module itself, `()` what a call of that gives.
   */
  readonly modules: Readonly<Record<string, readonly string[]>>;
  /** Which of so many arguments matter; the first two where it is not said. */
  readonly matters?: (count: number) => readonly number[];
  /** How the arguments that matter become string and options, once for each connection; nothing where it is another database's. `name` is what was called. */
  read(args: readonly Argument[], look: Look, name: string): readonly Given[];
  readonly shape?: Shape;
}

/** Whether a value is surely nothing: undefined, null or an empty text, all of which the libraries pass over. */
export function isNothing(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === ''));
}

/** Names of what holds a connection string, at the end of an expression: `config.databaseUrl`, `env.DATABASE_URL`, `getDsn()`. */
const CALLED_STRING = /(?:url|uri|dsn|conn(?:ection)?_?str(?:ing)?)\)?['"]?(?:\(\)|\)|\]|!|\s+as\s+string)*$/i;

/** True for what is or may be taken for a connection string. */
export function isStringLike(value: Value, { textOf, sourceOf }: Look): boolean {
  if (textOf(value) !== undefined) return true;
  return value.kind === 'hidden' && (value.name !== undefined || CALLED_STRING.test(sourceOf(value).slice(-200)));
}

/** A value that is a connection string, or nothing. */
export function stringOf(value: Value | undefined, { textOf }: Pick<Look, 'textOf'>): Given['string'] {
  if (value === undefined || isNothing(value)) return null;
  return textOf(value) ?? 'hidden';
}

const POSTGRES = /postgres|cockroach|redshift|timescale|\bpg(?:native)?\b/i;

/** True for a word that names PostgreSQL or what speaks as it does. */
export function namesPostgres(word: string): boolean {
  return POSTGRES.test(word);
}

const OTHERS = /mysql|clickhouse|maria_?db|sqlite|mssql|sql_?server|oracledb|mongo|snowflake|\bdb2\b/i;

/** True for the text of a file that names PostgreSQL, and no other database. */
export function isAboutPostgres(source: string): boolean {
  return POSTGRES.test(source) && !OTHERS.test(source);
}

/**
 * What a property that names the kind of database says: `dialect: 'postgres'`. Of what is hidden, a word in its source counts
 * (`process.env.TYPE as 'postgres'`), then what the file is about.
 */
export function databaseOf(options: Value | undefined, name: string, { sourceOf, isAboutPostgres: isFileAbout }: Look): 'postgres' | 'other' | 'unsaid' {
  const entry = entryOf(options, name);
  if (entry === undefined || isNothing(entry.value)) return 'unsaid';
  if (entry.value.kind === 'literal') return POSTGRES.test(String(entry.value.value)) ? 'postgres' : 'other';
  return (isFileAbout && entry.value.kind === 'hidden') || POSTGRES.test(sourceOf(entry).slice(0, 300)) ? 'postgres' : 'unsaid';
}
