// node-postgres. The argument is the package, as the repository's package.json names that version.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serve } from './serve.ts';

interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
  on(event: 'error', listener: () => void): this;
}

const require = createRequire(import.meta.url);
const [, , name = 'pg'] = process.argv;
const main = require.resolve(name);
const { version } = JSON.parse(readFileSync(join(main, '..', '..', 'package.json'), 'utf8')) as { version: string };
const { Client } = require(main) as { Client: new (config: unknown) => Client };

// Without `await`: Node 12 has none at the top.
void serve(version, async ({ string, options }) => {
  const config = options === null ? string : string === null ? options : { ...(options as object), connectionString: string };
  const client = new Client(config);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select 1');
  await client.end();
});
