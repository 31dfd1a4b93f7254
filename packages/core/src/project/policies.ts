import { parseJson, type ParsedData } from '../json.ts';
import { dirname, joinPath, relativePath } from '../paths.ts';
import { parsePolicy, parsePolicyText, type PolicyProblem, type PolicyResult } from '../policy/config.ts';
import { withConfidence, withMinimum } from '../policy/merged-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { presetPolicy, resolvePolicy, type ResolvedPolicy } from '../policy/resolve.ts';
import { objectOf, ownProperty, parseObject } from './manifests/json-object.ts';
import type { ProjectOptions } from './project.ts';
import type { ProjectReader } from './reader.ts';
import type { Roots } from './roots.ts';

/** The policy for a file, and the file's path as that policy's patterns see it; or what is wrong with the policy. */
export type PolicyForFile =
  | { readonly ok: true; readonly policy: Policy; /** Relative to the policy's folder, with `/`. */ readonly path: string }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** In the order in which they count where a folder holds several. */
const POLICY_FILES = ['sslmode.config.yaml', 'sslmode.config.yml', 'sslmode.config.json'];

/** Looks for policies (INTERFACES.md, "Policy file"), each read once. */
export class Policies {
  readonly #reader: ProjectReader;
  readonly #roots: Roots;
  readonly #options: ProjectOptions;
  readonly #base: string;
  readonly #files = new Map<string, string | null>();
  readonly #resolved = new Map<string, ResolvedPolicy>();

  constructor(reader: ProjectReader, roots: Roots, base: string, options: ProjectOptions) {
    this.#reader = reader;
    this.#roots = roots;
    this.#base = base;
    this.#options = options;
  }

  /** The policy file that counts for a file; `null` for none. */
  fileFor(file: string): string | null {
    const { policy = 'search' } = this.#options;
    if (policy !== 'search') return typeof policy === 'object' && 'file' in policy ? policy.file : null;
    const folders = this.#roots.upward(file);
    const searched: string[] = [];
    let found: string | null = null;
    for (const folder of folders) {
      const known = this.#files.get(folder);
      found = known === undefined ? this.#fileIn(folder) : known;
      searched.push(folder);
      if (known !== undefined || found !== null) break;
    }
    for (const folder of searched) this.#files.set(folder, found);
    return found;
  }

  for(file: string): PolicyForFile {
    const policyFile = this.fileFor(file);
    const { policy: asked = 'search' } = this.#options;
    // Where no file says so, patterns are relative to the project root.
    const folder = policyFile !== null ? dirname(policyFile) : typeof asked === 'object' ? this.#base : this.#roots.of(dirname(file));
    const key = policyFile ?? '';
    let resolved = this.#resolved.get(key);
    if (resolved === undefined) {
      resolved = this.#resolve(policyFile);
      this.#resolved.set(key, resolved);
    }
    return resolved.ok ? { ok: true, policy: resolved.policy, path: relativePath(folder, file) } : resolved;
  }

  /** Whether reading the policy for a file takes {@link ProjectOptions.parseYaml}. */
  needYaml(file: string): boolean {
    const policyFile = this.fileFor(file);
    if (policyFile === null) return [ownProperty(objectOf(valueIn(this.#options.policy)), 'extends')].flat().some((base) => typeof base === 'string' && isYaml(base));
    // One in JSON may extend one in YAML.
    return isYaml(policyFile) || /\.ya?ml"/.test(this.#reader.read(policyFile) ?? '');
  }

  #fileIn(folder: string): string | null {
    const file = POLICY_FILES.map((name) => joinPath(folder, name)).find((path) => this.#reader.exists(path));
    if (file !== undefined) return file;
    const manifest = joinPath(folder, 'package.json');
    const text = this.#reader.read(manifest);
    return text?.includes('"sslmode"') === true && ownProperty(parseObject(text) ?? {}, 'sslmode') !== undefined ? manifest : null;
  }

  #resolve(file: string | null): ResolvedPolicy {
    const { policy: asked, start = 'sslmode:recommended', minimum, confidence } = this.#options;
    const load = (path: string): PolicyResult => this.#load(path);
    let resolved: ResolvedPolicy;
    if (file !== null) {
      const result = load(file);
      resolved = result.ok ? resolvePolicy(result.config, { file, load, start }) : result;
      if (!resolved.ok && resolved.problems.length === 0) resolved = { ok: false, problems: [{ file, line: null, keyPath: '', message: 'Expected a policy file that can be read.' }] };
    } else if (typeof asked === 'object') {
      const result = parsePolicy(valueIn(asked), null);
      resolved = result.ok ? resolvePolicy(result.config, { file: null, folder: this.#base, load, start }) : result;
    } else {
      resolved = { ok: true, policy: presetPolicy(start) };
    }
    if (!resolved.ok) return resolved;
    let { policy } = resolved;
    if (minimum !== undefined) policy = withMinimum(policy, minimum);
    if (confidence !== undefined) policy = withConfidence(policy, confidence);
    return { ok: true, policy };
  }

  #load(file: string): PolicyResult {
    const text = this.#reader.read(file);
    if (text === null) return { ok: false, problems: [] };
    if (file.endsWith('/package.json')) return fromManifest(text, file);
    return parsePolicyText(text, file, isYaml(file) ? (this.#options.parseYaml ?? withoutYaml) : parseJson);
  }
}

/** `"sslmode"` in package.json. */
function fromManifest(text: string, file: string): PolicyResult {
  const value = ownProperty(parseObject(text) ?? {}, 'sslmode');
  let parsed: ParsedData | undefined;
  const result = parsePolicy(value, file, (path) => {
    // Only where something is wrong.
    parsed ??= parseJson(text);
    return parsed.ok ? parsed.lineOf(['sslmode', ...path]) : 1;
  });
  if (result.ok) return result;
  return { ok: false, problems: result.problems.map((problem) => ({ ...problem, keyPath: `sslmode${/^(?:\[|$)/.test(problem.keyPath) ? '' : '.'}${problem.keyPath}` })) };
}

function valueIn(policy: ProjectOptions['policy']): unknown {
  return typeof policy === 'object' && 'value' in policy ? policy.value : undefined;
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

function withoutYaml(): ParsedData {
  return { ok: false, message: 'YAML cannot be read here', line: 1 };
}
