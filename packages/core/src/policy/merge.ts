import { HOST_CLASSES, type HostClass } from '../hosts/host-class.ts';
import type { Mode } from '../mode.ts';
import type { ByClass, HostConfig, PolicyConfig, ThresholdConfig } from './config.ts';
import type { Confidence, PolicyIgnore, Severity } from './policy.ts';

/** A pattern with what it stands for, and the folder that it is relative to: the one of the file it is written in. */
export interface Placed<T> {
  readonly folder: string;
  readonly pattern: string;
  readonly value: T;
}

/**
 * What a policy says, alone or with all that it extends; `undefined` and empty maps where it says nothing. Maps keep
 * the order in which patterns apply.
 */
export interface Layer {
  readonly minimum: ReadonlyMap<HostClass, Mode>;
  readonly recommend: ReadonlyMap<HostClass, Mode>;
  readonly severity: ReadonlyMap<HostClass, Severity>;
  readonly ca: 'private' | 'public' | undefined;
  readonly roots: NonNullable<ThresholdConfig['roots']>;
  readonly confidence: Confidence | undefined;
  readonly hosts: ReadonlyMap<string, HostConfig>;
  readonly paths: ReadonlyMap<string, Placed<ThresholdConfig>>;
  readonly defaultDriver: string | undefined;
  readonly driverPaths: ReadonlyMap<string, Placed<string>>;
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  readonly exclude: readonly Placed<null>[] | undefined;
  readonly ignore: readonly Placed<PolicyIgnore>[] | undefined;
  /** `sslmode:strict` is in it. */
  readonly strict: boolean;
}

/** At the top one mode stands for these. */
const EXPOSED: readonly HostClass[] = ['public', 'private', 'hidden'];

/** What a policy itself says, without what it extends; its patterns are relative to `folder`. */
export function layerOf(config: PolicyConfig, folder: string): Layer {
  return {
    minimum: byClass(config.minimum, EXPOSED),
    recommend: byClass(config.recommend, EXPOSED),
    severity: byClass(config.severity, HOST_CLASSES),
    ca: config.ca,
    roots: config.roots ?? {},
    confidence: config.confidence,
    hosts: new Map(Object.entries(config.hosts ?? {}).map(([pattern, host]) => [pattern.toLowerCase(), host])),
    paths: placed(config.paths, folder),
    defaultDriver: config.drivers?.default,
    driverPaths: placed(config.drivers?.paths, folder),
    rules: new Map(Object.entries(config.rules ?? {})),
    exclude: config.exclude?.map((pattern) => ({ folder, pattern, value: null })),
    ignore: config.ignore?.map((entry) => ({ folder, pattern: entry.path ?? '**', value: entry })),
    strict: false,
  };
}

/** `later` over `earlier`, key by key. A pattern that is written again moves to where it is written last; lists are replaced. */
export function merge(earlier: Layer, later: Layer): Layer {
  return {
    minimum: mergeMaps(earlier.minimum, later.minimum),
    recommend: mergeMaps(earlier.recommend, later.recommend),
    severity: mergeMaps(earlier.severity, later.severity),
    ca: later.ca ?? earlier.ca,
    roots: { ...earlier.roots, ...later.roots },
    confidence: later.confidence ?? earlier.confidence,
    hosts: mergeMaps(earlier.hosts, later.hosts, mergeThresholds),
    paths: mergeMaps(earlier.paths, later.paths, (a, b) => ({ ...b, value: mergeThresholds(a.value, b.value) })),
    defaultDriver: later.defaultDriver ?? earlier.defaultDriver,
    driverPaths: mergeMaps(earlier.driverPaths, later.driverPaths),
    rules: mergeMaps(earlier.rules, later.rules),
    exclude: later.exclude ?? earlier.exclude,
    ignore: later.ignore ?? earlier.ignore,
    strict: earlier.strict || later.strict,
  };
}

/** What a policy says of one class; `undefined` for nothing. */
export function forClass<T extends string>(value: ByClass<T> | undefined, hostClass: HostClass): T | undefined {
  return typeof value === 'object' ? value[hostClass] : value;
}

function mergeThresholds<T extends ThresholdConfig>(earlier: T, later: T): T {
  return {
    ...earlier,
    ...later,
    ...mergedKey('minimum', earlier, later),
    ...mergedKey('recommend', earlier, later),
    ...mergedKey('severity', earlier, later),
    ...(earlier.roots !== undefined && later.roots !== undefined && { roots: { ...earlier.roots, ...later.roots } }),
  };
}

/** Two maps by class become one; one value for all replaces everything. */
function mergedKey(key: 'minimum' | 'recommend' | 'severity', earlier: ThresholdConfig, later: ThresholdConfig): Partial<ThresholdConfig> {
  const [a, b] = [earlier[key], later[key]];
  if (a === undefined || typeof b !== 'object') return {};
  const first = typeof a === 'object' ? a : Object.fromEntries(HOST_CLASSES.map((hostClass) => [hostClass, a]));
  return { [key]: { ...first, ...b } };
}

function mergeMaps<K, V>(earlier: ReadonlyMap<K, V>, later: ReadonlyMap<K, V>, join: (a: V, b: V) => V = (_, b) => b): ReadonlyMap<K, V> {
  if (later.size === 0) return earlier;
  const merged = new Map(earlier);
  for (const [key, value] of later) {
    const before = merged.get(key);
    merged.delete(key);
    merged.set(key, before === undefined ? value : join(before, value));
  }
  return merged;
}

function byClass<T extends string>(value: ByClass<T> | undefined, all: readonly HostClass[]): ReadonlyMap<HostClass, T> {
  const entries = HOST_CLASSES.map((hostClass) => [hostClass, typeof value === 'object' || all.includes(hostClass) ? forClass(value, hostClass) : undefined] as const);
  return new Map(entries.filter((entry): entry is [HostClass, T] => entry[1] !== undefined));
}

/** The key names the folder too: the same pattern in another folder is another pattern. */
function placed<T>(patterns: Readonly<Record<string, T>> | undefined, folder: string): ReadonlyMap<string, Placed<T>> {
  return new Map(Object.entries(patterns ?? {}).map(([pattern, value]) => [`${folder}\0${pattern}`, { folder, pattern, value }]));
}
