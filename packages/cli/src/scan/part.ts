import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { namesGiven, type FileKind } from '@sslmode/core/files';
import { isComposeFile } from '@sslmode/core/project';
import type { Candidate, Selection } from './collect.ts';
import { kindOf, mayHold } from './kinds.ts';
import { mayJoin, type Note } from './judging.ts';
import type { Source } from './source.ts';
import { pathFrom, type Target } from './targets.ts';

/**
 * The files that a scan reports on where that is not all of a project, and what others have to hold to draw on them: so
 * hardly any of the others have to be taken apart.
 */
export class Part {
  /** By project root: what its files are named relative to. */
  readonly #bases = new Map<string, string>();
  readonly #files = new Set<string>();
  /** Variables that code or configuration may read. */
  readonly #variables = new Set<string>();
  /** What a YAML file calls the files and maps that it takes variables of. */
  readonly #names = new Set<string>();
  /** Folders of charts of Helm whose values or helpers are of the part. */
  readonly #charts = new Set<string>();

  /** Adds a file that is reported on. */
  add({ path, root, base }: Candidate): void {
    this.#files.add(path);
    this.#bases.set(root, base);
    const chart = /^(.+)\/(?:[^/]*values[^/]*\.ya?ml|templates\/.*\.tpl)$/.exec(path)?.[1];
    if (chart !== undefined) this.#charts.add(chart);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Takes note of what a file of the part gives others, now or before a change. */
  gives(notes: readonly Note[]): void {
    for (const { file, text, reading } of notes) {
      for (const name of namesGiven(reading)) this.#variables.add(name);
      const kind = kindOf(file.path)?.id;
      if (kind === 'dotenv') this.#names.add(file.path.slice(file.path.lastIndexOf('/') + 1));
      if (kind === 'yaml' && /^kind:\s*["']?(?:ConfigMap|Secret)\b/m.test(text)) for (const [, name = ''] of text.matchAll(/\bname:\s*["']?([\w.-]+)/g)) this.#names.add(name);
    }
  }

  /** Files outside of the part that may draw on it. Only in a checkout is it known how far a project goes. */
  async *others(source: Source, selection: Selection, targets: readonly Target[] | null): AsyncGenerator<Candidate> {
    if (this.#variables.size + this.#names.size + this.#charts.size === 0) return;
    const joining = (path: string): FileKind | null => {
      const kind = selection.kindOf(path);
      return kind !== null && mayJoin(kind) ? kind : null;
    };
    const roots = [...this.#bases.keys()].filter((root) => existsSync(join(root, '.git')));
    for (const target of targets ?? roots.map((root): Target => ({ path: root, given: root, isFolder: true, folder: root }))) {
      for await (const entry of source.all([target], { ...selection, kindOf: joining })) {
        if (entry.kind !== 'file' || this.has(entry.file.path)) continue;
        const base = this.#bases.get(entry.file.root);
        if (base !== undefined) yield { ...entry.file, base, file: pathFrom(base, entry.file.path), named: false };
      }
    }
  }

  /** Whether a file may draw on the part. */
  mayDraw(path: string, kind: FileKind, bytes: Uint8Array): boolean {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const holds = (words: Iterable<string>): boolean => [...words].some((word) => buffer.includes(word));
    // In UTF-16 the letters are apart.
    const isWide = (bytes[0] ?? 0) >= 0xfe && (bytes[1] ?? 0) >= 0xfe;
    return (isWide || (kind.id === 'yaml' ? this.#isNamed(path, holds) : holds(this.#variables))) && mayHold(kind, bytes);
  }

  /** As Compose, Kubernetes, Spring and Helm name what they take in. */
  #isNamed(path: string, holds: (words: Iterable<string>) => boolean): boolean {
    if (holds(['{{']) && [...this.#charts].some((chart) => path.startsWith(`${chart}/templates/`) || path.startsWith(`${chart}/charts/`))) return true;
    if (holds(['env_file', 'Ref:']) && holds(this.#names)) return true;
    const isFilledIn = !isComposeFile(basename(path)) || this.has(join(dirname(path), '.env'));
    return isFilledIn && holds([...this.#variables].flatMap((name) => [`$${name}`, `\${${name}`]));
  }
}
