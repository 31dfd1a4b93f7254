import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError, type Io } from '../io.ts';
import { quoted, type Arguments } from '../options.ts';
import { ProjectRoots, pathFrom } from '../scan/targets.ts';
import { isWithin, unwrittenBy } from '../scan/walk.ts';
import { version } from '../version.ts';

/** A file that init writes, and what to do by hand where there is one already. */
interface Piece {
  readonly path: string;
  readonly content: string;
  /** For a file that is there: what to put into it. */
  readonly byHand: string;
}

/** `sslmode init`: writes what is not there yet, and nothing else. */
export function init(args: Arguments, io: Io): Promise<number> {
  if (args.positionals.length > 0) throw new UsageError('init takes no PATH: it writes into the project that you are in.');
  const root = new ProjectRoots().of(io.cwd, { folder: io.cwd });
  for (const { path, content, byHand } of [policy(root), hook(root), workflow(root)]) {
    const shown = pathFrom(io.cwd, join(root, path));
    if (write(root, path, content)) {
      io.stdout.write(`Wrote ${shown}.\n`);
    } else {
      io.stdout.write(`Left ${shown} as it is. ${byHand}\n`);
    }
  }
  io.stdout.write('Each line says what it is for. Next: sslmode scan\n');
  return Promise.resolve(0);
}

/** False where there is something already, whatever it is. */
function write(root: string, path: string, content: string): boolean {
  const file = join(root, path);
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return false;
    mkdirSync(dirname(file), { recursive: true });
    // A folder on the way may be a link that leads anywhere.
    if (!isWithin(realpathSync(dirname(file)), realpathSync(root))) throw new UsageError(`${quoted(path)} is not written: its folder lies outside the project, behind a link.`);
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${quoted(path)} ${unwrittenBy(error)}.`);
  }
}

function policy(root: string): Piece {
  const other = ['sslmode.config.yml', 'sslmode.config.json'].find((name) => existsSync(join(root, name)));
  return {
    path: other ?? 'sslmode.config.yaml',
    byHand: 'It is the policy in force.',
    content: `# What is asked of PostgreSQL connections: https://github.com/sslmode/sslmode/blob/main/docs/policy.md
# This is what counts without the file as well, written out: change what you want otherwise.

# Where the policy starts from; what is written here comes on top. sslmode:strict asks for a verified server everywhere.
extends: sslmode:recommended

# Below this a connection is an error, by kind of host: encryption, but for this machine and the project's own containers.
minimum: { public: require, private: require, hidden: require, local: disable, loopback: disable, socket: disable }

# Below this it is a warning: a verified server wherever a public certificate can be had.
recommend: { public: verify-full, hidden: verify-full }

# Hosts that need something else. With a CA of your own, verify-ca is as good as verify-full.
# hosts:
#   "*.corp.example": { minimum: verify-ca, ca: private }

# Files where less is asked.
# paths:
#   "**/test/**": { minimum: disable }

# Which driver reads a file's connections, where no manifest tells.
# drivers: { paths: { "deploy/**": node-postgres@8 } }

# Files that are not read.
# exclude: ["vendor/**"]
`,
  };
}

function hook(root: string): Piece {
  const lefthook = ['lefthook.yml', '.lefthook.yml', 'lefthook.yaml'].find((name) => existsSync(join(root, name)));
  if (lefthook !== undefined) return { path: lefthook, content: '', byHand: 'For a hook, add under pre-commit, commands: sslmode: { run: npx sslmode scan --staged }' };
  if (existsSync(join(root, '.husky'))) {
    return {
      path: '.husky/pre-commit',
      byHand: 'For a hook, add a line: npx sslmode scan --staged',
      content: '# Judges the PostgreSQL connections in what is about to be committed, as it is staged. Exit code 1: an error was found.\nnpx sslmode scan --staged\n',
    };
  }
  return {
    path: '.pre-commit-config.yaml',
    byHand: 'For a hook, add the repository https://github.com/sslmode/sslmode with the id sslmode.',
    content: `# https://pre-commit.com: \`pre-commit install\` makes git run this before each commit.
repos:
  - repo: https://github.com/sslmode/sslmode
    # The version; \`pre-commit autoupdate\` raises it.
    rev: v${version()}
    hooks:
      # Judges the PostgreSQL connections in the files that are about to be committed.
      - id: sslmode
        # More options of \`sslmode scan\`: here, only errors are said.
        args: [--quiet]
`,
  };
}

function workflow(root: string): Piece {
  if (existsSync(join(root, '.gitlab-ci.yml'))) {
    return { path: '.gitlab-ci.yml', content: '', byHand: 'For GitLab, add: include: [{ remote: https://raw.githubusercontent.com/sslmode/sslmode/main/templates/gitlab.yml }]' };
  }
  const branch = /^ref: refs\/heads\/([\w./-]+)$/m.exec(readText(join(root, '.git/HEAD')))?.[1];
  return {
    path: '.github/workflows/sslmode.yml',
    byHand: 'It is the workflow.',
    content: `name: sslmode

# For each pull request, and for what lands on the main branch.
on:
  pull_request:
  push:
    branches: [${branch === 'master' ? 'master' : 'main'}]

# The scan connects to nothing and needs no secret: it only reads the files.
permissions:
  contents: read

jobs:
  sslmode:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with:
          # The token is not needed afterwards.
          persist-credentials: false
      - uses: actions/setup-node@v6
        with:
          node-version: 24
      # Findings become annotations of the lines; an error fails the job (--fail-on warning: a warning, too).
      - run: npx --yes sslmode@${version()} scan . --format github
`,
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
