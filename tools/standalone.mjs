#!/usr/bin/env node
// The CLI from a clone that others made: pre-commit's, or that of GitHub Actions (.pre-commit-hooks.yaml, action.yml).
// Neither can install a workspace, so that the clone sets itself up, the first time.
import { runCli } from './run-cli.mjs';
import { setUpAlone } from './setup.mjs';

await runCli(process.argv.slice(2), { prepare: setUpAlone, folder: process.cwd() });
