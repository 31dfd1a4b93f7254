import type { Effective } from '@sslmode/core';

/** What `doctor --format json` prints; the schema is docs/schemas/doctor.schema.json. Changing it is a breaking change. */
export interface DoctorReport {
  readonly schemaVersion: 1;
  readonly platform: string;
  /** libpq's default file of roots. */
  readonly rootCertificate: RootFileReport;
  /** Files of roots in places that are often taken for the right one. */
  readonly misplaced: readonly string[];
  /** Roots that the policy expects. */
  readonly expectedRoots: readonly ExpectedReport[];
  readonly clientCertificate: { readonly certificate: PlaceReport; readonly key: PlaceReport & { readonly mode: string | null } };
  readonly environment: readonly VariableReport[];
  readonly services: { readonly files: readonly PlaceReport[]; readonly services: readonly ServiceReport[] };
  readonly passwords: PlaceReport & { readonly mode: string | null };
  /** Only with --for. */
  readonly connection: ConnectionReport | null;
  readonly findings: readonly DoctorFinding[];
}

/** A file, whether it is there or not. */
export interface PlaceReport {
  readonly path: string;
  readonly present: boolean;
}

/** A file of roots. */
export interface RootFileReport extends PlaceReport {
  readonly certificates: readonly RootEntry[];
}

/** A certificate in a file of roots. */
export interface RootEntry {
  readonly name: string;
  readonly subject: string;
  readonly sha256: string;
  /** ISO 8601 */
  readonly validFrom: string;
  readonly validTo: string;
  readonly ca: boolean;
  /** One of the public roots that come with Node.js. */
  readonly public: boolean;
}

/** A root that the policy expects. */
export interface ExpectedReport {
  readonly name: string;
  readonly sha256: string;
  /** In libpq's default file, or the one that PGSSLROOTCERT names. */
  readonly present: boolean;
  /** Node.js has it, so its drivers need no file. */
  readonly inNode: boolean;
}

/** A variable in force. */
export interface VariableReport {
  readonly name: string;
  /** `***` for a secret. */
  readonly value: string;
  /** Ids of drivers; `libpq` stands for all that is built on it. */
  readonly readBy: readonly string[];
  readonly effect: string;
}

/** A service of pg_service.conf. */
export interface ServiceReport {
  readonly file: string;
  readonly name: string;
  readonly host: string | null;
  readonly effective: Effective;
  readonly reason: string;
}

/** What the string of --for comes to on this machine. */
export interface ConnectionReport {
  /** Secrets masked. */
  readonly text: string;
  readonly drivers: readonly DriverReport[];
}

/** What one driver would do. */
export interface DriverReport {
  readonly driver: string;
  readonly version: string;
  readonly effective: Effective;
  readonly reasons: readonly string[];
  /** Why it would fail here, whatever the server does; empty where nothing speaks against it. */
  readonly fails: readonly string[];
}

/** Something to put right. */
export interface DoctorFinding {
  /** `error`: something fails or is open because of it. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
}
