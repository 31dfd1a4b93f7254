// Knex.
import { createRequire } from 'node:module';
import { serve, taken } from './serve.ts';

interface Knex {
  raw(text: string): Promise<unknown>;
  destroy(): Promise<void>;
}
const require = createRequire(import.meta.url);
const knex = require('knex') as (config: unknown) => Knex;
const { version } = require('knex/package.json') as { version: string };

/** What it says goes to standard output, where the lab reads its answers. */
const silent = (): void => undefined;

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const { connection, ...others } = rest as { connection?: object };
  const whole = string === null ? { ...login, ...connection } : connection === undefined ? string : { ...connection, connectionString: string };
  const log = { warn: silent, error: silent, deprecate: silent, debug: silent };
  const db = knex({ client: 'pg', log, connection: whole, pool: { min: 0, max: 1, acquireTimeoutMillis: 3500 }, ...others });
  try {
    await db.raw('select 1');
  } finally {
    await db.destroy();
  }
});
