import { basename, dirname, join } from 'node:path';
import { borrowedComment, type Reading } from '@sslmode/core';
import { givenBy, namesRead, type Environment, type Includes } from '@sslmode/core/files';
import type { Candidate } from './collect.ts';
import { kindOf } from './kinds.ts';
import { pathFrom } from './targets.ts';
import { isWithin } from './walk.ts';

/** A file that gives programs variables. */
interface Giver {
  readonly path: string;
  readonly text: string;
  readonly reading: Reading;
  readonly environments: readonly Environment[];
}

/** Connections in code with the values that one file gives them. */
export interface GivenReading {
  readonly giver: Candidate;
  readonly text: string;
  readonly reading: Reading;
}

const IS_COMPOSE_FILE = /^(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** Finds what programs are given: by the nearest folder upward, to the root of the project, whose .env files or Compose files have the name that code reads. */
export class Environments {
  /** By folder. Kept as long as the scan: few folders have any. */
  readonly #givers = new Map<string, readonly Giver[]>();
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
        for (const environment of giver.environments) {
          const given = givenBy(site, environment, by);
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
      const givers = (await this.#giversIn(folder, file, includes)).filter(({ environments }) => environments.some((environment) => names.some((name) => environment.has(name))));
      if (givers.length > 0 || folder === dirname(folder)) return givers;
    }
    return [];
  }

  async #giversIn(folder: string, file: Candidate, includes: Includes): Promise<readonly Giver[]> {
    const known = this.#givers.get(folder);
    if (known !== undefined) return known;
    const givers: Giver[] = [];
    for (const name of includes.list?.(folder) ?? []) {
      const kind = kindOf(name);
      if (kind?.id !== 'dotenv' && !IS_COMPOSE_FILE.test(basename(name))) continue;
      const path = join(folder, name);
      const text = includes.read(path);
      if (text === null || kind === null || (await this.#isExcluded(candidateAt(path, file)))) continue;
      const reading = (await kind.load())(path, text, includes);
      const environments = (reading.environments ?? []).map((variables) => new Map(variables.map((variable) => [variable.name, variable])));
      if (environments.length > 0) givers.push({ path, text, reading, environments });
    }
    this.#givers.set(folder, givers);
    return givers;
  }
}

/** Another file of the same project. */
function candidateAt(path: string, beside: Candidate): Candidate {
  return { ...beside, path, file: pathFrom(beside.base, path), gitIgnored: false, named: false };
}
