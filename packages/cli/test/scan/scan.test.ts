import type { Reader } from '@sslmode/core/files';
import { describe, expect, it, vi } from 'vitest';
import type * as Kinds from '../../src/scan/kinds.ts';
import { CANARY, run, tree } from '../support.ts';

// The only thing that no input can bring about: a bug of ours.
vi.mock('../../src/scan/kinds.ts', async (original) => {
  const kinds = await original<typeof Kinds>();
  return {
    ...kinds,
    kindOf(path: string) {
      const kind = kinds.kindOf(path);
      if (kind === null || !path.endsWith('bug.env')) return kind;
      const readBug: Reader = (_path, text) => {
        throw new RangeError(text);
      };
      return { ...kind, load: () => Promise.resolve(readBug) };
    },
  };
});

describe('a bug in reading one file', () => {
  it('is a line naming it, exit code 2, and leaves the others their findings', async () => {
    const content = `DATABASE_URL=postgres://app:${CANARY}@db.example.com/app?sslmode=disable\n`;
    const folder = tree({ 'a.env': content, 'bug.env': content, 'c.env': content });
    const { code, stdout, stderr } = await run(folder, ['scan', '--format', 'concise']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sslmode: bug\.env: not judged: this is a bug in sslmode, please report it \(RangeError in .*readBug\)\n$/);
    expect(stdout).toMatch(/^a\.env:.*\nc\.env:.*\nbug\.env:1:1: problem not judged/);
    expect(stdout + stderr).not.toContain(CANARY);
  });
});

describe('JavaScript and TypeScript', () => {
  it('are not read by the driver of another language beside them (supabase/realtime)', async () => {
    const folder = tree({ 'mix.exs': 'defp deps, do: [{:postgrex, "~> 0.20"}]\n', 'e2e/check.ts': "export const url = 'postgres://app@db.example.com/app?sslmode=disable';\n" });
    const { connections } = JSON.parse((await run(folder, ['scan', '--format', 'json'])).stdout) as { connections: { driver: string }[] };
    expect(connections.map(({ driver }) => driver)).toEqual(['libpq@18']);
  });

  it('are judged as by the ESLint plugin, and what does not parse is named', async () => {
    const folder = tree({
      'src/db.ts': `import { Pool } from 'pg';\nexport const pool: Pool = new Pool({ connectionString: 'postgres://app:${CANARY}@db.example.com/app', ssl: { rejectUnauthorized: false } });\n`,
      'src/view.jsx': `import postgres from 'postgres';\nconst sql = postgres('postgres://app:${CANARY}@db.example.com/app');\nexport const view = <p>{String(sql)}</p>;\n`,
      'src/broken.js': `import { Pool } from 'pg'; new Pool({ host: 'db.example.com'\n`,
      'src/types.d.ts': `declare const url: 'postgres://app:${CANARY}@db.example.com/app';\n`,
    });
    const { code, stdout, stderr } = await run(folder, ['scan', '--format', 'concise']);
    expect(stdout).toMatch(/^src\/broken\.js:\d+:1: problem not read: not valid JavaScript\n/m);
    expect(stdout).toMatch(/^src\/db\.ts:2:\d+: warning prefer-verified /m);
    expect(stdout).toMatch(/^src\/view\.jsx:2:\d+: error require-sslmode /m);
    expect(stdout + stderr).not.toContain(CANARY);
    expect(code).toBe(1);
  });
});
