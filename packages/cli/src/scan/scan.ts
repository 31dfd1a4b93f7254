import { isUtf8 } from 'node:buffer';
import { dirname } from 'node:path';
import { bugOf, compileGlob, type Effective } from '@sslmode/core';
import type { Reader } from '@sslmode/core/files';
import { applyBaselines, type Applied } from '../baseline/baselines.ts';
import type { FixableFile } from '../fix/fix.ts';
import { version } from '../version.ts';
import { broughtBy } from './brought.ts';
import type { Candidate } from './collect.ts';
import type { FoundConnection, FoundFinding, Origin } from './entries.ts';
import { kindOf, mayHold } from './kinds.ts';
import { decode } from './read.ts';
import {
  EFFECTIVES,
  byPlace,
  problemLine,
  type ProblemEntry,
  type ProjectPath,
  type ScanResult,
  type Skipped,
} from './report.ts';
import { Joins } from './joins.ts';
import { Judging, type Judged } from './judging.ts';
import { MEGABYTE, type ScanSettings } from './options.ts';
import { Part } from './part.ts';
import { isOfShard } from './shard.ts';
import { Surroundings } from './surroundings.ts';
import { ProjectRoots, baseOf, pathFrom } from './targets.ts';

/** Reads and judges all files, one after the other: reading them side by side costs more than it gains (docs/performance.md). Memory grows with what is found, not with what is read. */
export async function runScan(settings: ScanSettings): Promise<ScanResult> {
  const start = performance.now();
  const surroundings = new Surroundings(settings.policy, settings.today, settings.source.project);
  await surroundings.check(settings.cwd);
  const scan = new Scan(settings, surroundings);
  if (settings.stdin === null) await scan.targets();
  else await scan.input(settings.stdin.path, settings.stdin.bytes);
  return scan.result(performance.now() - start);
}

/** Files that would be read, as reports name them. */
export async function listFiles(settings: ScanSettings): Promise<{ files: string[]; failures: string[] }> {
  const surroundings = new Surroundings(settings.policy, settings.today, settings.source.project);
  await surroundings.check(settings.cwd);
  const files: string[] = [];
  const failures: string[] = [];
  for await (const entry of settings.source.collect(settings.targets, selectionOf(settings))) {
    if (entry.kind === 'failure') failures.push(entry.message);
    if (entry.kind !== 'file' || !isOfShard(entry.file, settings.shard)) continue;
    const { policy, path } = await surroundings.policyFor(entry.file);
    if (!policy.excludes(path)) files.push(entry.file.file);
  }
  for (const { entry, failure } of surroundings.problems()) if (failure) failures.push(problemLine(entry));
  return { files: files.sort(), failures };
}

