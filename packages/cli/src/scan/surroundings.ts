import { basename, dirname } from 'node:path';
import type { Confidence, FileContext, Mode, Policy, Reading } from '@sslmode/core';
import {
  formatPolicyProblem,
  openProject,
  presetPolicy,
  withConfidence,
  withMinimum,
  type ParsedData,
  type PolicyProblem,
  type Project,
  type ProjectOptions,
  type ProjectReader,
} from '@sslmode/core/project';
import { UsageError } from '../io.ts';
import type { Candidate } from './collect.ts';
import { disk } from './disk.ts';
import type { CertificateReader } from '@sslmode/core/roots';
import type { ProblemEntry, ProjectPath } from './report.ts';
import { Containers, containersIn, foldersUpTo, togetherWith } from './containers.ts';
import type { Roots } from './roots.ts';
import { pathFrom, slashed } from './targets.ts';
import { isWithin, leadsOut } from './walk.ts';

/** Which policy counts. */
export interface PolicyChoice {
  /** The nearest upward of each file, none at all, or one file for all (absolute). */
  readonly config: 'nearest' | 'none' | { readonly file: string };
  readonly minimum?: Mode;
  readonly confidence?: Confidence;
}

/** Without one of these names no connection names a root certificate or a key. */
const NAMES_FILES = /ssl_?-?(?:root_?)?(?:cert|key)|(?:ssl|tls)_(?:ca|cert|key)_file|root\s?cert|readFile/i;

/** The policy for a file, and the file's path as that policy's patterns see it. */
export interface PolicyInForce {
  readonly policy: Policy;
  readonly path: string;
}

/** Policies, manifests and lockfiles around the scanned files. Each project is opened once. */
export class Surroundings {
  readonly #choice: PolicyChoice;
  readonly #today: string;
  readonly #reader: ProjectReader;
  /** By root, with the folder that reports name files relative to. */
  readonly #projects = new Map<string, { readonly project: Project; readonly base: string }>();
  readonly #problems = new Map<string, { readonly entry: ProblemEntry; readonly place: ProjectPath }>();
  /** Of the folder at hand: all files of a folder have one policy, and come one after the other. */
  #last: { readonly folder: string; readonly root: string; readonly policy: Policy; /** The folder as the policy's patterns see it, with a `/` behind. */ readonly above: string } | undefined;
  #parseYaml: ((text: string) => ParsedData) | undefined;
  #roots: Roots | undefined;
  #containers: Containers | undefined;
  /** By folder: whether it has files that make containers. */
  readonly #withContainers = new Map<string, boolean>();
  #readFileSync: ((path: string, text: string) => Reading) | undefined;

  constructor(choice: PolicyChoice, today: string, reader: ProjectReader = disk) {
    this.#choice = choice;
    this.#today = today;
    this.#reader = reader;
  }

  /** Throws a UsageError where the one policy for all files cannot be used. */
  async check(cwd: string): Promise<void> {
    const { config } = this.#choice;
    if (typeof config === 'string') return;
    const project = this.#open(cwd, cwd);
    await this.#loadYaml(project, config.file);
    const found = project.policyFor(config.file);
    if (!found.ok) throw new UsageError(found.problems.map((problem) => formatPolicyProblem(shown(problem, cwd))).join('\n'));
  }

  /** The policy in force for a file. In the place of one that is broken stands `sslmode:recommended`, and {@link problems} say so. */
  async policyFor(file: Candidate): Promise<PolicyInForce> {
    const folder = dirname(file.path);
    if (this.#last?.folder !== folder || this.#last.root !== file.root) {
      const { policy, path } = await this.#policyFor(file);
      this.#last = { folder, root: file.root, policy, above: path.slice(0, path.lastIndexOf('/') + 1) };
    }
    const { policy, above } = this.#last;
    return { policy, path: above + basename(file.path) };
  }

