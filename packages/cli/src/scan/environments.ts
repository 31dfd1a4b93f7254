import { dirname, join } from 'node:path';
import { borrowedComment, type Reading } from '@sslmode/core';
import { givenBy, namesRead, type Environment, type Includes, type Reader } from '@sslmode/core/files';
import { isComposeFile } from '@sslmode/core/project';
import type { Candidate } from './collect.ts';
import { kindOf } from './kinds.ts';
import { pathFrom } from './targets.ts';
import { isWithin } from './walk.ts';

/** A file that gives programs variables. */
interface Giver {
  readonly path: string;
  readonly text: string;
  readonly reading: Reading;
  readonly environments: readonly NamedEnvironment[];
}

/** A file that may be a giver. */
interface GivingFile {
  readonly path: string;
  readonly text: string;
  readonly read: Reader;
  /** `null` until somebody reads one of its names. */
  giver: Giver | null;
}

interface NamedEnvironment {
  readonly variables: Environment;
  readonly of: readonly string[];
}

/** Connections in code with the values that one file gives them. */
export interface GivenReading {
  readonly giver: Candidate;
  readonly text: string;
  readonly reading: Reading;
}

/** Folders beside a program that say how it is run: Compose files, manifests of Kubernetes, workflows. */
const IS_DEPLOYMENT = /^(?:\.github|workflows|k8s|kube|kubernetes|kustomize|kustomization|manifests?|deploy(?:ments?)?|infra(?:structure)?|ops|helm|charts?|templates|base|overlays?|components|prod(?:uction)?|staging|dev(?:elopment)?|docker|compose|configmaps?|secrets?)$/i;
const MAX_DEPTH = 4;
const MAX_FOLDERS = 40;
const MAX_FILES = 200;

/**
 * Finds what programs are given: by the nearest folder upward, to the root of the project, whose .env files, Compose
 * files, Dockerfiles, manifests or workflows have the name that code reads.
 */
export class Environments {
  /** By folder. Kept as long as the scan: few folders have any. */
  readonly #files = new Map<string, readonly GivingFile[]>();
  readonly #isExcluded: (file: Candidate) => Promise<boolean>;

  /** @param isExcluded by the policy. */
  constructor(isExcluded: (file: Candidate) => Promise<boolean>) {
    this.#isExcluded = isExcluded;
  }

  /** Splits a reading: what stands, and what is put together with the values of other files. */
  async join(file: Candidate, text: string, reading: Reading, includes: Includes): Promise<{ readonly own: Reading; readonly given: readonly GivenReading[] }> {
    const wanted = reading.sites.map((site) => ({ site, names: namesRead(site) }));
    if (wanted.every(({ names }) => names.length === 0)) return { own: reading, given: [] };
    const found = new Map<Giver, { readonly sites: Reading['sites'][number][]; readonly claims: NonNullable<Reading['claims']>[number][] }>();
    const joined = new Set<Reading['sites'][number]>();
    const by = text.length + 1;
    for (const { site, names } of wanted) {
      for (const giver of names.length === 0 ? [] : await this.#giversOf(names, file, includes)) {
        for (const { variables } of meantFor(file.path, giver, names)) {
          const given = givenBy(site, variables, by);
          if (given === null) continue;
          joined.add(site);
          const of = found.get(giver) ?? { sites: [], claims: [] };
          found.set(giver, of);
          of.sites.push(given.site);
          of.claims.push(...given.claims);
        }
      }
    }
    const given = [...found].map(([giver, { sites, claims }]): GivenReading => ({
      giver: candidateAt(giver.path, file),
      text: giver.text,
      reading: {
        ...reading,
        sites,
        claims,
        joined: [{ path: giver.path, text: giver.text, start: by }],
        // Whether they are of any use, each file says of its own.
        comments: [...reading.comments.map((comment) => ({ ...comment, borrowed: true })), ...giver.reading.comments.map((comment) => borrowedComment(comment, by))],
        bypasses: [],
        problems: [],
        localNames: giver.reading.localNames,
      },
    }));
    return { own: joined.size === 0 ? reading : { ...reading, sites: reading.sites.filter((site) => !joined.has(site)) }, given };
  }

