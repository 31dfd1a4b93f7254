// Drizzle over node-postgres; over postgres.js where the argument says so, with that driver's own options in `connection`.
import { readFileSync } from 'node:fs';
import { drizzle as overPg } from 'drizzle-orm/node-postgres';
import { drizzle as overPostgresJs } from 'drizzle-orm/postgres-js';
import { serve, taken } from './serve.ts';

interface Database {
  readonly $client: { end(how?: object): Promise<void>; on?: (event: 'error', listener: () => void) => void };
  execute(text: string): Promise<unknown>;
}
const isPostgresJs = process.argv[2] === 'postgres.js';
const manifest = new URL(isPostgresJs ? '../package.json' : 'package.json', import.meta.resolve(isPostgresJs ? 'postgres' : 'drizzle-orm'));
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };

/** `drizzle({ connection })` as a user of that driver writes it. */
function configOf(string: string | null, options: unknown): unknown {
  if (isPostgresJs) return { connection: { ...(options as object | null), ...(string === null ? {} : { url: string }), max: 1, connect_timeout: 3, fetch_types: false } };
  const { login, rest } = taken(options);
  const { connection, ...others } = rest as { connection?: object };
  const address = string === null ? login : { connectionString: string };
  return { ...others, connection: string !== null && connection === undefined ? string : { ...address, max: 1, ...connection } };
}

await serve(version, async ({ string, options }) => {
  const open = (isPostgresJs ? overPostgresJs : overPg) as (config: unknown) => Database;
  const db = open(configOf(string, options));
  const { $client } = db;
  $client.on?.('error', () => undefined);
  try {
    await db.execute('select 1');
  } finally {
    await (isPostgresJs ? $client.end({ timeout: 0 }) : $client.end());
  }
});
