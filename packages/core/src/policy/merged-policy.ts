import { compileGlob } from '../glob.ts';
import type { HostClass } from '../hosts/host-class.ts';
import { isWeaker, type Mode } from '../mode.ts';
import { relativePath, resolvePath } from '../paths.ts';
import type { HostConfig, ThresholdConfig } from './config.ts';
import { forClass, type Layer, type Placed } from './merge.ts';
import type { Confidence, Policy, PolicyIgnore, Thresholds } from './policy.ts';
import { presetOf } from './presets.ts';

/** What a command line adds to a policy. */
export interface Overrides {
  /** At least this mode for every class that asks for less, except loopback, local and socket. */
  readonly minimum?: Mode;
  readonly confidence?: Confidence;
}

interface Matcher<T> {
  readonly matches: (text: string) => boolean;
  readonly value: T;
}

/** The policy that a {@link Layer} makes, with the defaults for what it doesn't say. Patterns are compiled once. */
export class MergedPolicy implements Policy {
  readonly file: string | null;
  readonly #layer: Layer;
  readonly #folder: string;
  readonly #overrides: Overrides;
  readonly #hosts: readonly Matcher<HostConfig>[];
  readonly #paths: readonly Matcher<ThresholdConfig>[];
  readonly #drivers: readonly Matcher<string>[];
  readonly #exclude: readonly Matcher<null>[];
  readonly #ignore: readonly Matcher<PolicyIgnore>[];

  constructor(layer: Layer, file: string | null, folder: string, overrides: Overrides = {}) {
    this.file = file;
    this.#layer = layer;
    this.#folder = folder;
    this.#overrides = overrides;
    this.#hosts = [...layer.hosts].map(([pattern, value]) => ({ matches: compileGlob(pattern, 'host'), value }));
    this.#paths = [...layer.paths.values()].map((entry) => this.#compile(entry));
    this.#drivers = [...layer.driverPaths.values()].map((entry) => this.#compile(entry));
    this.#exclude = (layer.exclude ?? []).map((entry) => this.#compile(entry));
    this.#ignore = (layer.ignore ?? []).map((entry) => this.#compile(entry));
  }

  get confidence(): Confidence {
    return this.#overrides.confidence ?? this.#layer.confidence ?? 'medium';
  }

  get strict(): boolean {
    return this.#layer.strict;
  }

