import { COMMANDS, commandHelp } from '../../packages/cli/src/commands.ts';

/** The reference of docs/cli.md: each command's own `--help`, to the letter. */
export function cliReference(): string {
  return COMMANDS.map((command) => `### sslmode ${command.name}\n\n\`\`\`text\n${commandHelp(command)}\`\`\`\n`).join('\n');
}
