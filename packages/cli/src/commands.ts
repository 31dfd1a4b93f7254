import type { Io } from './io.ts';
import { COMMON_OPTIONS, type Arguments, type OptionSpec } from './options.ts';
import { table } from './terminal.ts';

/** One command. What carries it out is loaded only when it runs. */
export interface Command {
  readonly name: string;
  /** `scan [PATH...]` */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** For the command's own help, after the usage. */
  readonly description: string;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** What its exit codes mean. */
  readonly exitCodes: readonly (readonly [code: string, meaning: string])[];
  run(args: Arguments, io: Io): Promise<number>;
}

const MODE_CHOICES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** Which files are read and how they are judged: what scan and inventory share. */
const SELECTION: readonly OptionSpec[] = [
  { name: 'config', value: 'FILE', help: 'use this policy instead of the ones in the tree' },
  { name: 'no-config', help: 'ignore policies that lie in the tree' },
  { name: 'exclude', value: 'GLOB', multiple: true, help: 'leave files out (repeatable; relative to the working directory)' },
  { name: 'staged', help: 'only what the next commit changes, as git has it staged' },
  { name: 'since', value: 'REF', help: 'only what was brought by changes since the branch left REF' },
  { name: 'no-gitignore', help: 'read files that git ignores (.env and its kin are read anyway)' },
  { name: 'markdown', help: 'read Markdown too: blocks of code by their language, the rest as text' },
  { name: 'max-file-size', value: 'MB', help: 'do not read larger files (default 5)' },
  { name: 'shard', value: 'I/N', help: 'only one of N equal parts of the files, the I-th; sslmode merge puts reports together' },
  { name: 'stdin-filename', value: 'FILE', help: 'read standard input as if it were this file' },
  { name: 'list-files', help: 'list the files that would be read, and stop' },
  { name: 'strict-collection', help: 'any file that could not be read properly is exit code 2' },
  { name: 'today', value: 'YYYY-MM-DD', help: 'the day that `until` dates are held against' },
];

const SCAN: Command = {
  name: 'scan',
  usage: 'scan [PATH...]',
  summary: 'find connections and judge them (default: .)',
  description: 'Finds PostgreSQL connections in files and says which of them an eavesdropper or impostor could break, by\nwhat the driver really does. Connects to nothing and runs nothing of what it scans.',
  options: [
    {
      name: 'format',
      value: 'NAME[=FILE]',
      multiple: true,
      help: 'pretty, concise, json, sarif, github, gitlab, junit, markdown, html, csv; =FILE: a file',
    },
    { name: 'minimum', value: 'MODE', choices: MODE_CHOICES, help: 'ask at least this of every host that is not local' },
    { name: 'confidence', value: 'LEVEL', choices: ['low', 'medium', 'high'], help: 'report findings from this confidence on (default medium)' },
    { name: 'fail-on', value: 'LEVEL', choices: ['error', 'warning', 'never'], help: 'what makes the exit code 1 (default error)' },
    { name: 'max-warnings', value: 'N', help: 'more warnings than this make the exit code 1' },
    { name: 'show-ignored', help: 'show ignored findings too, with their reasons' },
    { name: 'quiet', short: 'q', help: 'pretty and concise: errors alone, no warnings, notes or summary' },
    { name: 'stats', help: 'say on standard error where the time went' },
    ...SELECTION,
    { name: 'print-config', value: 'FILE', help: 'print the policy in force for a file, and stop' },
    { name: 'baseline', value: 'FILE', help: 'accept the findings in this file (default: sslmode-baseline.json in the project root)' },
    { name: 'no-baseline', help: 'accept none' },
    { name: 'update-baseline', help: 'accept all present findings where there is no baseline; else remove stale entries' },
    { name: 'fix', help: 'make the changes that cannot keep a connection from working' },
    { name: 'diff', help: 'show what --fix would change, secrets masked, and change nothing' },
    { name: 'unsafe', help: 'with --fix or --diff: the other changes as well, which raise what a connection asks for' },
  ],
  examples: [
    ['sslmode scan', 'everything below this folder'],
    ['sslmode scan --minimum verify-full apps/web', 'accept nothing that an impostor gets past'],
    ['sslmode scan --format github --format sarif=sslmode.sarif', 'annotate a pull request, and write a file to upload'],
    ['sslmode scan --stdin-filename .env < .env.production', 'one file from elsewhere'],
  ],
  exitCodes: [
    ['0', 'nothing at or above the level of --fail-on'],
    ['1', 'findings'],
    ['2', 'could not do the job: usage, policy, a path that cannot be read, a folder with nothing to read'],
  ],
  run: async (args, io) => (await import('./commands/scan.ts')).scan(args, io),
};

