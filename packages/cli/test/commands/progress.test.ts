import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Progress } from '../../src/commands/progress.ts';
import type { Io } from '../../src/io.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What stands on standard error after a scan of two seconds that reads a file every ten milliseconds. */
function watch(isTTY: boolean, files: number): string {
  let stderr = '';
  const output = { isTTY, write: (text: string) => void (stderr += text) };
  const io: Io = { cwd: '/', env: {}, stdout: output, stderr: output, now: () => new Date(0), readStdin: () => Promise.resolve(new Uint8Array()) };
  const progress = new Progress(io);
  for (let file = 1; file <= files; file++) {
    vi.advanceTimersByTime(10);
    progress.update(file);
  }
  progress.end();
  return stderr;
}

it('counts on a terminal, not too often, and clears the line', () => {
  const stderr = watch(true, 200);
  expect(stderr).toMatch(/^\r70 files read …(\r\d+ files read …)+/);
  expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  expect(stderr.split('\r').length).toBeLessThan(20);
});

it('says nothing of a short scan, and nothing to a pipe', () => {
  expect(watch(true, 50)).toBe('');
  expect(watch(false, 200)).toBe('');
});
