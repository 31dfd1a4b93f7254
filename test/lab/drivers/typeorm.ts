// TypeORM.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import 'reflect-metadata';
import { serve, taken } from './serve.ts';

interface DataSource {
  readonly isInitialized: boolean;
  initialize(): Promise<unknown>;
  query(text: string): Promise<unknown>;
  destroy(): Promise<void>;
}
const require = createRequire(import.meta.url);
const { DataSource } = require('typeorm') as { DataSource: new (options: unknown) => DataSource };
const { version } = require(join(dirname(require.resolve('typeorm')), 'package.json')) as { version: string };

await serve(version, async ({ string, options }) => {
  const { login, rest } = taken(options);
  const source = new DataSource({ type: 'postgres', ...(login === null ? {} : { ...login, username: login.user }), ...(string === null ? {} : { url: string }), ...rest });
  try {
    await source.initialize();
    await source.query('select 1');
  } finally {
    if (source.isInitialized) await source.destroy();
  }
});
