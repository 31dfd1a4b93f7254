import type { Io } from '../io.ts';

/** Nobody needs to be told of a scan that is shorter, in milliseconds. */
const PATIENCE = 700;
const INTERVAL = 100;

/** Counts files on the terminal while a long scan goes on. */
export class Progress {
  readonly #io: Io;
  readonly #start = performance.now();
  #last = 0;
  #shown = false;

  constructor(io: Io) {
    this.#io = io;
  }

  /** `files` were read so far. */
  update(files: number): void {
    if (!this.#io.stderr.isTTY) return;
    const now = performance.now();
    if (now - this.#start < PATIENCE || now - this.#last < INTERVAL) return;
    this.#last = now;
    this.#shown = true;
    this.#io.stderr.write(`\r${files} files read …`);
  }

  /** Takes the line away again. */
  end(): void {
    if (this.#shown) this.#io.stderr.write('\r\u001b[K');
    this.#shown = false;
  }
}
