import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** One connection to try, as the lab writes it to a driver's process: one line of JSON each. */
export interface Task {
  /** The connection string; `null` for none. */
  readonly string: string | null;
  /** The options object beside or instead of it, as {@link Written}; `null` for none. */
  readonly options: unknown;
  /** Variables to set for this connection alone; `null` unsets one. */
  readonly environment: Readonly<Record<string, string | null>>;
}

/** The answer to a task. */
export type Reply = { readonly ok: true } | { readonly ok: false; readonly error: string; /** It may still be at it. */ readonly unfinished: boolean };

/** What JSON has no word for, in options; `ssl-context` is Python's, with a file of roots and the attributes that it is given. */
export type Written = { readonly $: 'undefined' | 'accept-any-name' } | { readonly $: 'file'; readonly path: string } | { readonly $: 'ssl-context'; readonly path: string; readonly attributes?: Readonly<Record<string, string | boolean>> };

/** How long a driver may take, in milliseconds: nothing in the lab is far away. */
export const LIMIT = 4_000;

/**
 * The whole of a driver's process: says its version, then takes tasks from standard input, one after another, and
 * answers each. `connect` logs in, asks for nothing much, and leaves.
 */
export async function serve(version: string, connect: (task: Task) => Promise<void>): Promise<void> {
  // Drivers that crash on a setting do so in an event handler, where no promise catches it.
  let crash: (error: Error) => void = () => undefined;
  process.on('uncaughtException', (error) => {
    crash(error);
  });
  process.on('unhandledRejection', (reason) => {
    crash(reason instanceof Error ? reason : new Error(String(reason)));
  });
  process.removeAllListeners('warning');
  say({ version });
  for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line, revive) as Task;
    const before = setEnvironment(task.environment);
    const crashed = new Promise<never>((_, reject) => {
      crash = reject;
    });
    say(await Promise.race([outcome(Promise.race([connect(task), crashed])), timeout()]));
    setEnvironment(before);
  }
  // What a driver left open would keep the process alive.
  process.exit();
}

function say(message: Reply | { readonly version: string }): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function outcome(work: Promise<unknown>): Promise<Reply> {
  try {
    await work;
    return { ok: true };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error), unfinished: false };
  }
}

function timeout(): Promise<Reply> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve({ ok: false, error: 'took too long', unfinished: true });
    }, LIMIT).unref();
  });
}

/** Sets and unsets; what was there comes back, to be restored. */
function setEnvironment(environment: Task['environment']): Record<string, string | null> {
  const before: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(environment)) {
    before[name] = process.env[name] ?? null;
    if (value === null) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  return before;
}

/** {@link Written} as the value that it stands for. An undefined property has to be there: JSON.parse would drop it. */
function revive(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const [name, property] of Object.entries(value)) {
    if (isWritten(property)) (value as Record<string, unknown>)[name] = real(property);
  }
  return value;
}

/** Whether a value of a cell's options stands for another one. */
export function isWritten(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && '$' in value;
}

function real(written: Written): unknown {
  switch (written.$) {
    case 'undefined':
      return undefined;
    case 'accept-any-name':
      return () => undefined;
    case 'file':
      return readFileSync(written.path, 'utf8');
    case 'ssl-context':
      throw new Error('Node has no SSLContext');
  }
}

/** What the lab puts beside a cell's options: where to, and as whom. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The login and a cell's own options apart, for wrappers that want the one elsewhere than the other; `null` where a string has the login. */
export function taken(options: unknown): { readonly login: Login | null; readonly rest: Readonly<Record<string, unknown>> } {
  const { host, port, user, password, database, ...rest } = (options ?? {}) as Partial<Login> & Record<string, unknown>;
  if (host === undefined || port === undefined || user === undefined || password === undefined || database === undefined) return { login: null, rest };
  return { login: { host, port, user, password, database }, rest };
}
