// node-postgres's native client: its own code up to the connection string that it makes for libpq, and libpq 18 itself
// beneath. Only the addon between the two, which has to be built, is ours: it hands the string to PQconnectdb as that does.
import { EventEmitter } from 'node:events';
import Module, { createRequire } from 'node:module';
import { loadLibpq } from '../../libpq.ts';
import { serve } from './serve.ts';

const loaded = await loadLibpq();
if ('unavailable' in loaded) throw new Error(loaded.unavailable);
const libpq = loaded;

class Native extends EventEmitter {
  connect(conninfo: string, done: (error: Error | null) => void): void {
    const connected = libpq.connect(conninfo);
    done(connected.ok ? null : new Error(connected.message));
  }
  end(done?: () => void): void {
    done?.();
  }
}

const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load.bind(loader);
loader._load = (request, ...rest) => (request === 'pg-native' ? Native : load(request, ...rest));

const require = createRequire(import.meta.url);
const { Client } = (require('pg') as { native: { Client: new (config: unknown) => { connect(): Promise<void> } } }).native;

await serve('3', async ({ string, options }) => {
  const config = options === null ? string : string === null ? options : { ...(options as object), connectionString: string };
  await new Client(config).connect();
});