const INVENTORY: Command = {
  name: 'inventory',
  usage: 'inventory [PATH...]',
  summary: 'every connection and its posture: what a review attaches',
  description: 'Lists every PostgreSQL connection with what it really comes down to, good ones included, without judging.',
  options: [
    { name: 'format', value: 'NAME[=FILE]', multiple: true, help: 'pretty, json, csv or markdown; with =FILE into a file (repeatable)' },
    ...SELECTION,
  ],
  examples: [['sslmode inventory --format csv=connections.csv', 'for a spreadsheet']],
  exitCodes: [
    ['0', 'done'],
    ['2', 'could not do the job'],
  ],
  run: async (args, io) => (await import('./commands/inventory.ts')).inventory(args, io),
};

const EXPLAIN: Command = {
  name: 'explain',
  usage: 'explain [STRING]',
  summary: 'what a connection string does, driver by driver; - reads one from standard input',
  description:
    'Says what a connection string or options object comes down to with each driver that takes it. Connects to nothing.\nPut the string in single quotes; give - to read it from standard input, where no shell history keeps it.',
  options: [
    { name: 'driver', value: 'ID[@VERSION]', multiple: true, help: 'only this driver: libpq, node-postgres@8 … (repeatable)' },
    { name: 'options', value: 'JSON', help: 'the options object, beside or instead of a string' },
    { name: 'env', value: 'NAME=VALUE', multiple: true, help: 'an environment variable that it reads (repeatable); the real ones never count' },
    { name: 'root-certificate', value: 'IS', choices: ['present', 'absent'], help: 'whether the default root certificate file is there: present or absent' },
    { name: 'format', value: 'NAME', choices: ['pretty', 'json'], help: 'pretty or json' },
  ],
  examples: [
    [`sslmode explain 'postgres://app@db.example.net/app?sslmode=require'`, 'one string, many answers'],
    [`sslmode explain --driver node-postgres --options '{"ssl":true}'`, 'an options object'],
  ],
  exitCodes: [
    ['0', 'verdicts were printed, whatever they say'],
    ['2', 'usage'],
  ],
  run: async (args, io) => (await import('./commands/explain.ts')).explain(args, io),
};

const PROBE: Command = {
  name: 'probe',
  usage: 'probe HOST[:PORT]...',
  summary: 'what a server does: TLS, plaintext, chain, name, which root it needs',
  description:
    'Looks at servers from outside: whether they offer TLS, let clients in without it, and which sslmode works and is the\none to use. Connects to nothing but the servers named, sends no password, and logs in nowhere.',
  options: [
    { name: 'from', value: 'STRING', help: 'take hosts, ports and sslrootcert from a connection string; - reads one from standard input' },
    { name: 'root', value: 'FILE', help: 'trust the root certificates of this file (PEM) too, as clients with sslrootcert=FILE would' },
    { name: 'compare', value: 'PATH', help: 'say which connections there fail with these servers, or fall short' },
    { name: 'timeout', value: 'SECONDS', help: 'give up on a server after this long, everything together (default 10)' },
    { name: 'format', value: 'NAME', choices: ['pretty', 'json'], help: 'pretty or json' },
  ],
  examples: [
    ['sslmode probe db.example.net', 'one server on port 5432'],
    ['sslmode probe db1.example.net:6432 [2001:db8::7]:5433', 'several'],
    ['sslmode probe --root ca.pem --compare . db.example.net', 'a private CA, and the clients in this folder'],
    ['sslmode probe --from - < connection-string.txt', 'the servers of a connection string, which no shell history keeps'],
  ],
  exitCodes: [
    ['0', 'no server lets clients in without TLS, and what to use is what the policy asks for'],
    ['1', 'one does, or what works falls short of the policy; with --compare, also a client that fails or falls short'],
    ['2', 'usage; a server that cannot be reached, or is not PostgreSQL'],
  ],
  run: async (args, io) => (await import('./commands/probe.ts')).probe(args, io),
};