function selectionOf({ cwd, gitignore, markdown, exclude }: ScanSettings, roots = new ProjectRoots()) {
  const globs = exclude.map((glob) => compileGlob(glob, 'path'));
  return { cwd, roots, gitignore, kindOf: (path: string) => kindOf(path, markdown), excludes: (path: string) => globs.some((matches) => matches(path)) };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** One run: what was found so far. */
class Scan {
  readonly #settings: ScanSettings;
  readonly #selection: ReturnType<typeof selectionOf>;
  readonly #surroundings: Surroundings;
  readonly #findings: FoundFinding[] = [];
  /** Files with findings that have suggestions, by path. */
  readonly #fixable = new Map<string, Omit<FixableFile, 'findings'>>();
  readonly #connections: FoundConnection[] = [];
  readonly #problems: { readonly entry: ProblemEntry; readonly place: ProjectPath }[] = [];
  readonly #failures: string[] = [];
  readonly #skipped: Mutable<Skipped> = { binary: 0, empty: 0, tooLarge: 0, unreadable: 0, otherKind: 0, excluded: 0 };
  /** Files whose findings are all known, by project root. */
  readonly #known = new Map<string, { readonly base: string; readonly files: Set<string> }>();
  readonly #joins = new Joins();
  readonly #judging: Judging;
  /** Of how things were before the change that is looked at. */
  readonly #judgingBefore: Judging | null;
  /** `null` where all of what was asked for is read. */
  readonly #part: Part | null;
  #files = 0;
  #gitIgnored = 0;

  constructor(settings: ScanSettings, surroundings: Surroundings) {
    this.#settings = settings;
    this.#selection = selectionOf(settings);
    this.#surroundings = surroundings;
    const { source, since, shard, targets } = settings;
    this.#judging = new Judging(surroundings, source.project, this.#selection);
    this.#judgingBefore = since === null ? null : new Judging(surroundings, since.project, this.#selection);
    this.#part = since !== null || shard !== null || source.isPart || targets.some(({ isFolder }) => !isFolder) ? new Part() : null;
  }

  async targets(): Promise<void> {
    const { source, targets, since, shard } = this.#settings;
    for await (const entry of source.collect(targets, this.#selection)) {
      if ('file' in entry && !isOfShard(entry.file, shard)) continue;
      if (entry.kind === 'file') await this.#told(entry.file, () => this.#file(entry.file));
      else if (entry.kind === 'problem') this.#unreadable(entry.file, entry.message);
      // Of a change nobody can say what kinds of file it ought to have.
      else if (entry.kind === 'failure') this.#failures.push(...(since === null ? [entry.message] : []));
      // Only counted, by one of all shards.
      else if (shard === null || shard.index === 1) this.#skipped[entry.kind === 'excluded' ? 'excluded' : 'otherKind']++;
    }
    await this.#elsewhere();
  }

  async input(path: string, bytes: Uint8Array): Promise<void> {
    const target = { folder: dirname(path) };
    if (kindOf(path, this.#settings.markdown) === null) {
      this.#skipped.otherKind++;
      return;
    }
    const base = baseOf(target, this.#settings.cwd);
    await this.#bytes({ path, file: pathFrom(base, path), base, root: new ProjectRoots().of(dirname(path), target), gitIgnored: false, named: true }, bytes);
  }

  /** Does something with a file, and hands on what came of it. */
  async #told(file: Candidate, judge: () => Promise<void>): Promise<void> {
    const { onFile } = this.#settings;
    const from = [this.#findings.length, this.#connections.length, this.#problems.length] as const;
    await judge();
    const findings = this.#findings.slice(from[0]).map(({ entry }) => entry);
    const connections = this.#connections.slice(from[1]).map(({ entry }) => entry);
    const problems = this.#problems.slice(from[2]).map(({ entry }) => entry);
    if (findings.length + connections.length + problems.length > 0) onFile?.({ file: file.file, findings, connections, problems });
  }

  async #file(file: Candidate): Promise<void> {
    const { policy, path } = await this.#surroundings.policyFor(file);
    if (policy.excludes(path)) {
      this.#skipped.excluded++;
      return;
    }
    const read = this.#settings.source.read(file, this.#settings.maxFileSize);
    if (read.kind === 'bytes') {
      await this.#bytes(file, read.bytes);
    } else if (read.kind === 'too-large') {
      this.#skipped.tooLarge++;
      this.#problem(file, null, `not read: ${megabytes(read.size)}, more than the ${megabytes(this.#settings.maxFileSize)} of --max-file-size`);
    } else {
      this.#unreadable(file, read.message);
    }
  }

  async #bytes(file: Candidate, bytes: Uint8Array): Promise<void> {
    const before = this.#settings.since?.before(file, bytes);
    if (before?.kind === 'same') return;
    this.#part?.add(file);
    if (bytes.length === 0) {
      this.#skipped.empty++;
      // Many are meant to be empty (`__init__.py`, beans.xml, outputs.tf): those are counted.
      if (file.named || kindOf(file.path)?.id === 'dotenv') this.#problem(file, null, 'empty: there is nothing in it to check');
      return;
    }
    // Most files hold nothing of ours: they are not even decoded.
    const kind = kindOf(file.path, this.#settings.markdown);
    if (kind === null) return;
    const known = this.#known.get(file.root) ?? { base: file.base, files: new Set() };
    this.#known.set(file.root, known);
    const held = before?.text != null && mayHold(kind, Buffer.from(before.text));
    const mayMatter = held || mayHold(kind, bytes) || bytes.includes(0) || !isUtf8(bytes);
    const decoded = mayMatter ? decode(bytes) : null;
    if (decoded?.kind === 'binary') {
      this.#skipped.binary++;
      this.#problem(file, null, 'not read: it is binary');
      return;
    }
    this.#files++;
    if (file.gitIgnored) this.#gitIgnored++;
    known.files.add(pathFrom(file.root, file.path));
    if (decoded !== null) {
      if (decoded.problem !== null) this.#problem(file, decoded.problem.line, decoded.problem.message);
      try {
        await this.#check(file, decoded.text, await kind.load(), before?.text ?? null);
      } catch (error) {
        // A bug of ours must not cost the other files their findings, nor pass for an empty file.
        const message = `not judged: this is a bug in sslmode, please report it (${bugOf(error)})`;
        this.#problem(file, null, message);
        this.#failures.push(problemLine({ file: file.file, line: null, message }));
      }
    }
    this.#settings.onProgress?.(this.#files);
  }

  async #check(file: Candidate, text: string, read: Reader, before: string | null): Promise<void> {
    const now = await this.#judging.of(file, text, read);
    const then = before === null ? undefined : await this.#judgingBefore?.of(file, before, read);
    this.#joins.note(now.notes);
    for (const { notes } of then === undefined ? [now] : [now, then]) this.#part?.gives(notes);
    this.#take(then === undefined ? now : this.#brought(now, then));
    for (const { line, message } of now.problems) this.#problem(file, line, message);
  }

  #brought(now: Judged, then: Judged): Pick<Judged, 'findings' | 'connections'> {
    const { since } = this.#settings;
    return since === null ? now : broughtBy(now, then, (lines) => since.isNew(lines));
  }

  /** Files outside of the part: what they draw on of its files is for this scan to say. */
  async #elsewhere(): Promise<void> {
    const { source, targets, shard, since, maxFileSize } = this.#settings;
    const part = this.#part;
    if (part === null) return;
    const isShard = shard !== null && since === null && !source.isPart;
    for await (const file of part.others(source, this.#selection, isShard ? targets : null)) {
      const kind = kindOf(file.path);
      const read = source.read(file, maxFileSize);
      if (kind === null || read.kind !== 'bytes' || !part.mayDraw(file.path, kind, read.bytes)) continue;
      const decoded = decode(read.bytes);
      const { policy, path } = await this.#surroundings.policyFor(file);
      if (decoded.kind === 'binary' || policy.excludes(path)) continue;
      try {
        const reader = await kind.load();
        const now = await this.#judging.of(file, decoded.text, reader, 'joined');
        const then = await this.#judgingBefore?.of(file, decoded.text, reader, 'joined');
        this.#joins.note(now.notes);
        const concerns = ({ origin, lines }: Pick<FoundFinding, 'origin' | 'lines'>): boolean => origin.files.some((each) => part.has(each)) || lines().some((each) => part.has(each.path));
        this.#take(then !== undefined ? this.#brought(now, then) : shard !== null ? now : { findings: now.findings.filter(concerns), connections: now.connections.filter(concerns) });
      } catch {
        // A scan of the whole says so.
      }
    }
  }

  /** Takes what stands in this shard's files. */
  #take({ findings, connections }: Pick<Judged, 'findings' | 'connections'>): void {
    const { shard } = this.#settings;
    const isHere = ({ origin }: { readonly origin: Origin }): boolean => isOfShard(origin.home, shard);
    const here = findings.filter(isHere);
    this.#findings.push(...here);
    for (const { suggestions, origin, text } of this.#settings.keepFixable ? here : []) if (suggestions.length > 0) this.#fixable.set(origin.home.path, { file: origin.home, text });
    this.#connections.push(...connections.filter(isHere));
  }

  #unreadable(file: Candidate, message: string): void {
    this.#skipped.unreadable++;
    this.#problem(file, null, message);
    if (file.named) this.#failures.push(problemLine({ file: file.file, line: null, message }));
  }

  #problem(file: Candidate, line: number | null, message: string): void {
    this.#problems.push({
      entry: { file: file.file, line, message },
      place: { root: file.root, path: pathFrom(file.root, file.path) },
    });
  }

  result(time: number): ScanResult {
    const settled = this.#joins.settled({ findings: this.#findings, connections: this.#connections });
    const found = settled.connections.toSorted((a, b) => byPlace(a.entry, b.entry));
    const connections = found.map(({ entry }) => entry);
    for (const { entry, place, failure } of this.#surroundings.problems()) {
      this.#problems.push({ entry, place });
      if (failure) this.#failures.push(problemLine(entry));
    }
    const { findings, notes } = this.#withBaselines(settled.findings);
    const problems = this.#problems.sort((a, b) => byPlace(a.entry, b.entry));
    const counting = findings.filter(({ entry }) => entry.ignored === null);
    const errors = counting.filter(({ entry }) => entry.severity === 'error').length;
    const count = (effective: Effective): number => connections.filter((connection) => connection.effective === effective).length;
    return {
      report: {
        schemaVersion: 1,
        tool: { name: 'sslmode', version: version() },
        summary: {
          files: this.#files,
          connections: connections.length,
          errors,
          warnings: counting.length - errors,
          ignored: findings.length - counting.length,
          effective: Object.fromEntries(EFFECTIVES.map((effective) => [effective, count(effective)])) as Record<Effective, number>,
          gitIgnored: this.#gitIgnored,
          skipped: this.#skipped,
        },
        findings: findings.map(({ entry }) => entry),
        connections,
        problems: problems.map(({ entry }) => entry),
      },
      details: findings.map(({ details }) => details),
      connectionDetails: found.map(({ details }) => details),
      problemPlaces: problems.map(({ place }) => place),
      time,
      failures: this.#failures.sort(),
      fixable: this.#withFindings(findings),
      notes,
    };
  }

  /** Findings as they came out in the end: a baseline may accept some. */
  #withFindings(findings: readonly FoundFinding[]): readonly FixableFile[] {
    if (this.#fixable.size === 0) return [];
    const byFile = new Map<string, FoundFinding[]>();
    for (const finding of findings) {
      const here = byFile.get(finding.entry.file) ?? [];
      here.push(finding);
      byFile.set(finding.entry.file, here);
    }
    // Only what was asked for is written to.
    const own = [...this.#fixable.values()].filter(({ file }) => this.#part?.has(file.path) !== false);
    return own.map((each) => ({ ...each, findings: byFile.get(each.file.file) ?? [] })).sort((a, b) => (a.file.file < b.file.file ? -1 : 1));
  }

  /** Findings in order, those in a baseline marked. */
  #withBaselines(all: readonly FoundFinding[]): Pick<Applied, 'findings' | 'notes'> {
    const { baseline, source, since } = this.#settings;
    const findings = all.toSorted((a, b) => byPlace(a.entry, b.entry));
    // Where not all could be judged, what is missing may still be there.
    const isSure = this.#failures.length === 0;
    const choice = isSure ? baseline : { ...baseline, update: false };
    const projects = [...this.#known].map(([root, { base, files }]) => ({ root, base, files }));
    const applied = applyBaselines(findings, { choice, reader: source.project, projects, complete: isSure && since === null });
    this.#problems.push(...applied.problems);
    this.#failures.push(...applied.failures);
    return isSure || !baseline.update ? applied : { ...applied, notes: ['The baseline is left as it is, since not everything could be judged.'] };
  }
}

/** `12.3 MB` */
function megabytes(bytes: number): string {
  return `${Math.round((bytes / MEGABYTE) * 10) / 10} MB`;
}
