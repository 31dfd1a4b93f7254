// pg-promise, with the node-postgres that it brings.
import { createRequire } from 'node:module';
import { serve } from './serve.ts';

type Database = (config: unknown) => { any(text: string): Promise<unknown>; $pool: { end(): Promise<void> } };
const require = createRequire(import.meta.url);
const pgp = (require('pg-promise') as (options: unknown) => Database)({ noWarnings: true });
const { version } = require('pg-promise/package.json') as { version: string };

await serve(version, async ({ string, options }) => {
  const config = options === null ? string : string === null ? options : { ...(options as object), connectionString: string };
  const db = pgp(config);
  try {
    await db.any('select 1');
  } finally {
    await db.$pool.end();
  }
});
