import { normalize } from 'node:path';
import { checkFile, type FileReport, type Reading } from '@sslmode/core';
import type { FileKind, Includes, Reader } from '@sslmode/core/files';
import type { ProjectReader } from '@sslmode/core/project';
import type { Candidate, Selection } from './collect.ts';
import { entriesOf } from './entries.ts';
import { Environments, type GivenReading } from './environments.ts';
import type { Surroundings } from './surroundings.ts';
import { pathFrom } from './targets.ts';
import { isWithin } from './walk.ts';

type Entries = ReturnType<typeof entriesOf>;

/** A reading that was judged, for what only the whole scan can tell. */
export interface Note {
  readonly file: Candidate;
  readonly text: string;
  readonly reading: Reading;
  readonly borrowed: FileReport['borrowed'];
}

/** What judging a file gives. */
export interface Judged extends Entries {
  readonly problems: FileReport['problems'];
  readonly notes: readonly Note[];
}

/** Whether files of a kind can be part of connections that stand in others. */
export function mayJoin({ id }: FileKind): boolean {
  return ['javascript', 'source', 'yaml', 'properties', 'prisma', 'notebook'].includes(id);
}

/** Judges files, each by itself and with what others give it. */
export class Judging {
  readonly #surroundings: Surroundings;
  readonly #project: ProjectReader;
  readonly #selection: Pick<Selection, 'cwd' | 'excludes'>;
  readonly #environments: Environments;

  /** @param project where files that others draw on are read. */
  constructor(surroundings: Surroundings, project: ProjectReader, selection: Pick<Selection, 'cwd' | 'excludes'>) {
    this.#surroundings = surroundings;
    this.#project = project;
    this.#selection = selection;
    this.#environments = new Environments(async (file) => {
      const { policy, path } = await surroundings.policyFor(file);
      return policy.excludes(path);
    });
  }

  /** All that is found in a file, or only what it has in common with others. */
  async of(file: Candidate, text: string, read: Reader, which: 'all' | 'joined' = 'all'): Promise<Judged> {
    const includes = this.#includesFor(file);
    const { own, given } = await this.#environments.join(file, text, read(file.path, text, includes), includes);
    const parts = which === 'joined' && own.joined === undefined ? [] : [await this.#own(file, text, own)];
    for (const each of given) parts.push(await this.#given(file, text, each));
    return {
      findings: parts.flatMap(({ findings }) => findings),
      connections: parts.flatMap(({ connections }) => connections),
      problems: own.problems,
      notes: parts.map(({ note }) => note),
    };
  }

  async #own(file: Candidate, text: string, reading: Reading): Promise<Entries & { readonly note: Note }> {
    const { sites, comments, bypasses, problems, servers = [], certificates = [] } = reading;
    const isEmpty = sites.length + comments.length + bypasses.length + problems.length + servers.length + certificates.length === 0;
    if (isEmpty) return { findings: [], connections: [], note: { file, text, reading, borrowed: [] } };
    return entriesWith(file, text, reading, checkFile(text, reading, await this.#surroundings.contextFor(file, text, reading)));
  }

  /** Connections in code with the values of another file: what is asked of them is asked where the values stand. */
  async #given(file: Candidate, text: string, { giver, text: values, reading }: GivenReading): Promise<Entries & { readonly note: Note }> {
    const here = await this.#surroundings.contextFor(file, text, reading);
    const there = await this.#surroundings.contextFor(giver, values, reading);
    return entriesWith(file, text, reading, checkFile(text, reading, { ...there, evidence: here.evidence, ...(here.certificates !== undefined && { certificates: here.certificates }) }), giver.path);
  }

  /** Files that one may draw on: of its own project, and not excluded. */
  #includesFor(file: Candidate): Includes {
    const project = this.#project;
    const { cwd, excludes } = this.#selection;
    return {
      read: (path) => (isWithin(normalize(path), file.root) && !excludes(pathFrom(cwd, normalize(path))) ? project.read(path) : null),
      list: (folder) => (isWithin(normalize(folder), file.root) ? (project.list?.(folder) ?? []) : []),
    };
  }
}

function entriesWith(file: Candidate, text: string, reading: Reading, report: FileReport, giver: string | null = null): Entries & { readonly note: Note } {
  return { ...entriesOf(file, text, report, reading.joined, giver), note: { file, text, reading, borrowed: report.borrowed } };
}
