// libpq in this process: of the PostgreSQL that npm brings, or the machine's own.
import { loadLibpq } from '../../libpq.ts';
import { serve } from './serve.ts';

const libpq = await loadLibpq(process.argv[2] === 'machine' ? 'machine' : 'package');
if ('unavailable' in libpq) throw new Error(libpq.unavailable);

await serve(`${String(Math.floor(libpq.version / 10_000))}.${String(libpq.version % 10_000)}`, ({ string }) => {
  // Blocks, which harms nobody: the servers are another process's.
  const connected = libpq.connect(string ?? '');
  return connected.ok ? Promise.resolve() : Promise.reject(new Error(connected.message));
});
