import { dirname, resolvePath } from '../paths.ts';
import type { PolicyConfig, PolicyProblem, PolicyResult } from './config.ts';
import { layerOf, merge, type Layer } from './merge.ts';
import { MergedPolicy } from './merged-policy.ts';
import type { Policy } from './policy.ts';
import { basesOf, isPreset, NOTHING, presetOf } from './presets.ts';
import type { PresetName } from './schema.ts';

/** Where a policy comes from, and what it may need. */
export interface PolicySource {
  /** Normal path of its file; `null` for settings that the caller has. */
  readonly file: string | null;
  /** The folder that its globs and `extends` are relative to; the file's own, if nothing else is said. */
  readonly folder?: string;
  /** Reads another policy file, for `extends`. Nothing is extended but presets without it. */
  readonly load?: (file: string) => PolicyResult;
  /** What a policy without `extends` starts from: `sslmode:recommended`, if nothing else is said. */
  readonly start?: PresetName;
}

/** A policy ready to be asked, or everything that keeps it from being used. */
export type ResolvedPolicy = { readonly ok: true; readonly policy: Policy } | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** A longer chain is a mistake, or an attack on the stack. */
const MAX_FILES = 100;

/** Works in everything that a policy extends. */
export function resolvePolicy(config: PolicyConfig, source: PolicySource): ResolvedPolicy {
  const folder = source.folder ?? (source.file === null ? '.' : dirname(source.file));
  const resolver = new Resolver(source.load);
  const layer = resolver.resolve(config, source.file, folder);
  if (resolver.problems.length > 0) return { ok: false, problems: resolver.problems };
  // What files without `extends` start from lies below everything: a file that is extended must not override its
  // neighbours in the list with what it never wrote.
  const start = resolver.needsStart ? presetOf(source.start ?? 'sslmode:recommended') : NOTHING;
  return { ok: true, policy: new MergedPolicy(merge(start, layer), source.file, folder) };
}

/** A preset as a policy of its own: where there is no policy file. */
export function presetPolicy(name: PresetName): Policy {
  return new MergedPolicy(presetOf(name), null, '.');
}

class Resolver {
  readonly problems: PolicyProblem[] = [];
  /** Some file has no `extends`. */
  needsStart = false;
  readonly #load: PolicySource['load'];
  /** Each file is worked in once, however many ways lead to it; `null`: still at it. */
  readonly #done = new Map<string, Layer | null>();

  constructor(load: PolicySource['load']) {
    this.#load = load;
  }

  resolve(config: PolicyConfig, file: string | null, folder: string): Layer {
    if (file !== null) this.#done.set(file, null);
    if (config.extends === undefined) this.needsStart = true;
    let layer = NOTHING;
    for (const [index, base] of basesOf(config).entries()) {
      const keyPath = typeof config.extends === 'string' ? 'extends' : `extends[${index}]`;
      layer = merge(layer, this.#base(base, folder, (message) => this.problems.push({ file, line: null, keyPath, message })));
    }
    layer = merge(layer, layerOf(config, folder));
    if (file !== null) this.#done.set(file, layer);
    return layer;
  }

  #base(base: string, folder: string, report: (message: string) => void): Layer {
    if (isPreset(base)) return presetOf(base);
    const file = resolvePath(folder, base);
    const done = this.#done.get(file);
    if (done === null) report('Expected a policy that does not lead back to this one.');
    if (done !== undefined) return done ?? NOTHING;
    if (this.#done.size >= MAX_FILES) {
      report(`Expected at most ${MAX_FILES} policy files.`);
      return NOTHING;
    }
    const result = this.#load?.(file) ?? { ok: false, problems: [] };
    if (result.ok) return this.resolve(result.config, file, dirname(file));
    this.#done.set(file, NOTHING);
    if (result.problems.length === 0) report('Expected a policy file that can be read, inside of the project.');
    this.problems.push(...result.problems);
    return NOTHING;
  }
}
