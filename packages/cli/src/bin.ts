#!/usr/bin/env node
import * as module from 'node:module';

// Halves the start of every run but the first. Not there before Node 22.1.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// `sslmode scan | head`: whoever read it has seen enough, and that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Imported only now, so that the cache covers it.
void Promise.all([import('./main.ts'), import('./io.ts')]).then(async ([{ main }, { processIo }]) => {
  // Not process.exit(): what was written to a pipe must get out first.
  process.exitCode = await main(process.argv.slice(2), processIo());
});
