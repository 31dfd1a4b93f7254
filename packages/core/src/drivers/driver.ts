import type { Encrypts, Mode, Verifies } from '../mode.ts';
import type { Form, ParsedString, Setting } from '../settings/setting.ts';
import type { Span } from '../text.ts';
import type { Value } from '../value.ts';

/**
 * Every driver, in the order of INTERFACES.md ("Driver ids"): among equals the first counts.
 */
export const DRIVER_IDS = [
  'libpq', 'psycopg', 'psycopg2', 'ruby-pg', 'php-pdo', 'perl-dbd-pg', 'psqlodbc',
  'node-postgres', 'pg-native', 'postgres.js', 'slonik', 'bun', 'deno-postgres', 'neon-serverless', 'prisma',
  'npgsql', 'pgjdbc', 'r2dbc-postgresql', 'pgx', 'lib-pq', 'asyncpg', 'pg8000', 'tokio-postgres', 'sqlx', 'postgrex', 'pgbouncer',
  'sequelize', 'typeorm', 'knex', 'kysely', 'drizzle', 'drizzle-kit', 'mikro-orm', 'pg-promise', 'prisma-adapter-pg',
  'django', 'sqlalchemy', 'rails', 'laravel', 'doctrine', 'spring', 'gorm', 'ecto', 'diesel', 'sea-orm', 'ef-core',
] as const;

export type DriverId = (typeof DRIVER_IDS)[number];

/** One sentence about what a driver does, and where that is written. */
export interface Reason {
  /** A clause that can follow a colon, without a full stop: "no sslmode is given, and node-postgres then never tries TLS". Holds no value but TLS words. */
  readonly text: string;
  /** File and line of the driver's own source, or its page: "pg 8.23.1 lib/connection-parameters.js:25". */
  readonly source: string;
  /** The setting that it is about. */
  readonly setting?: Setting;
}

/** What a driver makes of the settings. It never names a mode: that is {@link modeOf}'s business. */
export type Outcome = Connects | Refuses;

/** The driver goes on to connect. */
export interface Connects {
  readonly kind: 'connects';
  readonly encrypts: Encrypts;
  readonly verifies: Verifies;
  /** Where code of the program's own checks the certificate (a connector, a factory): what that may come down to. */
  readonly verifiesAtLeast?: Verifies;
  /** The written setting that decided; `null` where the driver's default did. */
  readonly decidedBy: Setting | null;
  /** At least one; the first says why it comes out like this. */
  readonly reasons: readonly Reason[];
  /** Written TLS settings whose value this driver doesn't know, and what it takes them for. */
  readonly unknownValues: readonly Reason[];
  /** Written TLS settings that this driver never reads. `harmless` where it can be deleted without any change. */
  readonly ignored: readonly (Reason & { readonly setting: Setting; readonly harmless: boolean })[];
  /** Written settings that it reads and that another one makes void; `setting` is the loser. */
  readonly conflicts: readonly (Reason & { readonly setting: Setting; readonly winner: Setting })[];
  /** What has to be on the machine: `root-certificate`. */
  readonly needs: readonly 'root-certificate'[];
  readonly mitigations: readonly ('channel-binding' | 'no-cleartext-password')[];
  /** Written bounds on the TLS version that allow less than 1.2, or forbid 1.2 and above. */
  readonly weakTls: readonly (Reason & { readonly setting: Setting })[];
  /** In Node: `rejectUnauthorized` is left undefined, so NODE_TLS_REJECT_UNAUTHORIZED decides. */
  readonly obeysNodeTlsEnv?: boolean;
}

/** The driver throws on these settings, or the server does on what it sends: safe, and broken. */
export interface Refuses {
  readonly kind: 'refuses';
  /** `tls` for a TLS word or combination of TLS settings, `syntax` where the string cannot be read, `other` for anything else (another form, an unknown parameter). */
  readonly cause: 'tls' | 'syntax' | 'other';
  readonly reasons: readonly Reason[];
  /** The setting that is refused, where it is one. */
  readonly setting: Setting | null;
}

/** What a driver is given: nothing in it is hidden any more (see judge/worlds.ts). */
export interface DriverInput {
  readonly form: Form;
  /** Spans are in the source of the connection. `null` where there is no string. */
  readonly string: ParsedString | null;
  readonly options: Value | undefined;
  /** Variables that are written down for this connection, by name. */
  readonly environment: ReadonlyMap<string, Setting>;
  /** What is known of the default root certificate file (`~/.postgresql/root.crt`). */
  readonly rootCertificate: 'present' | 'absent' | undefined;
}

/** Versions of the packages that make up the driver, as far as a lockfile tells: `{ pg: '8.11.3', 'pg-connection-string': '2.6.2' }`. */
export type PackageVersions = Readonly<Record<string, string>>;

