// Measures commands: wall time and processor time by the shell, memory as the kernel counts it.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A command to measure. */
export interface Command {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
}

/** Seconds. */
export interface Time {
  readonly wall: number;
  readonly cpu: number;
}

/** More than this and a tool is given up. */
const LIMIT = 300_000;

/** One run; `null` where it took too long. */
function time({ argv, cwd }: Command): Time | null {
  const { stderr, signal } = spawnSync('bash', ['-c', 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1', 'time', ...argv], { cwd, encoding: 'utf8', timeout: LIMIT });
  if (signal !== null) return null;
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { wall, cpu: user + system };
}

/**
 * The best of several runs of each command, in turns: what else the machine does then hits all of them alike, and
 * the best run is the one that it hit least. What takes long is run once.
 */
export function timeAll(commands: readonly Command[], rounds: number): ReadonlyMap<Command, Time | null> {
  const best = new Map<Command, Time | null>();
  for (let round = 0; round <= rounds; round++) {
    for (const command of commands) {
      const before = best.get(command);
      if (before === null || (before !== undefined && before.wall > 20)) continue;
      const now = time(command);
      // The first round fills the caches.
      if (round === 0 && now !== null && now.wall < 20) continue;
      best.set(command, now === null || before === undefined ? now : { wall: Math.min(now.wall, before.wall), cpu: Math.min(now.cpu, before.cpu) });
    }
  }
  return best;
}

/** The most memory that a command's process held at once, in MB; `null` where the system has no /proc. */
export async function peakMemory({ argv, cwd }: Command): Promise<number | null> {
  const [file, ...args] = argv;
  const child = spawn(file, args, { cwd, stdio: 'ignore' });
  let peak: number | null = null;
  const look = setInterval(() => {
    try {
      const [, kilobytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')) ?? [];
      if (kilobytes !== undefined) peak = Number(kilobytes) / 1024;
    } catch {
      // It has ended, or there is no /proc.
    }
  }, 5);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(look);
  return peak;
}
