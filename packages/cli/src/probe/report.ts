import type { Effective, Mode } from '@sslmode/core';

/** What `probe --format json` prints; the schema is docs/schemas/probe.schema.json. Changing it is a breaking change. */
export interface ProbeReport {
  readonly schemaVersion: 1;
  readonly hosts: readonly HostReport[];
  /** Only with --compare. */
  readonly comparison?: Comparison;
}

/** What a server does when a client begins in plaintext. */
export type Plaintext = 'refused' | 'password-asked' | 'accepted' | 'closed';

/** One server. What could not be found out is `null`. */
export interface HostReport {
  readonly host: string;
  readonly port: number;
  /** The address that was looked at. */
  readonly address: string | null;
  /** It answers like PostgreSQL (or a pooler in front of it). */
  readonly postgres: boolean;
  /** By a request for it, as every client knows it. */
  readonly offersTls: boolean | null;
  /** Without a request (`sslnegotiation=direct`). */
  readonly directTls: boolean | null;
  readonly plaintext: Plaintext | null;
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly certificate: CertificateReport | null;
  readonly nameMatches: boolean | null;
  /** The chain leads to a root that this machine has, and everything in it is valid today. */
  readonly trusted: boolean | null;
  /** Modes that connect, weakest first; those below `require` only where the server lets clients in without TLS. */
  readonly works: readonly Mode[];
  /** The one to use: the strongest that works; `null` where none protects. */
  readonly use: Mode | null;
  readonly problems: readonly string[];
}

/** A server's certificate. */
export interface CertificateReport {
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer: string;
  /** ISO 8601 */
  readonly validFrom: string;
  readonly validTo: string;
  /** Subjects from the server's own certificate to the root, as far as they are sent or known here. */
  readonly chain: readonly string[];
  readonly root: RootReport;
}

/** The root that a chain ends in. */
export interface RootReport {
  readonly name: string;
  /** Upper case, without colons; `null` where the root is neither sent nor known here. */
  readonly sha256: string | null;
  /** This machine has it: among Node.js's public roots, in a file that was named, or in libpq's default file. */
  readonly known: boolean;
}

/** Clients' settings held against what the servers offer. */
export interface Comparison {
  /** Connections in the PATH. */
  readonly connections: number;
  /** Of these, those whose host is one of the servers. */
  readonly compared: number;
  /** Of these, those whose host a variable or secret hides. */
  readonly hidden: number;
  /** Those that fail or fall short, in the order of files. */
  readonly clients: readonly ClientReport[];
}

/** One connection that does not go with its server. */
export interface ClientReport {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly key: string | null;
  readonly host: string;
  readonly driver: string | null;
  readonly effective: Effective;
  /** It cannot connect; or it connects and protects less than the server offers. */
  readonly verdict: 'fails' | 'falls-short';
  readonly message: string;
}
