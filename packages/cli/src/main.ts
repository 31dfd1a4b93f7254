import { bugOf, didYouMean } from '@sslmode/core';
import { COMMANDS, commandHelp, programHelp } from './commands.ts';
import { UsageError, type Io } from './io.ts';
import { COMMON_OPTIONS, parseArguments, quoted } from './options.ts';
import { visible } from './terminal.ts';
import { version } from './version.ts';

/** Carries out a command line (without `node` and the program's name) and gives the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    // 1 would mean findings, and is what Node makes of an uncaught error.
    const message = error instanceof UsageError ? error.message : `This is a bug in sslmode, please report it: ${bugOf(error)}.`;
    io.stderr.write(`sslmode: ${message.split('\n').map(visible).join('\n')}\n`);
    return 2;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    io.stderr.write(programHelp());
    return 2;
  }
  if (first === 'help' && rest.length <= 1) return dispatch(rest[0] === undefined ? ['--help'] : [rest[0], '--help'], io);
  if (first.startsWith('-') && first !== '-') {
    const args = parseArguments(argv, COMMON_OPTIONS);
    if (args.has('version')) return print(`${version()}\n`, io);
    if (args.has('help')) return print(programHelp(), io);
    throw new UsageError('There is no command. sslmode --help lists them.');
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) throw new UsageError(noCommand(first));
  // Before anything else is looked at: who asks for help may have the rest wrong.
  const end = rest.indexOf('--');
  if ((end < 0 ? rest : rest.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')) return print(commandHelp(command), io);
  const args = parseArguments(rest, [...command.options, ...COMMON_OPTIONS]);
  if (args.has('version')) return print(`${version()}\n`, io);
  return command.run(args, io);
}

function noCommand(word: string): string {
  // The command was left out. Not quoted: a connection string may hold a password.
  if (/:\/\/|=/.test(word)) return 'There is no command of that name. For a connection string: sslmode explain STRING';
  if (/[./\\]/.test(word)) return `There is no command ${quoted(word)}. For a path: sslmode scan PATH`;
  return `There is no command ${quoted(word)}.${didYouMean(word, COMMANDS.map(({ name }) => name)) || ' sslmode --help lists them.'}`;
}

function print(text: string, io: Io): number {
  io.stdout.write(text);
  return 0;
}
