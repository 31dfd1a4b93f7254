// Slonik over its driver for node-postgres. It knows host and login from a URL alone.
import { readFileSync } from 'node:fs';
import { createPgDriverFactory } from '@slonik/pg-driver';
import { createPool, sql } from 'slonik';
import { z } from 'zod';
import { type Login, serve, taken } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve('slonik')), 'utf8')) as { version: string };

function uriOf({ host, port, user, password, database }: Login): string {
  return `postgres://${user}:${password}@${host}:${String(port)}/${database}`;
}

// Slonik 49 is made for Node 24; of what it needs, Node 20 lacks this alone.
const made = Promise as unknown as { withResolvers?: () => unknown };
made.withResolvers ??= () => {
  const resolvers: Record<string, unknown> = {};
  const promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return { promise, ...resolvers };
};

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const uri = string ?? (login === null ? '' : uriOf(login));
  const pool = await createPool(uri, { ...rest, driverFactory: createPgDriverFactory(), typeParsers: [], connectionRetryLimit: 0, maximumPoolSize: 1, connectionTimeout: 3000, gracefulTerminationTimeout: 0 });
  await pool.any(sql.type(z.any())`select 1`);
});