/** A version that the model tells apart. */
export interface DriverVersion {
  /** What `ID@VERSION` and messages say: "8", "18". */
  readonly label: string;
  /** The first version that does so, where the label is not that. The label stands for it and all up to the next label. */
  readonly since?: string;
  /** False for a version that is only announced; messages say so. */
  readonly released: boolean;
}

/** How to write a posture in a driver's own syntax. A place that can't say it is `null`. */
export interface Spelling {
  /** Parameters of a connection string. */
  readonly string: readonly (readonly [name: string, value: string])[] | null;
  /** A property of the options object: `ssl: true`. */
  readonly options: string | null;
  readonly environment: readonly (readonly [name: string, value: string])[] | null;
  /** What must be true for it to work, a clause: "needs libpq 16 or later". */
  readonly condition: string | null;
  /** The options need nothing more: the condition is the other ways'. */
  readonly optionsAlone?: true;
  /** A sentence: what there is to do where it cannot be written at all. */
  readonly instead?: string;
}

/** What a connection is given, hidden parts and all. */
export interface Settings {
  /** Spans as offsets in its own text. */
  readonly string: ParsedString | null;
  /** There is a string, and nothing of it is known. */
  readonly stringHidden: boolean;
  /** From an offset in the string's text to the source. */
  readonly toSource: (span: Span) => Span;
  readonly options: Value | undefined;
}

/** What a wrapper hands on to the driver underneath, in that driver's own terms. */
export interface Unwrapped extends Settings {
  /** Written TLS settings that never arrive there. */
  readonly ignored: Connects['ignored'];
  readonly driver: Driver;
  readonly version: string;
  /** What the driver makes of it, with what the wrapper has to say. */
  readonly outcome: (input: DriverInput) => Outcome;
}

/** One PostgreSQL client: what it really does with TLS settings. One file a driver, one line in drivers/index.ts. */
export interface Driver {
  readonly id: DriverId;
  /** The driver that does the work behind this name, for a client of libpq and for a wrapper: tables that compare drivers show that one alone. */
  readonly sameAs?: DriverId;
  /** As messages name it: "node-postgres". */
  readonly title: string;
  /** The program that has it inside, where that alone is set up (applications/). */
  readonly application?: string;
  /** Oldest first. The newest released one counts where nothing tells the version. */
  readonly versions: readonly DriverVersion[];
  /** The forms whose text or object it takes. `group` where it reads the environment itself. */
  readonly forms: readonly Form[];
  /** Among the candidates of these forms when nothing points to a driver (INTERFACES.md, "Candidates without evidence"). */
  readonly commonFor: readonly Form[];
  /** Schemes and forms that it alone takes, as evidence: `postgresql+asyncpg`. */
  readonly schemes: readonly string[];
  /** Schemes that it refuses: a manifest that names it says nothing of such a string, which is for something else or is rewritten first. */
  readonly refusesSchemes?: readonly string[];
  /** It takes no URL of another scheme, not even `postgres:`: then its form is its own as well. */
  readonly ownSchemesOnly?: true;
  /** The option that holds a connection string, where the options object may have one. */
  readonly stringOption?: string;
  /** The file of a framework's user in which parts (DB_HOST …) are put together, and in which TLS is told to it. */
  readonly partsIn?: string;
  /** Package names that a manifest may list for it, by ecosystem; the first is the one whose version is the driver's. */
  readonly packages: Readonly<Partial<Record<'npm' | 'pypi' | 'go' | 'maven' | 'nuget' | 'gem' | 'composer' | 'cargo' | 'hex', readonly string[]>>>;
  /**
   * TLS settings that it reads, each with the values it documents and one that is a typo: what can hide behind a
   * template is tried out on them.
   */
  readonly samples: {
    readonly string: Readonly<Record<string, readonly string[]>>;
    readonly environment: Readonly<Record<string, readonly string[]>>;
    /** By path in the options object: `ssl`, `ssl.rejectUnauthorized`. */
    readonly options: Readonly<Record<string, readonly unknown[]>>;
  };
  /** The label of a package version: "8.11.3" is "8". */
  versionOf(packages: PackageVersions): string | undefined;
  /** What it does with these settings. Pure, never throws. */
  outcome(input: DriverInput, version: string, packages: PackageVersions): Outcome;
  /** A wrapper (Sequelize, Knex …): the driver underneath, and what of the settings reaches it. */
  unwrap?(given: Settings, version: string, packages: PackageVersions): Unwrapped;
  /** How its user writes `mode`; `root` is a file name for a root certificate that is not in the usual stores, `null` where public roots do; `scheme` is that of the URL, where one is written. */
  spell(mode: Mode, root: string | null, version: string, scheme?: string | null): Spelling;
}
