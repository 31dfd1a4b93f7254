import { Buffer } from 'node:buffer';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { redactString } from '@sslmode/core';
import { UsageError, type Io } from '../io.ts';
import { quoted } from '../options.ts';
import { MAX_BYTES } from '../scan/disk.ts';
import { FileReader } from '../scan/read.ts';
import { isWithin, leadsOut } from '../scan/walk.ts';
import { checkoutAround, type Checkout } from './checkout.ts';
import { parseIndex } from './index-file.ts';

/**
 * With these git runs no program of a stranger's repository (its configuration can name a monitor, hooks, a pager),
 * changes nothing in it and takes paths as they are.
 */
const SAFE_OPTIONS = [
  ...['--no-pager', '--no-optional-locks', '--literal-pathspecs'],
  ...['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'submodule.recurse=false', '-c', 'protocol.allow=never'],
];

/** In a partial clone git would fetch what is missing: a scan connects to nothing. The rest keeps git quiet and literal. */
const SAFE_ENVIRONMENT = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  LC_ALL: 'C',
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What of the environment git gets: nothing of its own, since that could name another repository, or programs. */
function cleaned(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) => !/^GIT_/i.test(name));
  return { ...Object.fromEntries(kept), ...SAFE_ENVIRONMENT };
}

/** An object that git keeps, and what kind of file it is. */
export interface Blob {
  readonly oid: string;
  /** `100644`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
}

/** A git repository with a working tree, only ever read. */
export class Repository {
  /** Its top folder as the user's paths have it, links not resolved. */
  readonly top: string;
  /** The file of the index. */
  readonly #index: string;
  readonly #env: Environment;
  readonly #reader = new FileReader();
  /** By folder, whether it leads out of the working tree. */
  readonly #outside = new Map<string, boolean>();

  private constructor(top: string, index: string, env: Environment) {
    this.top = top;
    this.#index = index;
    this.#env = env;
  }

  /** The repository of PATHs, that of the first. Throws a UsageError that names the option for which it is needed. */
  static async around(paths: readonly string[], io: Pick<Io, 'cwd' | 'env'>, option: string): Promise<Repository> {
    const first = resolve(io.cwd, paths[0] ?? '.');
    const repository = await Repository.#open([first, dirname(first)].find(isFolder) ?? io.cwd, io, option);
    for (const given of paths) {
      if (!isWithin(resolve(io.cwd, given), repository.top)) throw new UsageError(`${quoted(given)} lies outside the git repository that ${option} reads: scan it by itself.`);
    }
    return repository;
  }

  static async #open(folder: string, io: Pick<Io, 'env'>, option: string): Promise<Repository> {
    const env = cleaned(io.env);
    const { top, gitFolder } = checkoutAround(folder) ?? (await askGit(folder, env, option));
    // `git commit -a` and `git commit PATH` hand their hooks an index of their own: that one is to be committed.
    const index = io.env.GIT_INDEX_FILE;
    const own = index !== undefined && isWithin(realPath(resolve(top, index)), realPath(gitFolder));
    return new Repository(top, resolve(top, own ? index : join(gitFolder, 'index')), own ? { ...env, GIT_INDEX_FILE: resolve(top, index) } : env);
  }

  /** What the index holds, by path from the top; files in conflict are left out. Throws an Error with git's own first line. */
  async indexed(): Promise<ReadonlyMap<string, Blob>> {
    const found = this.#reader.read(this.#index, MAX_BYTES);
    const read = found.kind === 'bytes' ? parseIndex(found.bytes) : null;
    return read ?? blobsIn(await this.run(['ls-files', '--stage', '-z']), /^(\d+) ([0-9a-f]+) 0\t([^]+)$/);
  }

  /** What a commit holds, by path from the top. Throws an Error with git's own first line. */
  async committed(commit: string): Promise<ReadonlyMap<string, Blob>> {
    return blobsIn(await this.run(['ls-tree', '-r', '-z', '--full-tree', commit]), /^(\d+) blob ([0-9a-f]+)\t([^]+)$/);
  }

