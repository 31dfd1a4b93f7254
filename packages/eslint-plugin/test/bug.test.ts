import type { ESLint } from 'eslint';
import type * as Sync from '@sslmode/core/files/sync';
import { expect, it, vi } from 'vitest';
import { lint, project, sslmode } from './lint.ts';

const SECRET = 'c4n4ry-hunter2';

// The only thing that no input can bring about: a bug of ours.
vi.mock('@sslmode/core/files/sync', async (original) => ({
  ...(await original<typeof Sync>()),
  readFileSync: function readBug(_path: string, text: string) {
    throw new RangeError(`${text}\n    at ${SECRET} (x)`);
  },
}));

it.for([10, 0])('a bug of ours is named, and nothing of the file is shown, with %i frames of a stack', async (frames) => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  const folder = project({ '.env': `DATABASE_URL=postgres://app:${SECRET}@db.example.com/app?sslmode=disable\n` });
  const error: unknown = await lint(folder, (sslmode as ESLint.Plugin & typeof sslmode).configs.recommended).catch((thrown: unknown) => thrown);
  Error.stackTraceLimit = limit;
  const { message, stack = '', cause } = error as Error;
  expect(message).toMatch(frames === 0 ? /please report it \(RangeError\)/ : /please report it \(RangeError in .*readBug\)/);
  expect(cause).toBeUndefined();
  expect(message + stack).not.toContain(SECRET);
});
