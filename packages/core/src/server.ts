import type { HostClass } from './hosts/host-class.ts';
import type { Span } from './text.ts';

/** What a server makes of its clients: no TLS at all, TLS for those who ask for it, TLS for all. Words of libpq's modes. */
export type ServerMode = 'disable' | 'prefer' | 'require';

/** What comes in beside TLS: see the messages of server-accepts-plaintext. */
export type Admits = 'only-plaintext' | 'plaintext' | 'plaintext-passwords' | 'anybody';

/** What a server's configuration says about clients that come without TLS. Raw: texts of the file leave core only redacted. */
export interface ServerSetting {
  /** As messages name it: "PostgreSQL", "PgBouncer", "Amazon RDS". */
  readonly product: string;
  /** Path of the key; `null` where there are none (pg_hba.conf). */
  readonly key: string | null;
  /** What decides: where a finding stands. */
  readonly span: Span;
  /** The setting with its value, the line: what is shown. */
  readonly whole: Span;
  /** From how it lets clients in if all goes wrong that is decided elsewhere, to how if all goes well. */
  readonly weakest: ServerMode;
  readonly strongest: ServerMode;
  /** Written here; else it is the default of a version that is written here. */
  readonly said: boolean;
  /** Who may come: `name` in the program's own words or as an address, for messages. */
  readonly clients: Clients;
  /** As written; `null` for all, or where nothing is said of databases. */
  readonly database: string | null;
  readonly admits: Admits | null;
  /** Why, a clause of the program's own words; empty where nothing is admitted. */
  readonly because: string;
  /** What to do, a sentence or two of the program's own words. */
  readonly remedy: string;
  /** TLS that is known to be broken: where it is said, and why, in the program's own words. */
  readonly weakTls: readonly { readonly span: Span; readonly because: string }[];
  /** Certificates and keys that it names. */
  readonly files: readonly ServerFile[];
  /** It is about those that come from an address: a line of pg_hba.conf. */
  readonly byAddress?: true;
  /** Names by which clients come to it, where the file gives it any. */
  readonly names?: readonly string[];
  /** A template may leave it out, or it may be about another kind of server. */
  readonly unsure: boolean;
  /** It stands in text that could not be parsed as what the file should be. */
  readonly unparsed?: boolean;
}

/** A file that a server reads: its own certificate, the key to it, or the CAs of its clients. */
export interface ServerFile {
  readonly role: 'certificate' | 'key' | 'ca';
  /** As written. */
  readonly path: string;
  readonly span: Span;
}

/** Who may come. */
export interface Clients {
  readonly hostClass: HostClass;
  /** As written; `null` where nothing is. */
  readonly address: string | null;
  /** For messages: "clients", "clients from anywhere", "clients from 10.0.0.0/8". */
  readonly name: string;
}
