// Drizzle over node-postgres, or over postgres.js where the argument says so.
import { readFileSync } from 'node:fs';
import { drizzle as overPg } from 'drizzle-orm/node-postgres';
import { drizzle as overPostgresJs } from 'drizzle-orm/postgres-js';
import { serve, taken } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.resolve('drizzle-orm')), 'utf8')) as { version: string };
interface Database {
  readonly $client: { end(): Promise<void>; on?: (event: 'error', listener: () => void) => void };
  execute(text: string): Promise<unknown>;
}
const isPostgresJs = process.argv[2] === 'postgres.js';

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const { connection, ...others } = rest as { connection?: object };
  const limits = isPostgresJs ? { max: 1, connect_timeout: 3, fetch_types: false } : { max: 1 };
  const address = string === null ? login : isPostgresJs ? { url: string } : { connectionString: string };
  const config = { ...others, connection: string !== null && connection === undefined ? string : { ...address, ...limits, ...connection } };
  const open = (isPostgresJs ? overPostgresJs : overPg) as (config: unknown) => Database;
  const db = open(config);
  const { $client } = db;
  $client.on?.('error', () => undefined);
  try {
    await db.execute('select 1');
  } finally {
    await $client.end();
  }
});
