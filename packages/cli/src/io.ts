import { Buffer } from 'node:buffer';

/** Where text goes to. */
export interface Output {
  write(text: string): void;
  /** Somebody looks at it as it appears. */
  readonly isTTY: boolean;
  /** How wide a terminal is; `undefined` where it is none. */
  readonly columns?: number | undefined;
}

/** All that a command knows of the process that it runs in, so that tests can run it without one. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Everything on standard input, to its end. */
  readStdin(): Promise<Uint8Array>;
  /** The present moment, for `until` dates. */
  now(): Date;
}

/** Something that the user has to put right before the job can be done. `message` is shown as it is, and the exit code is 2. */
export class UsageError extends Error {}

/** The real process. */
export function processIo(): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    async readStdin() {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}
