import { isComposeFile } from './compose.ts';
import type { FileContext } from '../finding.ts';
import type { ParsedData } from '../json.ts';
import type { Evidence } from '../judge/judgement.ts';
import type { Mode } from '../mode.ts';
import { dirname, joinPath, normalizePath } from '../paths.ts';
import type { Confidence } from '../policy/policy.ts';
import type { PolicyProblem } from '../policy/config.ts';
import type { PresetName } from '../policy/schema.ts';
import { ManifestEvidence, namedEvidence, type ManifestProblem } from './evidence.ts';
import { Policies, type PolicyForFile } from './policies.ts';
import type { ProjectReader } from './reader.ts';
import { Roots } from './roots.ts';

/** What a caller knows, beyond the files themselves. */
export interface ProjectOptions {
  /** The folder that was asked for (of a file: its folder), absolute: the project root of files that no `.git` is above. */
  readonly base: string;
  /**
   * `search` (the default) takes the nearest policy file upward; `none` takes no file (`--no-config`); or a file
   * (`--config`), absolute; or a value of the policy's schema, whose globs are relative to `base`.
   */
  readonly policy?: 'search' | 'none' | { readonly file: string } | { readonly value: unknown };
  /** What a policy without `extends`, or no policy, starts from. */
  readonly start?: PresetName;
  /** `--minimum` */
  readonly minimum?: Mode;
  /** `--confidence` */
  readonly confidence?: Confidence;
  /** `parseYaml` of `@sslmode/core/project/yaml`, which loads a library; see {@link Project.needsYaml}. */
  readonly parseYaml?: (text: string) => ParsedData;
  /** Names of services and containers in a compose file: `readFileSync(path, text).localNames` of `@sslmode/core/files/sync`. None without it. */
  readonly localNames?: (path: string, text: string) => readonly string[];
}

/** Everything about the surroundings of files, looked up once. All paths are absolute. */
export interface Project {
  /** The nearest folder upward of a file that holds `.git`, else the base. */
  rootFor(file: string): string;
  /** The policy file that counts for a file; `null` for none. */
  policyFileFor(file: string): string | null;
  /** Whether the policy for a file is (or extends one) in YAML, so that `parseYaml` is needed. Cheap. */
  needsYaml(file: string): boolean;
  policyFor(file: string): PolicyForFile;
  /** What policy, manifests and lockfiles say about the driver of a file, strongest first; nothing from the policy where that is broken. */
  evidenceFor(file: string): readonly Evidence[];
  /** Services and containers of the compose files in the same folder. */
  localNamesFor(file: string): readonly string[];
  /** All of it, as `checkFile` takes it; `today` as `YYYY-MM-DD` in UTC. */
  contextFor(file: string, today: string): { readonly ok: true; readonly context: FileContext } | { readonly ok: false; readonly problems: readonly PolicyProblem[] };
  /** Manifests and lockfiles that could not be read so far. */
  readonly problems: readonly ManifestProblem[];
}

/** Opens the project around some files. Reads nothing yet; what is read once is remembered, so open another one when files change. */
export function openProject(reader: ProjectReader, options: ProjectOptions): Project {
  return new OpenProject(reader, options);
}

/** The names that Docker Compose looks for itself, where the caller can't list a folder (https://docs.docker.com/compose/intro/compose-application-model/). */
const COMPOSE_FILES = ['compose', 'docker-compose'].flatMap((name) => ['', '.override'].flatMap((part) => [`${name}${part}.yaml`, `${name}${part}.yml`]));


class OpenProject implements Project {
  readonly #reader: ProjectReader;
  readonly #options: ProjectOptions;
  readonly #roots: Roots;
  readonly #policies: Policies;
  readonly #manifests: ManifestEvidence;
  readonly #localNames = new Map<string, readonly string[]>();

  constructor(reader: ProjectReader, options: ProjectOptions) {
    const base = normalizePath(options.base);
    const cached = cachedReader(reader);
    const { policy } = options;
    const normal = typeof policy === 'object' && 'file' in policy ? { ...options, policy: { file: normalizePath(policy.file) } } : options;
    this.#reader = cached;
    this.#options = normal;
    this.#roots = new Roots(cached, base);
    this.#policies = new Policies(cached, this.#roots, base, normal);
    this.#manifests = new ManifestEvidence(cached, this.#roots);
  }

  get problems(): readonly ManifestProblem[] {
    return this.#manifests.problems;
  }

  rootFor(file: string): string {
    return this.#roots.of(dirname(normalizePath(file)));
  }

  policyFileFor(file: string): string | null {
    return this.#policies.fileFor(normalizePath(file));
  }

  needsYaml(file: string): boolean {
    return this.#policies.needYaml(normalizePath(file));
  }

  policyFor(file: string): PolicyForFile {
    return this.#policies.for(normalizePath(file));
  }

  evidenceFor(file: string): readonly Evidence[] {
    const found = this.policyFor(file);
    const named = found.ok ? found.policy.driverFor(found.path) : null;
    const fallback = found.ok ? found.policy.drivers.default : null;
    const manifest = this.#manifests.for(normalizePath(file));
    const policyFile = found.ok ? found.policy.file : null;
    return [
      ...(named === null ? [] : [namedEvidence('policy-path', named, policyFile)]),
      ...(manifest === null ? [] : [manifest]),
      ...(fallback === null ? [] : [namedEvidence('default', fallback, policyFile)]),
    ];
  }

  /** Those of the nearest folder upward that has a compose file: `backend/src/main/resources` is what `compose.yaml` builds (docker/awesome-compose). */
  localNamesFor(file: string): readonly string[] {
    const root = this.rootFor(file);
    for (let folder = dirname(normalizePath(file)); ; folder = dirname(folder)) {
      let names = this.#localNames.get(folder);
      if (names === undefined) {
        names = this.#localNamesIn(folder);
        this.#localNames.set(folder, names);
      }
      if (names.length > 0 || folder === root || dirname(folder) === folder || !folder.startsWith(root)) return names;
    }
  }

  #localNamesIn(folder: string): readonly string[] {
    const { localNames } = this.#options;
    if (localNames === undefined) return [];
    const files = this.#reader.list?.(folder).filter((name) => isComposeFile(name)) ?? COMPOSE_FILES;
    const names = files.flatMap((name) => {
      const path = joinPath(folder, name);
      const text = this.#reader.read(path);
      return text === null ? [] : localNames(path, text);
    });
    return [...new Set(names)];
  }

  contextFor(file: string, today: string): ReturnType<Project['contextFor']> {
    const found = this.policyFor(file);
    if (!found.ok) return found;
    const { policy, path } = found;
    const localNames = (): readonly string[] => this.localNamesFor(file);
    // Few hosts have a name that a service may have: compose files are read for those.
    return { ok: true, context: { path, policy, evidence: this.evidenceFor(file), today, get localNames() { return localNames(); } } };
  }
}

/** Asks for each text once. */
function cachedReader(reader: ProjectReader): ProjectReader {
  const texts = new Map<string, string | null>();
  return {
    read: (path) => {
      let text = texts.get(path);
      if (text === undefined) {
        text = reader.read(path);
        texts.set(path, text);
      }
      return text;
    },
    // Called on the reader: it may be an object with a state of its own.
    exists: (path) => reader.exists(path),
    ...(reader.list !== undefined && { list: (folder: string) => reader.list?.(folder) ?? [] }),
  };
}
