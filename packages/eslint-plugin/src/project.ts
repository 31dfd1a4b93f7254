import { existsSync, readFileSync as readText, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FileContext } from '@sslmode/core';
import { readFileSync } from '@sslmode/core/files/sync';
import { PRESET_NAMES, formatPolicyProblem, openProject } from '@sslmode/core/project';
import type { PolicyConfig, PolicyProblem, PresetName, Project, ProjectOptions, ProjectReader } from '@sslmode/core/project';
import { parseYaml } from '@sslmode/core/project/yaml';
import { certificatesFor } from './certificates.ts';

/** The key of `settings` that holds a policy, or names its file. */
const SETTING = 'sslmode';
/** What `settings.sslmode` may be: a policy, or the file that has it, relative to where ESLint is run. */
export type SslmodeSettings = (PolicyConfig & { readonly config?: never }) | { readonly config: string };
/** The key of `settings` that says what a policy without `extends` starts from. */
export const START = 'sslmode/start';

/** What of a rule's context decides on the policy. */
export interface Linted {
  readonly cwd: string;
  /** Of the file on the disk, where a processor gives its parts names of their own. */
  readonly physicalFilename: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The surroundings of a file that is to be judged. */
export interface Surroundings {
  /** What core has to know of them: policy, manifests, services beside the file. Looked up when it is asked for. */
  context(): FileContext;
}

/**
 * The surroundings of a file; `null` where the policy excludes it.
 *
 * @throws Error where the policy is broken, which names file, key and what was expected: a file that is judged by the
 * wrong policy is worse than one that is not judged.
 */
export function surroundingsOf({ cwd, physicalFilename, settings }: Linted): Surroundings | null {
  const { project, reader } = projectOf(cwd, choiceOf(cwd, settings));
  const file = resolve(cwd, physicalFilename);
  const found = project.policyFor(file);
  if (!found.ok) throw broken(found.problems, cwd);
  if (found.policy.excludes(found.path)) return null;
  return {
    context(): FileContext {
      const answer = project.contextFor(file, new Date().toISOString().slice(0, 10));
      if (!answer.ok) throw broken(answer.problems, cwd);
      // Not spread: that would ask for all that it only looks up when it is needed.
      return Object.assign(answer.context, { certificates: certificatesFor(file, project.rootFor(file), (path) => reader.read(path)) });
    },
  };
}

function broken(problems: readonly PolicyProblem[], cwd: string): Error {
  const lines = problems.map((problem) => formatPolicyProblem(problem.file === null ? problem : { ...problem, file: relative(cwd, problem.file) }));
  return new Error(`sslmode cannot use its policy.\n${lines.join('\n')}`);
}

type Choice = Pick<ProjectOptions, 'policy' | 'start'>;

function choiceOf(cwd: string, settings: Linted['settings']): Choice {
  const start = PRESET_NAMES.find((preset): preset is PresetName => preset === settings[START]);
  const policy = settings[SETTING];
  const common: Choice = start === undefined ? {} : { start };
  if (policy === undefined) return common;
  if (typeof policy !== 'object' || policy === null || !('config' in policy)) return { ...common, policy: { value: policy } };
  if (typeof policy.config === 'string' && Object.keys(policy).length === 1) return { ...common, policy: { file: resolve(cwd, policy.config) } };
  const beside = Object.keys(policy).filter((key) => key !== 'config');
  const what = beside.length === 0 ? 'Expected a policy, or { config: FILE }' : `Expected a policy, or { config: FILE } alone. Here \`${beside.join('`, `')}\` stands beside \`config\`, perhaps from another config: ESLint merges the settings of all that apply to a file`;
  throw new Error(`sslmode cannot use its policy.\nsettings.sslmode: ${what}.`);
}

interface Opened {
  readonly project: Project;
  readonly reader: NodeReader;
}

const projects = new Map<string, Opened>();

/** One project for all files that are linted alike, until a file that it has read is another. */
function projectOf(cwd: string, choice: Choice): Opened {
  const key = JSON.stringify([cwd, choice]);
  const known = projects.get(key);
  if (known?.reader.isFresh() === true) return known;
  // What ESLint's own configuration names may lie anywhere; a policy in the tree extends what is in the tree.
  const reader = new NodeReader(typeof choice.policy === 'object' ? null : rootOf(cwd));
  const localNames = (path: string, text: string): readonly string[] => readFileSync(path, text).localNames;
  const project = openProject(reader, { base: cwd, ...choice, parseYaml, localNames });
  const opened = { project, reader };
  projects.set(key, opened);
  return opened;
}

/** The nearest folder upward that holds `.git`, else the one that ESLint is run in. */
function rootOf(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The file system as core asks for it; it remembers what it was asked for, to tell when that is out of date. */
class NodeReader implements ProjectReader {
  readonly #stamps = new Map<string, string>();
  /** What lies outside of it, or leads there, is not read; `null` for no bound. */
  readonly #root: string | null;
  #checked = 0;
  #cost = 0;

  constructor(root: string | null) {
    this.#root = root === null ? null : realpathSync(root);
  }

  read(path: string): string | null {
    this.#stamps.set(path, stampOf(path));
    try {
      if (this.#root !== null && !isWithin(realpathSync(path), this.#root)) return null;
      return readText(path, 'utf8').replace(/^\uFEFF/, '');
    } catch {
      return null;
    }
  }

  exists(path: string): boolean {
    const stamp = stampOf(path);
    this.#stamps.set(path, stamp);
    return stamp !== ABSENT;
  }

  list(folder: string): readonly string[] {
    this.#stamps.set(folder, stampOf(folder));
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  }

  /** Whether all is as it was. Looks again only after twenty times as long as looking takes: an editor sees a change at once, a run over thousands of files is not slowed down. */
  isFresh(): boolean {
    const start = performance.now();
    if (start - this.#checked < 20 * this.#cost) return true;
    for (const [path, stamp] of this.#stamps) if (stampOf(path) !== stamp) return false;
    this.#checked = performance.now();
    this.#cost = this.#checked - start;
    return true;
  }
}

const ABSENT = 'absent';

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: false });
  return stats === undefined ? ABSENT : `${stats.mtimeMs} ${stats.size}`;
}
