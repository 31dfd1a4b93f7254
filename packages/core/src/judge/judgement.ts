import type { Connects, DriverId, Driver, PackageVersions, Refuses } from '../drivers/driver.ts';
import type { HostClass } from '../hosts/host-class.ts';
import type { Effective, Mode } from '../mode.ts';
import type { Confidence, Thresholds } from '../policy/policy.ts';
import type { SafeText } from '../redact.ts';
import type { ServerEnd } from './ends.ts';
import type { NamedFiles } from './roots.ts';
import type { ParsedString, Setting } from '../settings/setting.ts';
import type { Site } from '../site.ts';
import type { Value } from '../value.ts';

/** Why we believe that a driver is the one. Strongest first; the strongest kind that yields a driver is used alone. */
export type EvidenceKind = 'code' | 'scheme' | 'policy-path' | 'hint' | 'lockfile' | 'manifest' | 'default' | 'none';

/** A driver that may be the one that reads these settings. */
export interface Candidate {
  readonly id: DriverId;
  /** Version as asked for or found ("8", "8.11.3"); `null`: the newest released. */
  readonly version: string | null;
  readonly packages: PackageVersions;
}

/** The candidates and what points to them. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** Path of the manifest, lockfile or source that says so. */
  readonly file: string | null;
  readonly line: number | null;
  readonly candidates: readonly Candidate[];
}

/** What one candidate does. */
export interface Verdict {
  readonly driver: Driver;
  /** Label of the version that was judged. */
  readonly version: string;
  readonly packages: PackageVersions;
  /** `node-postgres@8` */
  readonly name: string;
  readonly effective: Effective;
  readonly weakest: Effective;
  readonly strongest: Effective;
  /** In the world in which the hidden part says nothing about TLS, and without NODE_TLS_REJECT_UNAUTHORIZED. */
  readonly outcome: Connects | Refuses;
  /** The options that reach the driver itself: a wrapper's are nested in its own. */
  readonly options: Value | undefined;
  /** The string reaches the driver itself, so what is added to it counts: MikroORM takes it apart. */
  readonly takesString: boolean;
  /** What rules hold it to: as `effective` (its strongest end where that is unknown), but without NODE_TLS_REJECT_UNAUTHORIZED, which has a rule of its own. `null`: it refuses. */
  readonly held: Mode | null;
}

/** A connection with what every candidate does with it, and what is asked of it. What rules look at. */
export interface Judgement {
  readonly site: Site;
  /** Source spans. */
  readonly string: ParsedString | null;
  readonly evidence: Evidence;
  /** In the order of driver ids. */
  readonly verdicts: readonly Verdict[];
  /** The one that counts for rules: the weakest that connects; the first that refuses where all do. */
  readonly deciding: Verdict;
  /** The one that reports name as the connection's driver: the same, but where NODE_TLS_REJECT_UNAUTHORIZED makes another one weaker. */
  readonly reported: Verdict;
  readonly effective: Effective;
  readonly weakest: Effective;
  readonly strongest: Effective;
  readonly confidence: Confidence;
  /** Display name of the host that is judged (the strictest), redacted; `null` for hidden or none. */
  readonly host: SafeText | null;
  /** As written, or the default; `null` where it is hidden. */
  readonly port: string | null;
  readonly hostClass: HostClass;
  readonly database: SafeText | null;
  /** The provider that the host belongs to. */
  readonly provider: { readonly name: string; readonly root: string | null; readonly advice: string } | null;
  /** Id of hosts/providers.ts. */
  readonly providerId: string | null;
  readonly thresholds: Thresholds;
  /** Files in the repository that it names. */
  readonly files: NamedFiles;
  /** The server that it goes to, where its configuration is there as well. */
  readonly server: ServerEnd | null;
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
  /** The CA issues to nobody else: verify-ca protects as well as verify-full. */
  readonly ownCa: boolean;
  /** The mode that is asked for and missed; `null` where all is well or nothing can be said. */
  readonly falls: { readonly threshold: 'minimum' | 'recommend'; readonly required: Mode } | null;
  /** The written setting that decided for the deciding verdict. */
  readonly decidedBy: Setting | null;
}