  /** What a git command prints. Throws an Error with git's own first line. */
  run(args: readonly string[], input?: string): Promise<Buffer> {
    return runGit(this.top, args, this.#env, input);
  }

  /**
   * The content of an object as the file at `path`, from the top, still has it: most do, and asking git takes longer than
   * all else (docs/performance.md). `null` where it has another.
   */
  onDisk(path: string, oid: string, limit: number): Uint8Array | null {
    const file = resolve(this.top, path);
    if (this.#leadsOut(dirname(file)) || lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return null;
    const found = this.#reader.read(file, limit);
    return found.kind === 'bytes' && blobOid(found.bytes, oid.length) === oid ? found.bytes.slice() : null;
  }

  #leadsOut(folder: string): boolean {
    const known = this.#outside.get(folder) ?? leadsOut(folder, this.top);
    this.#outside.set(folder, known);
    return known;
  }

  /** The content of an object at once, which may be that of the file at `path`; `null` where it is not there. */
  readNow(oid: string, path: string): Uint8Array | null {
    const same = this.onDisk(path, oid, MAX_BYTES);
    if (same !== null) return same;
    try {
      return execFileSync('git', [...SAFE_OPTIONS, '-C', this.top, 'cat-file', 'blob', oid], {
        env: this.#env,
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: MAX_BYTES,
      });
    } catch {
      return null;
    }
  }

  /** Sizes of objects, in their order; `null` for one that is not there. */
  async sizes(oids: readonly string[]): Promise<(number | null)[]> {
    if (oids.length === 0) return [];
    const lines = (await this.run(['cat-file', '--batch-check=%(objectsize)'], lined(oids))).toString().split('\n');
    return oids.map((_, at) => (/^\d+$/.test(lines[at] ?? '') ? Number(lines[at]) : null));
  }

  /** Contents of objects, in their order; `null` for one that is not there. All are in memory at once. */
  async contents(oids: readonly string[]): Promise<(Buffer | null)[]> {
    if (oids.length === 0) return [];
    const output = await this.run(['cat-file', '--batch=%(objectsize)'], lined(oids));
    let at = 0;
    return oids.map(() => {
      const end = output.indexOf(0x0a, at);
      const head = output.toString('latin1', at, end);
      at = end + 1;
      if (!/^\d+$/.test(head)) return null;
      const content = output.subarray(at, at + Number(head));
      at += content.length + 1;
      return content;
    });
  }
}

async function askGit(folder: string, env: Environment, option: string): Promise<Checkout> {
  let found: string;
  try {
    found = (await runGit(folder, ['rev-parse', '--is-inside-work-tree', '--show-cdup', '--absolute-git-dir'], env)).toString();
  } catch (error) {
    throw new UsageError(`${option} needs a git repository: ${error instanceof Error ? error.message : 'git failed'}`);
  }
  const [inside, up = '', gitFolder = ''] = found.split('\n');
  if (inside !== 'true') throw new UsageError(`${option} needs a git repository with a working tree.`);
  return { top: resolve(folder, up), gitFolder };
}

/** By path, of lines that end with a zero byte; the pattern's groups are mode, object and path. */
function blobsIn(output: Buffer, pattern: RegExp): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const entry of output.toString().split('\0')) {
    const [, mode, oid, path] = pattern.exec(entry) ?? [];
    if (mode !== undefined && oid !== undefined && path !== undefined) blobs.set(path, { mode, oid });
  }
  return blobs;
}

/** The name that git gives a content (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects), as long as another. */
export function blobOid(bytes: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function lined(oids: readonly string[]): string {
  return oids.map((oid) => `${oid}\n`).join('');
}

function runGit(folder: string, args: readonly string[], env: Environment, input = ''): Promise<Buffer> {
  return new Promise((fulfil, reject) => {
    const child = spawn('git', [...SAFE_OPTIONS, '-C', folder, ...args], { env: env, stdio: 'pipe', windowsHide: true });
    const output: Buffer[] = [];
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 2000);
    });
    // It may have failed before it read all; that it failed is said below.
    child.stdin.on('error', () => undefined);
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(error.code === 'ENOENT' ? 'git is not installed.' : 'git could not be started.'));
    });
    child.on('close', (code) => {
      if (code === 0) fulfil(Buffer.concat(output));
      else reject(new Error(`git says "${redactString(complaint.split('\n', 1)[0] ?? '').replace(/^fatal: /, '').replace(/\.$/, '')}".`));
    });
    child.stdin.end(input);
  });
}
