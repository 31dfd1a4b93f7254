// Bun's own SQL, in Bun.
import { serve } from './serve.ts';

interface Sql {
  unsafe(text: string): Promise<unknown>;
  close(options: { timeout: number }): Promise<void>;
}
const { SQL, version } = (globalThis as unknown as { Bun: { SQL: new (...parameters: unknown[]) => Sql; version: string } }).Bun;

await serve(version, async ({ string, options }) => {
  const given = { ...(options as object | null), max: 1, connectionTimeout: 3 };
  const sql = string === null ? new SQL({ adapter: 'postgres', ...given }) : new SQL(string, given);
  try {
    await sql.unsafe('select 1');
  } finally {
    await sql.close({ timeout: 0 });
  }
});
