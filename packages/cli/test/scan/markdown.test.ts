import { expect, it } from 'vitest';
import { CANARY, run, tree } from '../support.ts';

const GUIDE = `# Setup

Connect to postgres://app:${CANARY}@prose.example.net/app?sslmode=disable, or see below.

\`\`\`dotenv
PGHOST=dotenv.example.net
PGSSLMODE=disable
\`\`\`

1. In Compose:

   \`\`\`yaml
   services:
     web:
       image: web
       environment:
         DATABASE_URL: postgres://app:${CANARY}@compose.example.net/app?sslmode=disable
   \`\`\`

> ~~~ts title="db.ts"
> import { Pool } from 'pg';
> const pool = new Pool({ host: 'code.example.net', ssl: false });
> ~~~

\`\`\`console
$ PGSSLMODE=disable psql -h console.example.net -d app
\`\`\`

\`\`\`
DATABASE_URL=postgres://app@plain.example.net/app?sslmode=disable
\`\`\`

<!-- sslmode-ignore no-plaintext -- a lab of our own -->
\`\`\`python
import psycopg
psycopg.connect("host=ignored.example.net dbname=app sslmode=disable")
\`\`\`
`;

async function hosts(folder: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await run(folder, ['scan', '--format', 'json', '--confidence', 'low', '--show-ignored', ...args]);
  expect(stdout).not.toContain(CANARY);
  const { findings } = JSON.parse(stdout) as { findings: { host: string; line: number; confidence: string; driver: string; ignored: { by: string } | null }[] };
  return findings.map(({ host, line, confidence, driver, ignored }) => [host, line, driver, confidence, ...(ignored === null ? [] : [`ignored by ${ignored.by}`])].join(' '));
}

it('Markdown is read on request only: blocks by their language, the rest as text', async () => {
  const folder = tree({ 'guide.md': GUIDE, 'db.env': 'A=1\n' });
  expect(await hosts(folder)).toEqual([]);
  expect(await hosts(folder, 'guide.md')).toEqual([]);
  expect(await hosts(folder, '--markdown')).toEqual([
    'prose.example.net 3 libpq@18 low',
    'dotenv.example.net 7 libpq@18 medium',
    'compose.example.net 17 libpq@18 medium',
    'code.example.net 22 node-postgres@8 high',
    'console.example.net 26 libpq@18 medium',
    'plain.example.net 30 libpq@18 low',
    'ignored.example.net 36 psycopg@3 high ignored by comment',
  ]);
});

it('Markdown in which a fence is never closed is read to its end', async () => {
  const folder = tree({ 'a.mdx': 'x\n````sh\n```\nexport DATABASE_URL=postgres://open.example.net/app?sslmode=disable\n' });
  expect(await hosts(folder, '--markdown')).toEqual(['open.example.net 4 libpq@18 medium']);
});
