// postgres.js.
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { serve } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('postgres')), 'utf8')) as { version: string };

await serve(version, async ({ string, options }) => {
  // None of these has to do with TLS: one connection, one try, and nothing asked but what we ask.
  const given = { ...(options as object | null), max: 1, connect_timeout: 3, fetch_types: false };
  const sql = string === null ? postgres(given) : postgres(string, given);
  try {
    await sql.unsafe('select 1');
  } finally {
    await sql.end({ timeout: 0 });
  }
});
