import type { HostClass } from '../hosts/host-class.ts';
import type { Mode } from '../mode.ts';
import type { HostConfig, ThresholdConfig } from './config.ts';

export type Severity = 'error' | 'warning';
export type Confidence = 'low' | 'medium' | 'high';

/** What is asked of a host. `recommend` null: nothing above the minimum. */
export interface Thresholds {
  readonly minimum: Mode;
  readonly recommend: Mode | null;
  /** Severity of the first five rules; `null`: the rule's default. */
  readonly severity: Severity | null;
  /** `private`: verify-ca counts as verify-full. */
  readonly ca: 'private' | 'public' | null;
  /** The policy in force for this host is `sslmode:strict` or extends it. */
  readonly strict: boolean;
  /** Roots that a root certificate file for this host has to hold, and how long they must last. */
  readonly roots?: Policy['roots'];
}

/** A root certificate that the policy expects. */
export interface ExpectedRoot {
  readonly name: string;
  /** Upper case, without colons. */
  readonly sha256: string;
}

/** An entry of the policy's `ignore`. */
export interface PolicyIgnore {
  readonly rule: string;
  readonly path?: string;
  readonly key?: string;
  readonly reason: string;
  readonly until?: string;
}

/** A policy with everything that it extends worked in, ready to be asked. */
export interface Policy {
  /** Path of the policy file; `null` for a preset or settings given by the caller. */
  readonly file: string | null;
  /** Findings below it are not reported. */
  readonly confidence: Confidence;
  readonly strict: boolean;
  /** Globs and drivers as written, in order; ask {@link driverFor}. */
  readonly drivers: { readonly default: string | null; readonly paths: readonly (readonly [glob: string, driver: string])[] };
  /** Severity by rule id, where the policy says one. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly roots: { readonly expiresWithinDays: number; readonly expected: readonly ExpectedRoot[] };
  readonly exclude: readonly string[];
  readonly ignore: readonly PolicyIgnore[];
  /** Host patterns with what is asked of them, in the order in which they apply; for showing. */
  readonly hosts: readonly (readonly [pattern: string, HostConfig])[];
  /** Path patterns with what is asked of them, in the order in which they apply; for showing. */
  readonly paths: readonly (readonly [glob: string, ThresholdConfig])[];
  /** What is asked of one host (lower case; `null` for none) of a class, in a file (path relative to the policy's folder, with `/`). */
  thresholds(hostClass: HostClass, host: string | null, path: string): Thresholds;
  /** Whether a file or folder (path relative to the policy's folder), or a folder above it, is excluded. */
  excludes(path: string): boolean;
  /** What `drivers.paths` says of a file (path relative to the policy's folder): `ID` or `ID@VERSION`. */
  driverFor(path: string): string | null;
  /** The first entry of `ignore` that holds for a finding today (`YYYY-MM-DD`, UTC); `null` for none. */
  ignoreFor(finding: { readonly rule: string; readonly path: string; readonly key: string | null }, today: string): PolicyIgnore | null;
}
