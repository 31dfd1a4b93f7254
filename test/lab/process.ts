import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { LIMIT, type Reply, type Task } from './drivers/serve.ts';
import type { Lab } from './measure.ts';
import { commandOf } from './programs.ts';
import type { LabDriver } from './roster.ts';

/** How long a driver's process may take until it says its version: a loaded machine compiles it meanwhile. */
const START_LIMIT = 60_000;
/** How long past its own limit it may keep silent: one that blocks in a driver's code can't tell the time. */
const SILENCE_LIMIT = LIMIT + 4_000;

/** The work, or an error that says what took longer than that. */
async function within<Result>(limit: number, what: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} took longer than ${String(limit / 1000)} s`));
    }, limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A driver's own process. */
export class DriverProcess {
  readonly version: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>, lines: AsyncIterator<string>, version: string) {
    this.#child = child;
    this.#lines = lines;
    this.version = version;
  }

  static async start(driver: LabDriver, { certificates: { files, homes }, folder, server }: Lab, environment: Task['environment']): Promise<DriverProcess> {
    const { PATH, TMPDIR } = process.env;
    const command = commandOf(driver);
    if ('unavailable' in command) throw new Error(command.unavailable);
    const [file, ...parameters] = command;
    const env = {
      // Nothing of this machine's settings; the lab's root is among the public ones, for Node and for OpenSSL.
      ...{ PATH, TMPDIR, HOME: homes.absent, NODE_EXTRA_CA_CERTS: files.root, SSL_CERT_FILE: files.root },
      ...(isOfLibpq(driver) ? { PGCONNECT_TIMEOUT: '3' } : {}),
      ...(driver.overLibpq === true && server !== null ? { LD_LIBRARY_PATH: server.libraries } : {}),
      ...(driver.runtime === 'deno' ? { DENO_CERT: files.root, DENO_DIR: `${folder}/deno`, DENO_NO_UPDATE_CHECK: '1' } : {}),
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? undefined])),
    };
    const child = spawn(file, parameters, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    // What it died of is told by what it no longer says.
    child.stdin.on('error', () => undefined);
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    try {
      const { version } = (await within(START_LIMIT, `starting ${file}`, Promise.race([next(lines), failed]))) as { version: string };
      return new DriverProcess(child, lines, version);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  async run(task: Task): Promise<Reply> {
    this.#child.stdin.write(`${JSON.stringify(task)}\n`);
    const silence = new Promise<Reply>((resolve) => {
      setTimeout(() => {
        resolve({ ok: false, error: 'its process kept silent', unfinished: true });
      }, SILENCE_LIMIT).unref();
    });
    return Promise.race([next(this.#lines) as Promise<Reply>, silence]);
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Whether it reads libpq's variables itself, host and login among them. */
function isOfLibpq({ id, overLibpq }: LabDriver): boolean {
  return id === 'libpq' || id === 'pg-native' || overLibpq === true;
}

async function next(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('its process ended');
  return JSON.parse(line.value);
}