  async #policyFor(file: Candidate): Promise<PolicyInForce> {
    const project = this.#open(file.root, file.base);
    await this.#loadYaml(project, file.path);
    const found = project.policyFor(file.path);
    if (found.ok) return found;
    for (const problem of found.problems) this.#broken(file, shown(problem, file.base), problem.file);
    let policy = presetPolicy('sslmode:recommended');
    const { minimum, confidence } = this.#choice;
    if (minimum !== undefined) policy = withMinimum(policy, minimum);
    if (confidence !== undefined) policy = withConfidence(policy, confidence);
    return { policy, path: pathFrom(file.root, file.path) };
  }

  /** What judging a file takes. */
  async contextFor(file: Candidate, text: string, reading: Reading): Promise<FileContext> {
    const project = this.#open(file.root, file.base);
    const { policy, path } = await this.policyFor(file);
    const containers = await this.#containersFor(file, text);
    const certificates = NAMES_FILES.test(text) || reading.certificates !== undefined ? await this.#certificatesFor(file, containers) : undefined;
    // Those of the file itself are known.
    const around = reading.servers === undefined ? (containers?.serversAround(slashed(dirname(file.path)), slashed(file.root)) ?? []) : [];
    const servers = [...around, ...(containers?.serversBeside(slashed(file.path), text, slashed(file.root)) ?? [])];
    const isOverridden = reading.servers?.some(({ admits, byAddress }) => admits !== null && byAddress !== true) === true && containers?.isOverridden(slashed(file.path), slashed(file.root)) === true;
    return { path, policy, evidence: project.evidenceFor(file.path), localNames: project.localNamesFor(file.path), today: this.#today, ...(certificates !== undefined && { certificates }), ...(servers.length > 0 && { servers }), ...(isOverridden && { isOverridden }) };
  }

  async #certificatesFor(file: Candidate, containers: Containers | undefined): Promise<CertificateReader> {
    // The list of public roots is not small.
    this.#roots ??= new (await import('./roots.ts')).Roots(this.#reader);
    const [folder, root] = [slashed(dirname(file.path)), slashed(file.root)];
    return this.#roots.readerFor(folder, root, () => containers?.mountsAround(folder, root) ?? []);
  }

  /** What containers are given, where there are any around: to read them, and the names of their services, takes the parsers. */
  async #containersFor(file: Candidate, text: string): Promise<Containers | undefined> {
    if (this.#containers === undefined && (togetherWith(slashed(file.path), text) !== undefined || foldersUpTo(slashed(file.root), slashed(dirname(file.path))).some((folder) => this.#hasContainers(folder)))) {
      this.#readFileSync = (await import('@sslmode/core/files/sync')).readFileSync;
      this.#containers = new Containers(this.#reader, this.#readFileSync);
    }
    return this.#containers;
  }

  #hasContainers(folder: string): boolean {
    const known = this.#withContainers.get(folder);
    if (known !== undefined) return known;
    const has = containersIn(this.#reader, folder).length > 0;
    this.#withContainers.set(folder, has);
    return has;
  }

  /** Broken policies and manifests so far. */
  problems(): readonly { readonly entry: ProblemEntry; readonly place: ProjectPath; readonly failure: boolean }[] {
    const manifests = [...this.#projects].flatMap(([root, { project, base }]) =>
      project.problems.map(({ file, line, message }) => ({
        entry: { file: pathFrom(base, file), line, message },
        place: { root, path: pathFrom(root, file) },
        failure: false,
      })),
    );
    return [...manifests, ...[...this.#problems.values()].map((problem) => ({ ...problem, failure: true }))];
  }

  #broken(file: Candidate, problem: PolicyProblem, path: string | null): void {
    const message = `${problem.keyPath === '' ? '' : `${problem.keyPath}: `}${problem.message} Until this is put right, sslmode:recommended counts.`;
    const entry = { file: problem.file ?? file.file, line: problem.line, message };
    this.#problems.set(JSON.stringify(entry), { entry, place: { root: file.root, path: pathFrom(file.root, path ?? file.path) } });
  }

  #open(root: string, base: string): Project {
    const known = this.#projects.get(root);
    if (known !== undefined) return known.project;
    const { config, minimum, confidence } = this.#choice;
    const options: ProjectOptions = {
      base: slashed(root),
      policy: config === 'nearest' ? 'search' : config === 'none' ? 'none' : { file: slashed(config.file) },
      ...(minimum === undefined ? {} : { minimum }),
      ...(confidence === undefined ? {} : { confidence }),
      // Both load a library: see where they are set.
      parseYaml: (text) => this.#parseYaml?.(text) ?? { ok: false, message: 'YAML was not loaded', line: 1 },
      localNames: (path, text) => this.#readFileSync?.(path, text).localNames ?? [],
    };
    const project = openProject(this.#readerWithin(root), options);
    this.#projects.set(root, { project, base });
    return project;
  }

  /** What lies outside of a project is not read for it, whatever a stranger's policy extends or his links lead to. The user's own policy is. */
  #readerWithin(root: string): ProjectReader {
    const { config } = this.#choice;
    const reader = this.#reader;
    const mayRead = (path: string): boolean => (typeof config === 'object' && (!isWithin(path, root) || path === slashed(config.file))) || !leadsOut(path, root);
    return {
      read: (path) => (reader.exists(path) && mayRead(path) ? reader.read(path) : null),
      exists: (path) => reader.exists(path),
      ...(reader.list !== undefined && { list: (folder: string) => reader.list?.(folder) ?? [] }),
    };
  }

  async #loadYaml(project: Project, file: string): Promise<void> {
    if (this.#parseYaml === undefined && project.needsYaml(slashed(file))) {
      ({ parseYaml: this.#parseYaml } = await import('@sslmode/core/project/yaml'));
    }
  }
}

/** A problem with its file named as reports name files. */
function shown(problem: PolicyProblem, base: string): PolicyProblem {
  return problem.file === null ? problem : { ...problem, file: pathFrom(base, problem.file) };
}
