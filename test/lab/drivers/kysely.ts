// Kysely over node-postgres: its user makes the pool.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import { serve } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('kysely')), 'utf8')) as { version: string };

const { Pool } = createRequire(import.meta.url)('pg') as { Pool: new (config: unknown) => PostgresPool & { on(event: 'error', listener: () => void): void } };

await serve(version, async ({ string, options }) => {
  const pool = new Pool({ ...(options as object | null), ...(string === null ? {} : { connectionString: string }), max: 1 });
  pool.on('error', () => undefined);
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } finally {
    await db.destroy();
  }
});
