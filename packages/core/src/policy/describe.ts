import { HOST_CLASSES, type HostClass } from '../hosts/host-class.ts';
import type { HostConfig } from './config.ts';
import type { Policy, Thresholds } from './policy.ts';

/** A policy as it holds for one file: what `--print-config` shows. Plain data. */
export interface PolicyDescription {
  /** The policy file; `null` for a preset or settings given by the caller. */
  readonly file: string | null;
  readonly strict: boolean;
  readonly confidence: Policy['confidence'];
  /** What is asked of a host of each class that no host pattern matches. */
  readonly classes: Readonly<Record<HostClass, Omit<Thresholds, 'strict' | 'roots'>>>;
  /** Host patterns, in the order in which they apply. */
  readonly hosts: Readonly<Record<string, HostConfig>>;
  readonly drivers: { readonly default: string | null; readonly forThisFile: string | null };
  readonly rules: Policy['rules'];
  readonly roots: Policy['roots'];
  readonly exclude: Policy['exclude'];
  readonly excluded: boolean;
  readonly ignore: Policy['ignore'];
}

/** What a policy comes to for a file (path relative to the policy's folder). */
export function describePolicy(policy: Policy, path: string): PolicyDescription {
  const classes = HOST_CLASSES.toReversed().map((hostClass) => {
    const { minimum, recommend, severity, ca } = policy.thresholds(hostClass, null, path);
    return [hostClass, { minimum, recommend, severity, ca }] as const;
  });
  return {
    file: policy.file,
    strict: policy.strict,
    confidence: policy.confidence,
    classes: Object.fromEntries(classes) as PolicyDescription['classes'],
    hosts: Object.fromEntries(policy.hosts),
    drivers: { default: policy.drivers.default, forThisFile: policy.driverFor(path) },
    rules: policy.rules,
    roots: policy.roots,
    exclude: policy.exclude,
    excluded: policy.excludes(path),
    ignore: policy.ignore,
  };
}