  async #giversOf(names: readonly string[], file: Candidate, includes: Includes): Promise<readonly Giver[]> {
    for (let folder = dirname(file.path); isWithin(folder, file.root); folder = dirname(folder)) {
      const givers: Giver[] = [];
      for (const each of await this.#filesIn(folder, file, includes)) {
        // Most name none of them, and need not be parsed.
        if (!names.some((name) => each.text.includes(name))) continue;
        const giver = (each.giver ??= giverOf(each, includes));
        if (giver.environments.some(({ variables }) => names.some((name) => variables.has(name)))) givers.push(giver);
      }
      if (givers.length > 0 || folder === dirname(folder)) return givers;
    }
    return [];
  }

  async #filesIn(folder: string, file: Candidate, includes: Includes): Promise<readonly GivingFile[]> {
    const known = this.#files.get(folder);
    if (known !== undefined) return known;
    const files: GivingFile[] = [];
    const names = includes.list?.(folder) ?? [];
    const paths = names.filter((name) => ['dotenv', 'dockerfile'].includes(kindOf(name)?.id ?? '') || isComposeFile(name)).map((name) => join(folder, name));
    for (const path of [...paths, ...deploymentsIn(folder, includes)]) {
      const kind = kindOf(path);
      const text = includes.read(path);
      if (text === null || kind === null || !mayGive(text) || (await this.#isExcluded(candidateAt(path, file)))) continue;
      files.push({ path, text, read: await kind.load(), giver: null });
    }
    this.#files.set(folder, files);
    return files;
  }
}

function giverOf({ path, text, read }: GivingFile, includes: Includes): Giver {
  const reading = read(path, text, includes);
  const environments = (reading.environments ?? []).map(({ variables, of }) => ({ variables: new Map(variables.map((variable) => [variable.name, variable])), of }));
  return { path, text, reading, environments };
}

/** YAML in the folders that say how what lies beside them is run. */
function deploymentsIn(folder: string, { list }: Includes): readonly string[] {
  const found: string[] = [];
  let folders: readonly string[] = [folder];
  let looked = 0;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const next: string[] = [];
    for (const at of folders) {
      if (++looked > MAX_FOLDERS) return found;
      const names = list?.(at) ?? [];
      if (depth > 0) found.push(...names.filter((name) => /\.ya?ml$/i.test(name)).map((name) => join(at, name)));
      // Below a folder of deployments the names are those of environments and programs.
      next.push(...names.filter((name) => IS_DEPLOYMENT.test(name) || (depth > 0 && /^[\w-]+$/.test(name))).map((name) => join(at, name)));
    }
    folders = next;
  }
  return found.slice(0, MAX_FILES);
}

/** Without these words a file gives nobody a variable; most YAML is not worth parsing for it. */
function mayGive(text: string): boolean {
  return text.length < 1_000_000 && /\benv|^ENV |^kind:\s*["']?(?:ConfigMap|Secret)|=|environment/m.test(text);
}

/** Of programs that have the names of folders on the way to the file, only those; else all of them. */
function meantFor(path: string, { environments }: Giver, names: readonly string[]): readonly NamedEnvironment[] {
  const all = environments.filter(({ variables }) => names.some((name) => variables.has(name)));
  const folders = new Set(dirname(path).toLowerCase().split('/'));
  const meant = all.filter(({ of }) => of.some((name) => folders.has(name)));
  return meant.length > 0 ? meant : all;
}

/** Another file of the same project. */
function candidateAt(path: string, beside: Candidate): Candidate {
  return { ...beside, path, file: pathFrom(beside.base, path), gitIgnored: false, named: false };
}
