import { join } from 'node:path';
import { safeName, type Ignored } from '@sslmode/core';
import type { ProjectReader } from '@sslmode/core/project';
import type { FoundFinding } from '../scan/entries.ts';
import { kindOf } from '../scan/kinds.ts';
import { problemLine, type ProblemEntry, type ProjectPath } from '../scan/report.ts';
import { pathFrom, slashed } from '../scan/targets.ts';
import { plural } from '../terminal.ts';
import { formatBaseline, parseBaseline, type BaselineEntry } from './format.ts';
import { writeWhole } from './write.ts';

/** Its name, in the project root. */
const BASELINE_FILE = 'sslmode-baseline.json';

/** Which baseline counts, and whether it is brought up to date. */
export interface BaselineChoice {
  /** The one in each project root where there is one, none, or one file for all (absolute). */
  readonly use: 'root' | 'none' | { readonly file: string };
  /** Write one where there is none, and take out of one what is stale. */
  readonly update: boolean;
}

/** What the scan knows of a project that it read files of. */
export interface ScannedProject {
  /** Absolute. */
  readonly root: string;
  /** Reports name its files relative to this. */
  readonly base: string;
  /** Files whose findings are all known, relative to the root. */
  readonly files: ReadonlySet<string>;
}

/** What came of the baselines. */
export interface Applied {
  readonly findings: readonly FoundFinding[];
  readonly problems: readonly { readonly entry: ProblemEntry; readonly place: ProjectPath }[];
  readonly failures: readonly string[];
  /** For standard error: what was written. */
  readonly notes: readonly string[];
}

/** Where baselines lie, and what may be done with them. */
export interface BaselineContext {
  readonly choice: BaselineChoice;
  readonly reader: ProjectReader;
  readonly projects: readonly ScannedProject[];
  /** Findings are complete, so that an entry without one is stale. */
  readonly complete: boolean;
}

/** Marks findings that a baseline accepts, and says which of its entries accept nothing any more. */
export function applyBaselines(findings: readonly FoundFinding[], context: BaselineContext): Applied {
  const { choice, projects } = context;
  const [first] = projects;
  if (choice.use === 'none' || first === undefined) return { findings, problems: [], failures: [], notes: [] };
  const groups: readonly Group[] =
    choice.use === 'root'
      ? projects.map((project) => ({ path: join(project.root, BASELINE_FILE), named: false, projects: [project] }))
      : [{ path: choice.use.file, named: true, projects }];
  const all = groups.map((group) => applyOne(findings, group, context));
  const accepted = new Map(all.flatMap((one) => [...one.accepted]));
  return {
    findings: findings.map((finding) => {
      const ignored = accepted.get(finding);
      return ignored === undefined ? finding : { ...finding, entry: { ...finding.entry, ignored } };
    }),
    problems: all.flatMap(({ problems }) => problems),
    failures: all.flatMap(({ failures }) => failures),
    notes: all.flatMap(({ notes }) => notes),
  };
}

/** A baseline and the projects that it is for. */
interface Group {
  readonly path: string;
  readonly named: boolean;
  readonly projects: readonly ScannedProject[];
}

interface One extends Omit<Applied, 'findings'> {
  readonly accepted: ReadonlyMap<FoundFinding, Ignored>;
}

function applyOne(all: readonly FoundFinding[], group: Group, { choice, reader, complete }: BaselineContext): One {
  const nothing: One = { accepted: new Map(), problems: [], failures: [], notes: [] };
  const [{ root, base } = { root: '', base: '' }] = group.projects;
  const shown = pathFrom(base, group.path);
  const place = { root, path: pathFrom(root, group.path) };
  const roots = new Set(group.projects.map((project) => project.root));
  const counting = all.filter(({ entry, details }) => entry.ignored === null && roots.has(details.root));
  const text = reader.read(slashed(group.path));
  const fail = (line: number | null, message: string): One => {
    const entry = { file: shown, line, message };
    return { ...nothing, problems: [{ entry, place }], failures: [problemLine(entry)] };
  };
  if (text === null) {
    if (reader.exists(slashed(group.path))) return fail(null, 'cannot be read');
    if (!choice.update) return group.named ? { ...nothing, failures: [`There is no baseline ${shown}. --update-baseline writes it.`] } : nothing;
    if (counting.length === 0) return { ...nothing, notes: [`No findings: no baseline is needed.`] };
    const failure = writeWhole(group.path, formatBaseline(counting.map(entryOf)));
    if (failure !== null) return fail(null, failure);
    return { ...nothing, accepted: accept(counting, shown), notes: [`Wrote ${shown}, which accepts ${plural(counting.length, 'finding')}. From now on --update-baseline only removes.`] };
  }
  const parsed = parseBaseline(text);
  if (!parsed.ok) return fail(parsed.line, `${parsed.message}. Until this is put right, no finding is accepted.`);
  const known = new Set(parsed.entries.map(({ fingerprint }) => fingerprint));
  const found = counting.filter(({ entry }) => known.has(entry.fingerprint));
  const accepted = accept(found, shown);
  const prints = new Set(found.map(({ entry }) => entry.fingerprint));
  const stale = !complete ? [] : parsed.entries.filter(({ fingerprint, file }) => !prints.has(fingerprint) && isSettled(file, group.projects, reader, choice.update));
  if (choice.update) {
    const fresh = counting.length - found.length;
    const left = fresh === 0 ? '' : ` ${plural(fresh, 'finding is', 'findings are')} new and not added, since a baseline only shrinks: to begin anew, delete it first.`;
    if (stale.length === 0) return { ...nothing, accepted, notes: [`Nothing to remove from ${shown}.${left}`] };
    const failure = writeWhole(group.path, formatBaseline(parsed.entries.filter((entry) => !stale.includes(entry))));
    if (failure !== null) return fail(null, failure);
    return { ...nothing, accepted, notes: [`Removed ${plural(stale.length, 'stale entry', 'stale entries')} from ${shown}.${left}`] };
  }
  // One an entry, so that shards' reports can be put together.
  const problems = stale.map(({ line }) => ({ entry: { file: shown, line, message: 'a stale entry: what it accepted is gone; --update-baseline removes it' }, place }));
  return { ...nothing, accepted, problems };
}

/**
 * Whether an entry's file was read, or is not there any more. A missing `.env` says nothing, unless the user asks: git
 * ignores it, so that it lies on one machine and not on another.
 */
function isSettled(file: string, projects: readonly ScannedProject[], reader: ProjectReader, asked: boolean): boolean {
  if (projects.some(({ files }) => files.has(file))) return true;
  return (asked || kindOf(file)?.id !== 'dotenv') && !projects.some(({ root }) => reader.exists(`${slashed(root)}/${file}`));
}

function accept(findings: readonly FoundFinding[], shown: string): ReadonlyMap<FoundFinding, Ignored> {
  const ignored: Ignored = { by: 'baseline', reason: safeName(`accepted in ${shown}`), until: null };
  return new Map(findings.map((finding) => [finding, ignored]));
}

function entryOf({ entry: { fingerprint, rule, key }, details: { path } }: FoundFinding): BaselineEntry {
  return { fingerprint, rule, file: path, key };
}
