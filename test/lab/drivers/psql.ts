// psql, the program, over the machine's own libpq. Its settings may stand in an entry of pg_service.conf.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LIMIT, serve } from './serve.ts';

const run = promisify(execFile);
const { stdout } = await run('psql', ['--version']);

await serve(/\d+\.\d+/.exec(stdout)?.[0] ?? stdout, async ({ string }) => {
  await run('psql', ['--no-psqlrc', '--no-password', '--command', 'select 1', ...(string === null ? [] : [string])], { timeout: LIMIT });
});
