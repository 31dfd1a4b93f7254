// npm run scan -- [OPTIONS] [PATH...]: `sslmode scan`, by default of the sample project.
import { join, relative } from 'node:path';
import { runCli, userFolder } from './run-cli.mjs';
import { root } from './setup.mjs';

/** Options of `scan` whose value may follow as an argument of its own: it is no path. */
const withValue = new Set([
  ...['--format', '--config', '--print-config', '--minimum', '--confidence', '--fail-on', '--max-warnings'],
  ...['--since', '--baseline', '--exclude', '--max-file-size', '--shard', '--today', '--color'],
]);

const args = process.argv.slice(2);
const saysWhat = args.some(
  (arg, index) =>
    (!arg.startsWith('-') && !withValue.has(args[index - 1])) ||
    // These read from elsewhere than a path.
    /^--(stdin-filename|print-config|help|version)\b/.test(arg) ||
    arg === '-h',
);

await runCli(['scan', ...args, ...(saysWhat ? [] : [relative(userFolder, join(root, 'examples')) || '.'])]);
