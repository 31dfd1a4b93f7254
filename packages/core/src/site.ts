import type { ApplicationRef } from './applications/index.ts';
import type { Driver, DriverId } from './drivers/driver.ts';
import type { JoinedText } from './joined.ts';
import type { SafeText } from './redact.ts';
import type { ServerSetting } from './server.ts';
import type { Form, Setting } from './settings/setting.ts';
import type { MappedText, Span } from './text.ts';
import type { Value } from './value.ts';

/**
 * A place where connection settings stand together, as a reader found it: what /files makes of text and /code of a
 * syntax tree. Raw: it may hold passwords, and never leaves core (see connection.ts).
 */
export interface Site {
  readonly form: Form;
  /** Path of the key: `services.api.environment.DATABASE_URL`, `DATABASE_URL`; `null` in code. */
  readonly key: string | null;
  /** Where a finding stands that has no setting to stand on: the value, or the call's callee. */
  readonly span: Span;
  /** The connection string; `hidden` where there is one but a variable holds it; `null` where there is none. */
  readonly string: MappedText | 'hidden' | null;
  /** Settings of a group that are no environment variables of a driver (`DB_HOST`, a map's `sslmode`), under libpq's names, place `string`. */
  readonly members: readonly Setting[];
  /** Variables in force here that some driver reads itself (`PGSSLMODE`, `NODE_TLS_REJECT_UNAUTHORIZED`). */
  readonly environment: readonly Setting[];
  /** The options object of a call. */
  readonly options: Value | undefined;
  /** The driver that the call, the import or the form itself names; the strongest evidence. */
  readonly driver: { readonly id: DriverId; readonly kind: 'code' | 'scheme'; readonly line: number | null } | null;
  /** Weaker evidence: a driver that the names of keys or images around point to. */
  readonly hints: readonly DriverId[];
  /** It is a connection of a deployed application, which makes something of its own of the settings. */
  readonly application?: ApplicationRef;
  /** Code of a language whose drivers are listed there: a manifest of another ecosystem says nothing of it. */
  readonly ecosystem?: keyof Driver['packages'];
  /** The condition under which this branch is taken, to be named in the message: "when NODE_ENV is not production". */
  readonly condition: string | null;
  /** What that condition asks of environment variables: whether one is this text, or (`null`) has any. */
  readonly tests?: readonly { readonly name: string; readonly is: string | null; readonly holds: boolean }[];
  /** The site stands in text that could not be parsed as what the file should be. */
  readonly unparsed: boolean;
  /** It is there to be tested or read, whatever file it lies in: in a unit test, among the examples of a schema. */
  readonly sample?: boolean;
  /** It is put together of several places: what stands there alone gives way to it. */
  readonly joins?: boolean;
  /** The environment variable that holds the connection string. */
  readonly reads?: string;
  /** What it says of `${NAME}` is what the environment of its program says. */
  readonly fills?: boolean;
  /** The connection string before defaults were filled in: `${DB_HOST:localhost}`. */
  readonly unfilled?: MappedText;
  /** Where code reads the values that are given elsewhere. */
  readonly reader?: Span;
  /** Where other values of it stand that are given elsewhere. */
  readonly given?: readonly Span[];
  /** What it takes of other modules: `use` is the place in the file itself, `places` are those where it is written, behind the file's own text. */
  readonly crossings?: readonly { readonly use: Span; readonly places: readonly Span[] }[];
}

/** A comment, for ignores. */
export interface Comment {
  /** Without its delimiters. */
  readonly text: string;
  readonly span: Span;
  /** Something other than white space stands before it on its line. */
  readonly trailing: boolean;
  /** The span that an ignore in this comment covers: the whole entry below it, or the line that it trails. */
  readonly covers: Span;
  /** It stands in another file that the reading draws on. */
  readonly borrowed?: boolean;
}

/** A stretch in which another tool's comment switches one of our rules off. */
export interface Disabled {
  readonly rule: string;
  readonly reason: SafeText;
  readonly covers: Span;
}

/** What a reader found in one file. */
export interface Reading {
  readonly sites: readonly Site[];
  readonly comments: readonly Comment[];
  /** Where ESLint's comments switch rules off; left out where ESLint itself sees to that. A rule's are in order and apart. */
  readonly disabled?: readonly Disabled[];
  /** Findings that are about a variable alone: NODE_TLS_REJECT_UNAUTHORIZED in this scope. */
  readonly bypasses: readonly Bypass[];
  /** Certificates that stand in it, for PostgreSQL by the names around them. */
  readonly certificates?: readonly CertificateText[];
  /** Files and folders of the repository that containers find elsewhere. */
  readonly mounts?: readonly Mount[];
  /** What a server's configuration says about its clients. */
  readonly servers?: readonly ServerSetting[];
  /** "read as text: not valid YAML (…)". `line` from 1. Never holds any part of the file. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  /** How a text is written at a place of this file; left out where it is written as it is. */
  readonly written?: (text: string, at: number) => string;
  /** Names that are services or containers of this file: their host class is `local`. */
  readonly localNames: readonly string[];
  /** What programs are given by it: the variables of a file, or of each container. */
  readonly environments?: readonly GivenEnvironment[];
  /** Other files' texts that its connections draw on: offsets go on in them where those of the file's own text end. */
  readonly joined?: readonly JoinedText[];
  /** What its connections draw on there. */
  readonly claims?: readonly Claim[];
}

/** What a file with nothing in it gives. */
export const NOTHING: Reading = { sites: [], comments: [], bypasses: [], problems: [], localNames: [] };

/** Variables that one program is given. */
export interface GivenEnvironment {
  readonly variables: readonly GivenVariable[];
  /** What the program is called: its service, container, image or folder. Empty where nothing says so. */
  readonly of: readonly string[];
}

/** A variable with the value that a file gives it. */
export interface GivenVariable {
  readonly name: string;
  /** `hidden` where something else gives the value. */
  readonly value: MappedText | 'hidden';
  /** The raw value, without its quotes. */
  readonly span: Span;
  /** All that has to go when it goes. */
  readonly whole: Span;
}

/** A value of another file that is part of a connection here. */
export interface Claim {
  /** Where the value stands. */
  readonly at: number;
  /** Something was put with it, so what its own file makes of it gives way; else that is all there is to say. */
  readonly joins: boolean;
  /** Code reads it, with this driver. */
  readonly driver?: DriverId;
}

/** A file or folder of the repository, and where it is in a container. */
export interface Mount {
  /** As written, relative to the folder of the file. */
  readonly from: string;
  readonly to: string;
  /** The service of Compose that is given it; left out for secrets, which any may have. */
  readonly service?: string;
  /** By a build: then `from` is relative to the folder of the file or one above. `complete` where nothing else in the build can bring certificates. */
  readonly copied?: { readonly complete: boolean };
}

/** Certificates in PEM that stand in a configuration. */
export interface CertificateText {
  readonly key: string | null;
  readonly span: Span;
  readonly text: string;
}

/** A setting that switches certificate checks off for everything in its scope. */
export interface Bypass {
  readonly setting: Setting;
  readonly key: string | null;
}
