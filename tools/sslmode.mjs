// npm run -s sslmode -- ARGS: the built CLI, as if it were installed, run where the user stands.
import { runCli } from './run-cli.mjs';

await runCli(process.argv.slice(2));