  get drivers(): Policy['drivers'] {
    return { default: this.#layer.defaultDriver ?? null, paths: written(this.#layer.driverPaths.values()) };
  }

  get rules(): Policy['rules'] {
    return Object.fromEntries(this.#layer.rules);
  }

  get roots(): Policy['roots'] {
    return rootsOf(this.#layer.roots);
  }

  get exclude(): readonly string[] {
    return (this.#layer.exclude ?? []).map(({ pattern }) => pattern);
  }

  get ignore(): readonly PolicyIgnore[] {
    return (this.#layer.ignore ?? []).map(({ value }) => value);
  }

  get hosts(): Policy['hosts'] {
    return [...this.#layer.hosts];
  }

  get paths(): Policy['paths'] {
    return written(this.#layer.paths.values());
  }

  /** The same policy with what a command line asks for on top. */
  with(overrides: Overrides): MergedPolicy {
    return new MergedPolicy(this.#layer, this.file, this.#folder, { ...this.#overrides, ...overrides });
  }

  thresholds(hostClass: HostClass, host: string | null, path: string): Thresholds {
    let asked = thresholdsOf(this.#layer, hostClass);
    for (const { matches, value } of host === null ? [] : this.#hosts) {
      if (host !== null && matches(host)) asked = apply(asked, value, hostClass);
    }
    for (const { matches, value } of this.#paths) {
      if (matches(path)) asked = apply(asked, value, hostClass);
    }
    const least = this.#overrides.minimum;
    const exempt = hostClass === 'loopback' || hostClass === 'local' || hostClass === 'socket';
    const minimum = least !== undefined && !exempt && isWeaker(asked.minimum, least) ? least : asked.minimum;
    const recommend = asked.recommend !== null && isWeaker(minimum, asked.recommend) ? asked.recommend : null;
    return { ...asked, minimum, recommend };
  }

  excludes(path: string): boolean {
    if (this.#exclude.length === 0) return false;
    // A folder that is excluded takes everything below with it.
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end);
      if (this.#exclude.some(({ matches }) => matches(folder))) return true;
    }
    return this.#exclude.some(({ matches }) => matches(path));
  }

  driverFor(path: string): string | null {
    return this.#drivers.findLast(({ matches }) => matches(path))?.value ?? null;
  }

  ignoreFor(finding: { readonly rule: string; readonly path: string; readonly key: string | null }, today: string): PolicyIgnore | null {
    const entry = this.#ignore.find(
      ({ matches, value }) =>
        value.rule === finding.rule &&
        // Inclusive; days of this spelling compare as text.
        (value.until === undefined || today <= value.until) &&
        (value.key === undefined || (finding.key !== null && matchesKey(value.key, finding.key))) &&
        matches(finding.path),
    );
    return entry?.value ?? null;
  }

  /** A path is given relative to this policy's folder; a pattern from a file elsewhere is relative to that one's. */
  #compile<T>({ folder, pattern, value }: Placed<T>): Matcher<T> {
    const glob = compileGlob(pattern, 'path');
    if (folder === this.#folder) return { matches: glob, value };
    return { matches: (path) => glob(relativePath(folder, resolvePath(this.#folder, path))), value };
  }
}

/** `policy` with at least `mode` for every class that asks for less, except loopback, local and socket. */
export function withMinimum(policy: Policy, mode: Mode): Policy {
  return policy instanceof MergedPolicy ? policy.with({ minimum: mode }) : policy;
}

/** `policy` with another confidence threshold. */
export function withConfidence(policy: Policy, confidence: Confidence): Policy {
  return policy instanceof MergedPolicy ? policy.with({ confidence }) : policy;
}

function thresholdsOf(layer: Layer, hostClass: HostClass): Thresholds {
  return {
    minimum: layer.minimum.get(hostClass) ?? 'disable',
    recommend: layer.recommend.get(hostClass) ?? null,
    severity: layer.severity.get(hostClass) ?? null,
    ca: layer.ca ?? null,
    strict: layer.strict,
    roots: rootsOf(layer.roots),
  };
}

/** Fingerprints in the one spelling that they are compared in. */
function rootsOf(roots: Layer['roots']): Policy['roots'] {
  const { expiresWithinDays = 30, expected = [] } = roots;
  return { expiresWithinDays, expected: expected.map(({ name, sha256 }) => ({ name, sha256: sha256.replaceAll(':', '').toUpperCase() })) };
}

/** What a host or path entry makes of what is asked so far. */
function apply(asked: Thresholds, entry: HostConfig, hostClass: HostClass): Thresholds {
  const start = entry.preset === undefined ? asked : withPreset(asked, thresholdsOf(presetOf(entry.preset), hostClass));
  const minimum = forClass(entry.minimum, hostClass);
  const recommend = forClass(entry.recommend, hostClass);
  return {
    ...start,
    minimum: minimum ?? start.minimum,
    // A minimum without a recommendation beside it takes the inherited one away.
    recommend: recommend ?? (minimum === undefined ? start.recommend : null),
    severity: forClass(entry.severity, hostClass) ?? start.severity,
    ca: entry.ca ?? start.ca,
    roots: rootsOf({ ...start.roots, ...entry.roots }),
  };
}

/** A preset takes the place of everything; where it says nothing about the CA, what was known of it stays. */
function withPreset(asked: Thresholds, preset: Thresholds): Thresholds {
  return { ...preset, ca: preset.ca ?? asked.ca };
}

/** `*` stands for any part; what else means something in a glob is part of a key's name. */
function matchesKey(pattern: string, key: string): boolean {
  return pattern === key || compileGlob(pattern.replaceAll(/[\\?[\]{},/]/g, String.raw`\$&`), 'path')(key);
}

function written<T>(entries: Iterable<Placed<T>>): readonly (readonly [string, T])[] {
  return [...entries].map(({ pattern, value }) => [pattern, value] as const);
}
