import type * as Files from '@sslmode/core/files';
import { describe, expect, it, vi } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

// The only thing that no input can bring about: a bug of ours.
vi.mock('@sslmode/core/files', async (original) => {
  const files = await original<typeof Files>();
  return {
    ...files,
    readFile: (path: string, text: string) => {
      if (path.endsWith('bug.env')) throw new RangeError(text);
      return files.readFile(path, text);
    },
  };
});

describe('a bug in reading one file', () => {
  it('is a line naming it, exit code 2, and leaves the others their findings', async () => {
    const content = `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n`;
    const folder = tree({ 'a.env': content, 'bug.env': content, 'c.env': content });
    const { code, stdout, stderr } = await run(folder, ['scan', '--format', 'concise']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sslmode: bug\.env: not judged: this is a bug in sslmode, please report it \(RangeError in .*readFile\)\n$/);
    expect(stdout).toMatch(/^a\.env:.*\nc\.env:.*\nbug\.env:1:1: problem not judged/);
    expect(stdout + stderr).not.toContain(CANARY);
  });
});