const DOCTOR: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: "this machine: root.crt and its place, environment, services, keys' permissions",
  description:
    'Looks at this machine as libpq and the other drivers see it: root certificates and their place, the client\'s key,\nvariables in force, pg_service.conf and .pgpass. Connects to nothing.',
  options: [
    { name: 'for', value: 'STRING', help: 'what each driver would do with this string here, and why it would fail; - reads standard input' },
    { name: 'format', value: 'NAME', choices: ['pretty', 'json'], help: 'pretty or json' },
  ],
  examples: [
    ['sslmode doctor', 'is everything in its place?'],
    [`sslmode doctor --for 'postgres://app@db.example.net/app?sslmode=verify-full'`, 'why does this fail?'],
  ],
  exitCodes: [
    ['0', 'nothing that fails or is open'],
    ['1', 'something is: an error is printed'],
    ['2', 'usage, or a policy that cannot be used'],
  ],
  run: async (args, io) => (await import('./commands/doctor.ts')).doctor(args, io),
};

const INIT: Command = {
  name: 'init',
  usage: 'init',
  summary: 'write a policy file, a pre-commit entry, a workflow',
  description: 'Writes a policy, a hook for commits and a CI workflow into the project, each line explained. What is there already\nis left as it is.',
  options: [],
  examples: [['sslmode init', 'in the repository that is to be checked']],
  exitCodes: [
    ['0', 'done'],
    ['2', 'something could not be written'],
  ],
  run: async (args, io) => (await import('./commands/init.ts')).init(args, io),
};

const MERGE: Command = {
  name: 'merge',
  usage: 'merge FILE...',
  summary: "several shards' reports as one",
  description: 'Puts the reports of `scan --shard` together: prints what one scan of everything would have printed. All of them have to\nbe of one format, json or sarif, and made by the same version.',
  options: [{ name: 'fail-on', value: 'LEVEL', choices: ['error', 'warning', 'never'], help: 'what makes the exit code 1 (default error)' }],
  examples: [['sslmode merge shard-1.json shard-2.json > all.json', 'after `sslmode scan --shard 1/2 --format json=shard-1.json`, and the other']],
  exitCodes: [
    ['0', 'nothing at or above the level of --fail-on'],
    ['1', 'findings'],
    ['2', 'a file that cannot be read, or does not go with the others'],
  ],
  run: async (args, io) => (await import('./commands/merge.ts')).merge(args, io),
};

const RULES: Command = {
  name: 'rules',
  usage: 'rules [RULE]',
  summary: "list rules, or read one's help page in the terminal",
  description: 'Lists the rules, or prints the page of one.',
  options: [],
  examples: [['sslmode rules no-plaintext', 'what it means and what to do']],
  exitCodes: [
    ['0', 'done'],
    ['2', 'no such rule'],
  ],
  run: async (args, io) => (await import('./commands/rules.ts')).rules(args, io),
};

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [SCAN, INVENTORY, EXPLAIN, PROBE, DOCTOR, INIT, MERGE, RULES];

/** The help of the whole program. */
export function programHelp(): string {
  return [
    'sslmode finds PostgreSQL connections that an eavesdropper or impostor could break.\n\n',
    'Usage: sslmode COMMAND [OPTION...]\n\n',
    table(COMMANDS.map(({ usage, summary }) => [usage, summary]), '  '),
    '\nEverywhere:\n',
    optionTable(COMMON_OPTIONS),
    '\nMore about one command: sslmode COMMAND --help\n',
  ].join('');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  return [
    `Usage: sslmode ${command.usage.replace(' ', ' [OPTION...] ')}\n\n`,
    `${command.description}\n\n`,
    'Options:\n',
    optionTable([...command.options, ...COMMON_OPTIONS]),
    '\nExamples:\n',
    ...command.examples.map(([line, what]) => `  ${line}\n      ${what}\n`),
    '\nExit codes:\n',
    table(command.exitCodes, '  '),
  ].join('');
}

function optionTable(options: readonly OptionSpec[]): string {
  return table(
    options.map(({ name, short, value, help }) => [
      `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
      help,
    ]),
    '  ',
  );
}
