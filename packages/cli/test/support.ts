import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../src/io.ts';
import { main } from '../src/main.ts';

/** A password that stands in fixtures and must never stand in output. */
export const CANARY = 'c4n4ry-hunter2';

/** Makes a folder of these files, to be removed after the test. Gives its path. */
export function tree(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sslmode-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** What a run of the CLI gave. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI in this process: with no terminal, no environment and a fixed day, unless said otherwise. */
export async function run(
  cwd: string,
  argv: readonly string[],
  given: { readonly env?: Io['env']; readonly stdin?: string | Uint8Array; readonly tty?: boolean } = {},
): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const isTTY = given.tty ?? false;
  const io: Io = {
    cwd,
    env: given.env ?? {},
    stdout: { isTTY, write: (text) => void (stdout += text) },
    stderr: { isTTY, write: (text) => void (stderr += text) },
    readStdin: () => Promise.resolve(typeof given.stdin === 'string' ? new TextEncoder().encode(given.stdin) : (given.stdin ?? new Uint8Array())),
    now: () => new Date('2026-11-24T12:00:00Z'),
  };
  const code = await main(argv, io);
  return { code, stdout, stderr };
}
