import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError, root, setUp } from './setup.mjs';

/** npm runs scripts in the package's folder; this is where the user was when he typed the command. */
export const userFolder = process.env.INIT_CWD ?? process.cwd();

/** Sets up what is missing, then becomes the built CLI: a process of its own would start Node twice. */
export async function runCli(args, { prepare = setUp, folder: cwd = userFolder } = {}) {
  try {
    await prepare();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.output}\n${error.message}\n`);
    // 2, as of the CLI itself: could not do the job. 1 would mean findings.
    process.exitCode = 2;
    return;
  }
  const folder = join(root, 'packages/cli');
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = join(folder, bin.sslmode);
  process.chdir(cwd);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}
